import { BACKSLASH, CR, LF, SINGLE_QUOTE, SPACE, TAB } from "./characters.ts";
import { breakText, isBreak } from "./line-breaks.ts";
import type { ScalarToken } from "./scalar-token.ts";

/**
 * A scalar's text, and where it comes from: run i stands from `starts[i]` to `starts[i + 1]` in the text (the last one
 * to its end) and from `sourceStarts[i]` to `sourceEnds[i]` in the source. A run that is equally long on both sides is
 * verbatim; in any other all units of the text come from all units of the source (an escape, a CRLF). What lies between
 * two runs in the source is not part of the text: indentation, blanks at a fold.
 */
export interface DecodedScalar {
  readonly text: string;
  readonly starts: readonly number[];
  readonly sourceStarts: readonly number[];
  readonly sourceEnds: readonly number[];
}

/**
 * Decodes a scalar as Kuma reads it, that is as go-yaml v2 does. It differs from what js-yaml and `yaml` make of it in
 * two places: a block scalar that ends the file without a line break has none in its text either, and blank lines after
 * an escaped line break each count (js-yaml drops them, `yaml` folds them; go-yaml follows the grammar).
 *
 * An unfinished or wrong escape stands for itself, so that there is a text for everything one can type.
 */
export function decodeScalar(token: ScalarToken): DecodedScalar {
  const decoder = new Decoder(token.source, token.contentEnd);
  switch (token.style) {
    case "plain":
    case "single":
    case "double":
      decodeFlow(token, decoder);
      break;
    case "literal":
    case "folded":
      decodeBlock(token, decoder);
      break;
  }
  return decoder;
}

/** What is decoded so far. */
class Decoder implements DecodedScalar {
  text = "";
  readonly starts: number[] = [];
  readonly sourceStarts: number[] = [];
  readonly sourceEnds: number[] = [];
  readonly #source: string;
  readonly #end: number;

  constructor(source: string, end: number) {
    this.#source = source;
    this.#end = end;
  }

