import { lstat, mkdir, open, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Layout } from "../emit/layout.ts";
import { bundleText, type Documents, proxyPath, proxyText, type WrittenProxy } from "../emit/text.ts";
import { UsageError } from "./exit-code.ts";
import { fileReason } from "./file-reason.ts";
import { makeFolder } from "./make-folder.ts";
import { removingUnfinished } from "./unfinished.ts";

const bundleFile = "bundle.json";

/**
 * Writes `bundle.json` and a file for each proxy. Files of proxies that an earlier `bundle.json` lists and that are no
 * more are removed; nothing else in the folder is touched. All is made beside its place and moved when it is whole: who
 * reads the folder never sees half a file, and a run that fails or is interrupted meanwhile leaves it as it was.
 *
 * @returns how many proxies were written.
 * @throws UsageError if the folder cannot be written.
 */
export async function writeFolder(
  folder: string,
  { header, policies, proxies }: Documents,
  layout: Layout,
): Promise<number> {
  try {
    await makeFolder(folder);
    const before = await proxiesOf(join(folder, bundleFile));
    return await removingUnfinished(folder, async (part) => {
      await mkdir(part);
      /** The places of the proxies' files, by the names that they are made under. */
      const made = new Map<string, string>();
      const bundle = await open(join(part, bundleFile), "wx");
      try {
        // A proxy is made once: it goes into the bundle and into its own file.
        let latest: WrittenProxy | undefined;
        const seen = (async function* () {
          for await (latest of proxies) yield latest;
        })();
        for await (const texts of bundleText({ header, policies, proxies: seen }, layout)) {
          await bundle.writeFile(texts);
          if (latest === undefined || made.has(proxyPath(latest))) continue;
          const file = join(part, String(made.size));
          await writeFile(file, proxyText(header, latest, layout));
          made.set(proxyPath(latest), file);
        }
      } finally {
        await bundle.close();
      }
      const places = [...made.keys()];
      for (const mesh of new Set(places.map(dirname))) await makeFolder(join(folder, mesh));
      for (const mesh of new Set([...places, ...before].map(dirname))) await refuseLink(join(folder, mesh));
      for (const [path, file] of made) await rename(file, join(folder, path));
      await rename(join(part, bundleFile), join(folder, bundleFile));
      for (const path of before) {
        if (!made.has(path)) await rm(join(folder, path), { force: true });
      }
      return made.size;
    });
  } catch (error) {
    if (error instanceof Error && "code" in error)
      throw new UsageError(`${folder} cannot be written: ${fileReason(error)}.`);
    throw error;
  }
}

/** A link in the folder may lead out of it, and what it leads to is not ours to write to. */
async function refuseLink(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined);
  if (found?.isSymbolicLink() === true) {
    throw new UsageError(`${folder} cannot be written: it is a link, which may lead out of the folder.`);
  }
}

/** The files of the proxies that an earlier run listed; none if there is no such list. */
async function proxiesOf(bundle: string): Promise<readonly string[]> {
  try {
    const { proxies } = JSON.parse(await readFile(bundle, "utf8")) as { readonly proxies?: unknown };
    if (!Array.isArray(proxies)) return [];
    return (proxies as unknown[]).flatMap((proxy) => {
      const { mesh, name } = Object(proxy) as { readonly mesh?: unknown; readonly name?: unknown };
      return typeof mesh === "string" && typeof name === "string" ? [proxyPath({ mesh, name })] : [];
    });
  } catch {
    return [];
  }
}
