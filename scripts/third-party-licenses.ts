import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

/**
 * The licences of the packages that went into a bundle, one after the other: their terms ask that copies carry them.
 *
 * @param inputs The files that went into it, as esbuild's metafile names them.
 */
export function thirdPartyLicenses(inputs: readonly string[]): string {
  const folders = new Set(
    inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input) ?? []),
  );
  const notices = [...folders].map((folder) => notice(resolve(folder)));
  return [...new Set(notices)].sort().join(`\n${"-".repeat(80)}\n\n`);
}

function notice(folder: string): string {
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Record<string, unknown>;
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|notice)(\.(md|txt))?$/i.test(file))
    .map((file) => readFileSync(join(folder, file), "utf8").trim());
  const title = `${String(manifest["name"])} ${String(manifest["version"])} (${String(manifest["license"])})`;
  return [title, ...texts].join("\n\n") + "\n";
}
