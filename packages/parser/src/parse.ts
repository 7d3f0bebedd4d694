import type { Format } from "./ast.ts";
import { type Dialect, newestDialect } from "./dialect.ts";
import { FormatParser } from "./parser.ts";
import { maskKuma } from "./placeholders.ts";

let parser: FormatParser | undefined;

/**
 * Reads a format string. Every string has a format, and nothing is thrown: what Envoy could not read is a node of its
 * own. Time and memory are linear in the length of the text.
 *
 * @param dialect how to read it; by default as the newest Envoy does, with every operator of Kuma recognised.
 */
export function parse(text: string, dialect: Dialect = newestDialect): Format {
  parser ??= new FormatParser();
  const masked = maskKuma(text, dialect.kuma);
  const parts = parser.read(text, masked, parser.lexer.tokenize(masked.text, dialect.grammar));
  return { kind: "format", start: 0, end: text.length, text, dialect, parts };
}
