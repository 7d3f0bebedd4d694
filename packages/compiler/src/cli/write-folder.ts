import { mkdir, open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Layout } from "../emit/layout.ts";
import { bundleText, type Documents, proxyPath, proxyText, type WrittenProxy } from "../emit/text.ts";
import { UsageError } from "./exit-code.ts";

const bundleFile = "bundle.json";

/**
 * Writes `bundle.json` and a file for each proxy. Files of proxies that an earlier `bundle.json` lists and that are no
 * more are removed; nothing else in the folder is touched.
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
    const before = await proxiesOf(join(folder, bundleFile));
    const written = new Set<string>();
    await makeFolder(folder);
    // Complete or not there: who reads it never sees half a bundle.
    const partFile = join(folder, `${bundleFile}.part`);
    const bundle = await open(partFile, "w");
    try {
      // A proxy is made once: it goes into the bundle and into its own file.
      let latest: WrittenProxy | undefined;
      const seen = (function* () {
        for (latest of proxies) yield latest;
      })();
      for (const chunk of bundleText({ header, policies, proxies: seen }, layout)) {
        await bundle.write(chunk);
        if (latest === undefined || written.has(proxyPath(latest))) continue;
        const file = join(folder, proxyPath(latest));
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, proxyText(header, latest, layout));
        written.add(proxyPath(latest));
      }
    } finally {
      await bundle.close();
    }
    await rename(partFile, join(folder, bundleFile));
    for (const path of before) {
      if (!written.has(path)) await rm(join(folder, path), { force: true });
    }
    return written.size;
  } catch (error) {
    if (error instanceof Error && "code" in error)
      throw new UsageError(`${folder} cannot be written: ${error.message}.`);
    throw error;
  }
}

/** Makes a folder and those above it. Node's own way does not come back where none can be made, as below `/proc`. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EEXIST" && (await stat(folder)).isDirectory()) return;
    if (code !== "ENOENT" || dirname(folder) === folder || (await exists(dirname(folder)))) throw error;
    await makeFolder(dirname(folder));
    await mkdir(folder);
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
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
