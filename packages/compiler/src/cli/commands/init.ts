import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import packageJson from "../../../package.json" with { type: "json" };
import type { PolicyShape } from "../../validate/json-schema.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { fileReason } from "../file-reason.ts";
import { ciFile, type CiKind } from "../init/ci-files.ts";
import { starterFiles } from "../init/starter-files.ts";
import { makeFolder } from "../make-folder.ts";
import { printable } from "../reporters/printable.ts";
import type { Streams } from "../streams.ts";
import { compileTarget } from "../targets.ts";
import { writeWhole } from "../write-file.ts";

/** The options of `meshlog init`. */
export interface InitOptions {
  readonly kuma?: string;
  readonly shape: PolicyShape;
  readonly ci?: CiKind;
  /** Writes over files that are there. */
  readonly force?: boolean;
}

/**
 * `meshlog init`: a configuration, a first policy, and on request what checks policies on every change. Nothing is
 * written if one of the files is there.
 */
export async function runInit(folder: string, options: InitOptions, streams: Streams): Promise<number> {
  const kuma = compileTarget(options.kuma === undefined ? {} : { kuma: options.kuma });
  const ci = options.ci === undefined ? [] : [ciFile(options.ci, packageJson.version)];
  const files = [...starterFiles(kuma, options.shape), ...ci].map(({ path, text }) => ({
    path: join(folder, path),
    text,
  }));
  if (options.force !== true) await refuseExisting(files.map(({ path }) => path));
  for (const { path, text } of files) {
    await makeFolderOf(path);
    await writeWhole(path, text);
    streams.error(`Wrote ${printable(path)}\n`);
  }
  const there = folder === "." ? "" : `  cd ${folder}\n`;
  streams.error(
    `\nNext:\n${there}` +
      "  meshlog check policies/      # what Kuma and Envoy would say\n" +
      "  meshlog preview policies/    # the lines that Envoy would write\n",
  );
  return exitCode.clean;
}

async function refuseExisting(paths: readonly string[]): Promise<void> {
  const there: string[] = [];
  for (const path of paths) {
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined) there.push(path);
  }
  if (there.length === 0) return;
  throw new UsageError(
    `${there.join(" and ")} ${there.length === 1 ? "is" : "are"} there, and nothing was written; --force writes over.`,
  );
}

async function makeFolderOf(path: string): Promise<void> {
  try {
    await makeFolder(dirname(path));
  } catch (error) {
    throw new UsageError(`${dirname(path)} cannot be made: ${fileReason(error)}.`);
  }
}
