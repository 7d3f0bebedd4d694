import { fingerprint } from "./fingerprint.ts";
import type { CompiledHeader, CompiledPolicy, CompiledProxy } from "./compiled.ts";

/** What is written, one proxy at a time, so that a large mesh is never in memory as a whole. */
interface Documents {
  readonly header: CompiledHeader;
  readonly policies: readonly CompiledPolicy[];
  readonly proxies: Iterable<CompiledProxy>;
}

/** The whole bundle as one JSON document, in pieces. */
export function* bundleText(
  { header, policies, proxies }: Documents,
  { isCompact }: { readonly isCompact: boolean },
): Generator<string> {
  const json = (value: unknown, depth: number): string =>
    isCompact ? JSON.stringify(value) : JSON.stringify(value, null, 2).replaceAll("\n", `\n${"  ".repeat(depth)}`);
  const [line, inner, space] = isCompact ? ["", "", ""] : ["\n  ", "\n    ", " "];
  const entries = Object.entries({ ...header, policies }).map(
    ([key, value]) => `${line}"${key}":${space}${json(value, 1)}`,
  );
  yield `{${entries.join(",")},${line}"proxies":${space}[`;
  let isFirst = true;
  for (const proxy of proxies) {
    yield `${isFirst ? "" : ","}${inner}${json(proxy, 2)}`;
    isFirst = false;
  }
  yield `${isFirst ? "" : line}]${isCompact ? "" : "\n"}}\n`;
}

/** The bundle as lines: the header with the policies, then one proxy a line. */
export function* bundleLines({ header, policies, proxies }: Documents): Generator<string> {
  yield `${JSON.stringify({ ...header, policies })}\n`;
  for (const proxy of proxies) yield `${JSON.stringify(proxy)}\n`;
}

/** The document of one proxy. */
export function proxyText(
  header: CompiledHeader,
  proxy: CompiledProxy,
  { isCompact }: { readonly isCompact: boolean },
): string {
  return `${JSON.stringify({ ...header, ...proxy }, null, isCompact ? 0 : 2)}\n`;
}

/**
 * Where the document of a proxy stands in the output folder: `<mesh>/<name>.json`. Every byte that could mean something
 * to a file system is percent-encoded, so no name leads out of the folder.
 */
export function proxyPath({ mesh, name }: { readonly mesh: string; readonly name: string }): string {
  return `${fileName(mesh)}/${fileName(name)}.json`;
}

/** The longest name of a file that every file system takes, less what stands after it. */
const longestName = 200;

/** What stands beside the folders of the meshes. */
const reserved: ReadonlySet<string> = new Set(["bundle.json"]);

function fileName(name: string): string {
  const encoded = encode(name);
  if (encoded.length <= longestName) return reserved.has(encoded) ? encoded.replace(".", "%2E") : encoded;
  return `${encoded.slice(0, longestName - 10)}%-${fingerprint(name)}`;
}

function encode(name: string): string {
  const encoded = [...new TextEncoder().encode(name)]
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9._-]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
  return /^\.*$/.test(encoded) ? encoded.replaceAll(".", "%2E") || "%" : encoded;
}
