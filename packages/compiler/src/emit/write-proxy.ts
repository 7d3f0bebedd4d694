import type { LoggerLayout } from "../lower/logger-text.ts";
import type { CompiledListener, CompiledProxy } from "./compiled.ts";
import { json, type Layout, nested } from "./layout.ts";

/** How the loggers of a proxy are written: as they stand in the document of the proxy. */
export function loggerLayout(layout: Layout): LoggerLayout {
  return { stringify: (logger) => nested(json(logger, layout), 4), list: (texts) => list(texts, 3, layout) };
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
  return `{${lines(
    parts.filter((part) => part !== ""),
    depth,
    layout,
  )}}`;
}

function list(items: readonly string[], depth: number, layout: Layout): string {
  return items.length === 0 ? "[]" : `[${lines(items, depth, layout)}]`;
}

function lines(parts: readonly string[], depth: number, { isCompact }: Layout): string {
  if (isCompact) return parts.join(",");
  const line = `\n${"  ".repeat(depth)}`;
  return `${line}  ${parts.join(`,${line}  `)}${line}`;
}
