import type { Format, Part } from "./ast.ts";
import { type Dialect, newestDialect } from "./dialect.ts";
import { readParts } from "./parser.ts";
import { maskKuma } from "./placeholders.ts";

/**
 * Reads a format string. Every string has a format, and nothing is thrown: what Envoy could not read is a node of its
 * own. Time and memory are linear in the length of the text.
 *
 * @param dialect how to read it; by default as the newest Envoy does, with every operator of Kuma recognised.
 */
export function parse(text: string, dialect: Dialect = newestDialect): Format {
  const { grammar, kuma: names } = dialect;
  const plain = readParts(text, { text, kuma: [], names }, grammar);
  const isPlain = names === "none" || isKumaApart(text, plain);
  const parts = isPlain ? plain : readParts(text, maskKuma(text, names), grammar);
  return { kind: "format", start: 0, end: text.length, text, dialect, parts };
}

/**
 * Whether every operator of Kuma in a text is a call of its own, so that replacing it changes nothing around it. Then
 * the parts are those of the text in which Kuma's operators are blanked out.
 */
function isKumaApart(text: string, parts: readonly Part[]): boolean {
  let at = text.indexOf("%KUMA_");
  for (const part of parts) {
    if (at < 0) return true;
    if (part.end <= at) continue;
    if (part.start !== at || !isWhole(part)) return false;
    at = text.indexOf("%KUMA_", at + 1);
  }
  return at < 0;
}

/** Whether a part is `%NAME%` or `%NAME(…)%`. */
function isWhole(part: Part): boolean {
  return part.kind === "kuma" || (part.kind === "operator" && part.limit === undefined);
}
