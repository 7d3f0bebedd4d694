import { COLLECTION_STYLE, type Event, EVENT_ID, parseEvents, type ScalarEvent, YAMLException } from "js-yaml";
import { withKnownBreaks } from "./line-breaks.ts";
import type { Chomping, ScalarStyle, ScalarToken } from "./scalar-token.ts";
import { maxDepth, type Properties, TreeBuilder } from "./tree-builder.ts";

/**
 * Reads a part of a file with js-yaml's events: fast, but it stops at the first error. `undefined` if it refuses the
 * text; then the tolerant reader says why.
 */
export function readEvents(source: string, start: number, end: number): readonly TreeBuilder[] | undefined {
  const part = withKnownBreaks(start === 0 && end === source.length ? source : source.slice(start, end));
  // go-yaml skips a byte order mark that begins a line (scannerc.go, scan_to_next_token); to js-yaml it is text.
  if (part.includes("\ufeff", 1)) return undefined;
  let events: readonly Event[];
  try {
    // Every map and list costs two levels there at most.
    events = parseEvents(part, { maxDepth: 2 * maxDepth });
  } catch (error) {
    if (error instanceof YAMLException) return undefined;
    throw error;
  }
  const documents: TreeBuilder[] = [];
  let builder = new TreeBuilder(source, start);
  for (const event of events) {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        builder = new TreeBuilder(source, start);
        documents.push(builder);
        break;
      case EVENT_ID.MAPPING:
        builder.open("map", start + event.start, event.style === COLLECTION_STYLE.FLOW, properties(part, event));
        break;
      case EVENT_ID.SEQUENCE:
        builder.open("list", start + event.start, event.style === COLLECTION_STYLE.FLOW, properties(part, event));
        break;
      case EVENT_ID.SCALAR:
        if (event.valueStart < 0) builder.empty(properties(part, event));
        else builder.scalar(token(source, start, event), event.fast, properties(part, event));
        break;
      case EVENT_ID.ALIAS: {
        const { anchorStart, anchorEnd } = event;
        builder.alias(part.slice(anchorStart, anchorEnd), { start: start + anchorStart - 1, end: start + anchorEnd });
        break;
      }
      case EVENT_ID.POP:
        builder.close();
        break;
    }
  }
  return documents.some(({ isDoubtful }) => isDoubtful) ? undefined : documents;
}

/** The styles of scalars and chomping, by js-yaml's numbers. */
const styles: readonly ScalarStyle[] = ["plain", "plain", "single", "double", "literal", "folded"];
const chompings: readonly Chomping[] = ["clip", "clip", "strip", "keep"];

const none: Properties = {};

interface Ranges {
  readonly anchorStart: number;
  readonly anchorEnd: number;
  readonly tagStart: number;
  readonly tagEnd: number;
}

function properties(part: string, { anchorStart, anchorEnd, tagStart, tagEnd }: Ranges): Properties {
  if (anchorStart < 0 && tagStart < 0) return none;
  return {
    anchor: anchorStart < 0 ? undefined : part.slice(anchorStart, anchorEnd),
    tag: tagStart < 0 ? undefined : part.slice(tagStart, tagEnd),
  };
}

function token(source: string, base: number, event: ScalarEvent): ScalarToken {
  return {
    source,
    style: styles[event.style] ?? "plain",
    contentStart: base + event.valueStart,
    contentEnd: base + event.valueEnd,
    indent: event.indent,
    chomping: chompings[event.chomping] ?? "clip",
  };
}
