import type { IToken } from "chevrotain";
import type { Format } from "./ast.ts";
import { type Dialect, newestDialect } from "./dialect.ts";
import type { Tokens } from "./lexer.ts";
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
  const { lexer } = parser;
  const { grammar, kuma: names } = dialect;
  const tokens = lexer.tokenize(text, grammar);
  const isPlain = names === "none" || isKumaApart(text, tokens, lexer.tokens);
  const masked = isPlain ? { text, kuma: [], names } : maskKuma(text, names);
  const parts = parser.read(text, masked, isPlain ? tokens : lexer.tokenize(masked.text, grammar));
  return { kind: "format", start: 0, end: text.length, text, dialect, parts };
}

/**
 * Whether every operator of Kuma in a text is a token of its own, so that replacing it changes nothing around it. Then
 * its tokens are those of the text in which Kuma's operators are blanked out.
 */
function isKumaApart(text: string, tokens: readonly IToken[], { Call }: Tokens): boolean {
  let at = text.indexOf("%KUMA_");
  for (const { startOffset, image, tokenType } of tokens) {
    if (at < 0) return true;
    if (startOffset + image.length <= at) continue;
    if (startOffset !== at || tokenType !== Call) return false;
    at = text.indexOf("%KUMA_", at + 1);
  }
  return true;
}
