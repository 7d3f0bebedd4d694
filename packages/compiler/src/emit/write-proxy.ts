import type { LoggerLayout } from "../lower/logger-text.ts";
import type { CompiledListener, CompiledProxy } from "./compiled.ts";
import { json, type Layout, nested } from "./layout.ts";

/** How the loggers of a proxy are written: as they stand in the document of the proxy. */
export function loggerLayout(layout: Layout): LoggerLayout {
  return { stringify: (logger) => nested(json(logger, layout), 4), list: marks("[]", 3, layout) };
}

/**
 * A proxy as JSON, in pieces: together they are the text of the object that it stands for.
 *
 * @param proxy its lists of loggers are texts already, in {@link loggerLayout}.
 */
export function writeProxy(
  { listeners, clusters, ...head }: CompiledProxy<readonly string[]>,
  layout: Layout,
): readonly string[] {
  const pieces = pieceWriter();
  object(pieces, 0, layout, [
    members(head, 0, layout),
    (): void => {
      pieces.add(memberName("listeners", layout));
      writeList(pieces, 1, layout, listeners.length, (i) => {
        const listener = listeners[i];
        if (listener !== undefined) writeListener(pieces, listener, layout);
      });
    },
    members({ clusters }, 0, layout),
  ]);
  return pieces.finish();
}

function writeListener(pieces: Pieces, listener: CompiledListener<readonly string[]>, layout: Layout): void {
  const { name, resource, context, direction, protocol, filter, accessLog, ...others } = listener;
  object(pieces, 2, layout, [
    members({ name, resource, context, direction, protocol, filter }, 2, layout),
    (): void => {
      pieces.add(memberName("accessLog", layout));
      for (const text of accessLog) pieces.add(text);
    },
    members(others, 2, layout),
  ]);
}

/** The members of an object, without the braces: empty if there are none. */
function members(value: object, depth: number, layout: Layout): string {
  const text = json(value, layout).slice(1, layout.isCompact ? -1 : -2);
  return layout.isCompact ? text : nested(text, depth).trimStart();
}

function memberName(name: string, { isCompact }: Layout): string {
  return `"${name}":${isCompact ? "" : " "}`;
}

/** An object that stands `depth` levels inside the document, of texts of members and of what writes one. */
function object(pieces: Pieces, depth: number, layout: Layout, parts: readonly (string | (() => void))[]): void {
  const [before, between, after] = marks("{}", depth, layout);
  let mark = before;
  for (const part of parts) {
    if (part === "") continue;
    pieces.add(mark);
    mark = between;
    if (typeof part === "string") pieces.add(part);
    else part();
  }
  pieces.add(after);
}

function writeList(
  pieces: Pieces,
  depth: number,
  layout: Layout,
  length: number,
  writeItem: (i: number) => void,
): void {
  if (length === 0) {
    pieces.add("[]");
    return;
  }
  const [before, between, after] = marks("[]", depth, layout);
  for (let i = 0; i < length; i++) {
    pieces.add(i === 0 ? before : between);
    writeItem(i);
  }
  pieces.add(after);
}

/** What stands before, between and after the parts of a list or object that stands `depth` levels inside the document. */
type Marks = readonly [before: string, between: string, after: string];

function marks([open = "", close = ""]: string, depth: number, { isCompact }: Layout): Marks {
  if (isCompact) return [open, ",", close];
  const line = `\n${"  ".repeat(depth)}`;
  return [`${open}${line}  `, `,${line}  `, `${line}${close}`];
}

/** Puts short texts together and leaves long ones as they are, so that nothing is copied twice. */
interface Pieces {
  readonly add: (text: string) => void;
  readonly finish: () => readonly string[];
}

/** From so many characters on a text is a piece of its own. */
const longText = 1 << 12;

function pieceWriter(): Pieces {
  const pieces: string[] = [];
  let short = "";
  return {
    add(text) {
      if (text.length < longText && short.length < longText) {
        short += text;
        return;
      }
      if (short !== "") pieces.push(short);
      short = "";
      if (text.length < longText) short = text;
      else pieces.push(text);
    },
    finish: () => (short === "" ? pieces : [...pieces, short]),
  };
}