  /** The source from `start` to `end` stands in the text as it is. */
  copy(start: number, end: number): void {
    if (start < end) this.emit(this.#source.slice(start, end), start, end);
  }

  /** The source from `start` to `end` stands for `text`. */
  emit(text: string, start: number, end: number): void {
    this.starts.push(this.text.length);
    this.sourceStarts.push(start);
    this.sourceEnds.push(end);
    this.text += text;
  }

  /** The code unit at an offset; NaN at the end of the scalar. */
  at(offset: number): number {
    return offset < this.#end ? this.#source.charCodeAt(offset) : NaN;
  }

  /** The offset after the blanks at an offset. */
  skipBlanks(offset: number): number {
    while (isBlank(this.at(offset))) offset++;
    return offset;
  }

  /** The offset after the line break at an offset, or the offset itself if there is none. */
  skipBreak(offset: number): number {
    const unit = this.at(offset);
    if (unit === CR && this.at(offset + 1) === LF) return offset + 2;
    return isBreak(unit) ? offset + 1 : offset;
  }

  /** The offset of the next line break, or the end. */
  lineEnd(offset: number): number {
    while (offset < this.#end && !isBreak(this.#source.charCodeAt(offset))) offset++;
    return offset;
  }
}

const isBlank = (unit: number): boolean => unit === SPACE || unit === TAB;

/**
 * Plain, single and double quoted: blanks around a line break go; one break is a space, n breaks are n - 1. One that
 * stands for itself is never folded.
 */
function decodeFlow({ style, contentStart, contentEnd }: ScalarToken, decoder: Decoder): void {
  let copied = contentStart;
  let offset = contentStart;
  while (offset < contentEnd) {
    const unit = decoder.at(offset);
    if (isBlank(unit) || isBreak(unit)) {
      const after = decoder.skipBlanks(offset);
      if (isBreak(decoder.at(after))) {
        decoder.copy(copied, offset);
        copied = offset = foldFlowBreaks(after, decoder);
      } else {
        offset = after;
      }
    } else if (unit === SINGLE_QUOTE && style === "single") {
      decoder.copy(copied, offset);
      decoder.emit("'", offset, Math.min(offset + 2, contentEnd));
      copied = offset = offset + 2;
    } else if (unit === BACKSLASH && style === "double") {
      decoder.copy(copied, offset);
      copied = offset = decodeEscape(offset, decoder);
    } else {
      offset++;
    }
  }
  decoder.copy(copied, contentEnd);
}

/** From a line break to the next content; every break after the first is one of a blank line. */
function foldFlowBreaks(offset: number, decoder: Decoder): number {
  const first = decoder.skipBreak(offset);
  const text = breakText(decoder.at(offset));
  if (text !== "\n") decoder.emit(text, offset, first);
  const next = keepBlankLines(first, decoder);
  if (next.lines === 0 && text === "\n") decoder.emit(" ", offset, first);
  return next.offset;
}

/** Each blank line from `offset` on is a line break of the text. */
function keepBlankLines(offset: number, decoder: Decoder): { readonly offset: number; readonly lines: number } {
  let lines = 0;
  for (;;) {
    const content = decoder.skipBlanks(offset);
    const next = decoder.skipBreak(content);
    if (next === content) return { offset: content, lines };
    decoder.emit(breakText(decoder.at(content)), content, next);
    offset = next;
    lines++;
  }
}

/** The escapes of one character. `\'` is none of YAML's, but go-yaml reads it. */
const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  " ": " ",
  '"': '"',
  "'": "'",
  "/": "/",
  "\\": "\\",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
};

/** How many hexadecimal digits follow. */
const hexadecimal: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** Decodes the escape whose backslash is at `offset`; answers the offset after it. */
function decodeEscape(offset: number, decoder: Decoder): number {
  const afterBreak = decoder.skipBreak(offset + 1);
  if (afterBreak > offset + 1) return keepBlankLines(afterBreak, decoder).offset;

  const unit = decoder.at(offset + 1);
  const name = Number.isNaN(unit) ? "" : String.fromCharCode(unit);
  const character = escapes[name];
  if (character !== undefined) {
    decoder.emit(character, offset, offset + 2);
    return offset + 2;
  }
  const digits = hexadecimal[name] ?? 0;
  const codePoint = digits === 0 ? undefined : readHexadecimal(offset + 2, digits, decoder);
  if (codePoint !== undefined && codePoint <= 0x10ffff) {
    decoder.emit(String.fromCodePoint(codePoint), offset, offset + 2 + digits);
    return offset + 2 + digits;
  }
  decoder.copy(offset, offset + 1);
  return offset + 1;
}

function readHexadecimal(offset: number, digits: number, decoder: Decoder): number | undefined {
  let value = 0;
  for (let i = 0; i < digits; i++) {
    const digit = Number.parseInt(String.fromCharCode(decoder.at(offset + i)), 16);
    if (Number.isNaN(digit)) return undefined;
    value = value * 16 + digit;
  }
  return value;
}

interface LineBreak {
  readonly start: number;
  readonly end: number;
}

/** Literal and folded: line by line, without the indentation. A break of the text stands where its line ends. */
function decodeBlock({ style, contentStart, contentEnd, indent, chomping }: ScalarToken, decoder: Decoder): void {
  /** The breaks since the last content: of its own line first (undefined before any content), then of blank lines. */
  let ended: LineBreak | undefined;
  let blank: LineBreak[] = [];
  let moreIndented = false;

  const emitBreaks = (breaks: readonly LineBreak[]): void => {
    for (const { start, end } of breaks) decoder.emit(breakText(decoder.at(start)), start, end);
  };

  for (let offset = contentStart; offset < contentEnd;) {
    let content = offset;
    while (content - offset < indent && decoder.at(content) === SPACE) content++;
    const end = decoder.lineEnd(content);
    const next = decoder.skipBreak(end);
    if (content === end || indent < 0) {
      blank.push({ start: end, end: next });
    } else {
      const startsBlank = isBlank(decoder.at(content));
      const mayFold = style === "folded" && !startsBlank && !moreIndented;
      const folded = mayFold && ended && breakText(decoder.at(ended.start)) === "\n" ? ended : undefined;
      if (ended && !folded) emitBreaks([ended]);
      if (folded && blank.length === 0) decoder.emit(" ", folded.start, folded.end);
      emitBreaks(blank);
      decoder.copy(content, end);
      ended = { start: end, end: next };
      blank = [];
      moreIndented = startsBlank;
    }
    offset = next;
  }

  const real = (lineBreak: LineBreak): boolean => lineBreak.end > lineBreak.start;
  if (chomping !== "strip" && ended) emitBreaks([ended].filter(real));
  if (chomping === "keep") emitBreaks(blank.filter(real));
}
