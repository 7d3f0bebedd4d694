import type { Fix } from "../diagnostics.ts";
import { edit } from "../fixes.ts";
import { allMinors, before, since } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, type Piece, split, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** `NAME` or `NAME?ALTERNATIVE`: the alternative is printed where the first header is absent. */
export interface HeaderArgument extends ArgumentNode<"header"> {
  readonly header: Piece;
  readonly alternative?: Piece;
  /** From the second `?` on; Envoy refuses it. */
  readonly surplus?: Piece;
}

export function readHeader(source: ArgumentSource): HeaderArgument {
  const [header, alternative, surplus] = split(source, "?");
  if (alternative === undefined) return { ...whole("header", source), header };
  return { ...whole("header", source), header, alternative, ...(surplus && { surplus }) };
}

/** The pseudo-headers that Envoy has; any other name that starts with `:` is never there. */
const pseudoHeaders = new Set([":method", ":path", ":authority", ":scheme", ":status", ":protocol"]);

/** Source: `source/common/formatter/substitution_format_utility.cc`, `parseSubcommandHeaders`. */
export function checkHeader(argument: HeaderArgument, call: CallCheck): void {
  const { header, alternative, surplus } = argument;
  if (surplus !== undefined) {
    const token = call.effective(argument);
    call.refuse(
      "format/header-alternatives",
      { start: surplus.start - 1, end: argument.end },
      {},
      allMinors,
      `More than 1 alternative header specified in token: ${token}`,
      () => ({ fixes: [edit("Remove the further alternatives", surplus.start - 1, argument.end, "")] }),
    );
    return;
  }
  checkName(header, call);
  if (alternative !== undefined) checkName(alternative, call);
}

function checkName(name: Piece, call: CallCheck): void {
  const text = call.effective(name);
  const is = { header: text };
  if (isHeaderName(text)) {
    const isUnknown = text.startsWith(":") && !pseudoHeaders.has(text.toLowerCase());
    if (isUnknown) call.note("lint/pseudo-header", name, is, allMinors);
    return;
  }
  if (text.includes("\n")) {
    call.refuse("format/header-name", name, is, before("1.27"), invalidHeader("newline"));
  }
  if (/[\0\r\n]/.test(text)) {
    call.refuse("format/header-name", name, is, since("1.27") & before("1.31"), invalidHeader("null or newline"));
  }
  call.refuse("format/header-name", name, is, since("1.31"), invalidHeader("invalid characters"), () =>
    headerFixes(name, text),
  );
}

function invalidHeader(what: string): string {
  return `Invalid header configuration. Format string contains ${what}.`;
}

/** Whether Envoy takes a name since 1.31 (envoy#34205): an RFC 9110 token, one `:` before it allowed, or nothing. */
function isHeaderName(name: string): boolean {
  return name === "" || /^:?[-!#$%&'*+.^_`|~0-9A-Za-z]+$/.test(name);
}

function headerFixes(name: Piece, text: string): { fixes: Fix[] } {
  const trimmed = text.trim();
  const isMended = trimmed !== text && isHeaderName(trimmed);
  return { fixes: isMended ? [edit(`Write "${trimmed}"`, name.start, name.end, trimmed)] : [] };
}
