import { afterE, afterO, timeConversions } from "../catalog/time-conversions.ts";
import { allMinors } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, type Piece, piece, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** A pattern such as `%Y-%m-%dT%H:%M:%S.%3f`, as conversions and the text between them. */
export interface TimeArgument extends ArgumentNode<"time"> {
  readonly parts: readonly (TimeConversion | TimeText)[];
}

/** A piece of a time pattern that is printed as it stands. */
export interface TimeText extends Piece {
  readonly kind: "text";
}

/** `%` with what belongs to it: `%Y`, `%3f`, `%E*S`, `%:z`. */
export interface TimeConversion extends Piece {
  readonly kind: "conversion";
}

/**
 * One conversion: flags and a width or digits, `E` or `O`, then the character that says what to print. Sources: absl's
 * `time/internal/cctz/src/time_zone_format.cc`, glibc's strftime, Envoy's `source/common/common/utility.cc`.
 */
const conversion = /%(?::{1,3}z|E(?:\*|[0-9]{1,2})?[A-Za-z]|[-_0^#]*(?:\*|[0-9]{1,10})?[EO]?[A-Za-z%+])/g;

export function readTime(source: ArgumentSource): TimeArgument {
  const parts: (TimeConversion | TimeText)[] = [];
  let at = 0;
  for (const { 0: match, index } of source.masked.matchAll(conversion)) {
    if (index > at) parts.push({ kind: "text", ...piece(source, at, index) });
    at = index + match.length;
    parts.push({ kind: "conversion", ...piece(source, index, at) });
  }
  if (at < source.text.length) parts.push({ kind: "text", ...piece(source, at, source.text.length) });
  return { ...whole("time", source), parts };
}

/** What prints a line break; Envoy looks for it anywhere, in the second half of `%%n` too. */
const lineBreak = /%[-_0^#]*[1-9]*[EO]?n/;

/** Source: `source/common/formatter/stream_info_formatter.cc`, `SystemTimeFormatter`. */
export function checkTime(argument: TimeArgument, call: CallCheck): void {
  const found = lineBreak.exec(call.effective(argument));
  if (found !== null) {
    const [conversion] = found;
    const from = argument.start + argument.text.indexOf(conversion);
    const place = from < argument.start ? argument : { start: from, end: from + conversion.length };
    const text = "Invalid header configuration. Format string contains newline.";
    call.refuse("format/time-newline", place, { conversion }, allMinors, text);
  }
  for (const part of argument.parts) {
    if (part.kind === "conversion") checkConversion(part, call);
  }
}

function checkConversion(part: TimeConversion, call: CallCheck): void {
  const conversion = part.text;
  if (Object.hasOwn(timeConversions, conversion)) return;
  const [, flags = "", width = "", modifier = "", letter = ""] =
    /^%([-_0^#]*)(\*|(?:[1-9][0-9]*)?)([EO]?)(.)$/.exec(conversion) ?? [];
  const [, digits = "", unit = ""] = /^%E(\*|[0-9]+)([Sf])$/.exec(conversion) ?? [];
  if (unit !== "") {
    if (digits.length > 1) call.note("lint/stale-digits", part, { conversion }, allMinors);
    return;
  }
  if (letter === "f" && flags + modifier === "" && width.length === 1) return;
  const isLocal = letter === "s" || letter === "Z";
  if (isLocal && flags + width !== "") {
    call.note("lint/local-zone", part, { conversion }, allMinors);
    return;
  }
  const isKnown =
    modifier === ""
      ? Object.hasOwn(timeConversions, `%${letter}`) && letter !== "f"
      : (modifier === "E" ? afterE : afterO).includes(letter);
  if (!isKnown || letter === "") call.note("lint/time-conversion", part, { conversion }, allMinors);
}
