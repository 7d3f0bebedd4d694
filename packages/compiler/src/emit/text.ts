import type { CompiledHeader, CompiledPolicy } from "./compiled.ts";
import { fingerprint } from "./fingerprint.ts";
import { json, type Layout, nested } from "./layout.ts";

/** The document of a proxy as text. */
export interface WrittenProxy {
  readonly mesh: string;
  readonly name: string;
  /** Only where Kuma fails to generate it. */
  readonly error?: string;
  /** A `CompiledProxy` as JSON, in pieces. */
  readonly pieces: readonly string[];
}

/** What is written, one proxy at a time, so that a large mesh is never in memory as a whole. */
export interface Documents {
  readonly header: CompiledHeader;
  readonly policies: readonly CompiledPolicy[];
  /** In the layout that the whole is written in. */
  readonly proxies: Iterable<WrittenProxy> | AsyncIterable<WrittenProxy>;
}

/** The whole bundle as one JSON document, in pieces: those of a proxy together. */
export async function* bundleText(
  { header, policies, proxies }: Documents,
  layout: Layout,
): AsyncGenerator<readonly string[]> {
  const [line, inner, space] = layout.isCompact ? ["", "", ""] : ["\n  ", "\n    ", " "];
  const entries = Object.entries({ ...header, policies }).map(
    ([key, value]) => `${line}"${key}":${space}${nested(json(value, layout), 1)}`,
  );
  yield [`{${entries.join(",")},${line}"proxies":${space}[`];
  let isFirst = true;
  for await (const { pieces } of proxies) {
    yield [`${isFirst ? "" : ","}${inner}`, ...pieces.map((piece) => (layout.isCompact ? piece : nested(piece, 2)))];
    isFirst = false;
  }
  yield [`${isFirst ? "" : line}]${layout.isCompact ? "" : "\n"}}\n`];
}

/** The bundle as lines, in pieces: the header with the policies, then one proxy a line. */
export async function* bundleLines({ header, policies, proxies }: Documents): AsyncGenerator<readonly string[]> {
  yield [`${JSON.stringify({ ...header, policies })}\n`];
  for await (const { pieces } of proxies) yield [...pieces, "\n"];
}

/** The document of one proxy: its own text with the header before it. */
export function proxyText(header: CompiledHeader, { pieces }: WrittenProxy, layout: Layout): string {
  const head = json(header, layout).slice(0, layout.isCompact ? -1 : -2);
  return `${head},${pieces.join("").slice(1)}\n`;
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
