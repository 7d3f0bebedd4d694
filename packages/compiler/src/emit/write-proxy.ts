import type { LoggerLayout } from "../lower/logger-text.ts";
import type { CompiledListener, CompiledProxy } from "./compiled.ts";
import { json, type Layout, nested } from "./layout.ts";

/** How the loggers of a proxy are written: as they stand in the document of the proxy. */
export function loggerLayout(layout: Layout): LoggerLayout {
  return { stringify: (logger) => nested(json(logger, layout), 4), list: marks("[]", 3, layout) };
}

/**
 * A proxy as JSON: the text of the object that it stands for.
 *
 * @param proxy its lists of loggers are texts already, in {@link loggerLayout}.
 */
export function writeProxy({ listeners, clusters, ...head }: CompiledProxy<string>, layout: Layout): string {
  const texts = listeners.map((listener) => writeListener(listener, layout));
  return object(
    [members(head, 0, layout), member("listeners", list(texts, 1, layout), layout), members({ clusters }, 0, layout)],
    0,
    layout,
  );
}

function writeListener(listener: CompiledListener<string>, layout: Layout): string {
  const { name, resource, context, direction, protocol, filter, accessLog, ...others } = listener;
  return object(
    [
      members({ name, resource, context, direction, protocol, filter }, 2, layout),
      member("accessLog", accessLog, layout),
      members(others, 2, layout),
    ],
    2,
    layout,
  );
}

/** The members of an object, without the braces: empty if there are none. */
function members(value: object, depth: number, layout: Layout): string {
  const text = json(value, layout).slice(1, layout.isCompact ? -1 : -2);
  return layout.isCompact ? text : nested(text, depth).trimStart();
}

function member(name: string, text: string, { isCompact }: Layout): string {
  return `"${name}":${isCompact ? "" : " "}${text}`;
}

/** An object of members that stands `depth` levels inside the document. */
function object(parts: readonly string[], depth: number, layout: Layout): string {
  return joined(
    parts.filter((part) => part !== ""),
    marks("{}", depth, layout),
  );
}

function list(items: readonly string[], depth: number, layout: Layout): string {
  return items.length === 0 ? "[]" : joined(items, marks("[]", depth, layout));
}

/** What stands before, between and after the parts of a list or object that stands `depth` levels inside the document. */
type Marks = readonly [before: string, between: string, after: string];

function marks([open = "", close = ""]: string, depth: number, { isCompact }: Layout): Marks {
  if (isCompact) return [open, ",", close];
  const line = `\n${"  ".repeat(depth)}`;
  return [`${open}${line}  `, `,${line}  `, `${line}${close}`];
}

/** Not by `join`, which would copy long texts once more. */
function joined(parts: readonly string[], [before, between, after]: Marks): string {
  return `${before}${parts.reduce((text, part) => `${text}${between}${part}`)}${after}`;
}
