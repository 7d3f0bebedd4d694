import { parse } from "@meshlog/parser";
import { diffArrays } from "diff";

/** A piece of one side of a text, and whether the other side lacks it. */
export interface Segment {
  readonly text: string;
  readonly isChanged: boolean;
}

/** Both sides of a text that changed. */
export interface TextDiff {
  readonly before: readonly Segment[];
  readonly after: readonly Segment[];
}

/** Texts with more pieces are shown as they are: to compare them would take long, and nobody would read it. */
const mostPieces = 2000;

/** How much of what both sides share is shown before and after a change, in UTF-16 units. */
const around = 30;

/** How much there has to be before it is left out. */
const worthwhile = 20;

/** Compares two texts operator by operator, and word by word in between; what both share is shown around changes only. */
export function diffText(before: string, after: string): TextDiff {
  const [one, other] = [pieces(before), pieces(after)];
  if (one.length + other.length > mostPieces) return whole(before, after);
  const changes = diffArrays(one, other);
  const side = (hides: "added" | "removed"): readonly Segment[] => {
    const shown = changes.filter((change) => !change[hides]);
    return shown.map(({ value, added, removed }, i) => ({
      text: added || removed ? value.join("") : shorten(value, i === 0, i === shown.length - 1),
      isChanged: added || removed,
    }));
  };
  return { before: side("added"), after: side("removed") };
}

function whole(before: string, after: string): TextDiff {
  return { before: [{ text: before, isChanged: true }], after: [{ text: after, isChanged: true }] };
}

/** Operators, and in what stands between them words, spaces and single characters. */
function pieces(text: string): string[] {
  return parse(text).parts.flatMap((part) =>
    part.kind === "text"
      ? (part.text.match(/[\p{L}\p{N}_]+|\s+|[^\p{L}\p{N}_\s]/gu) ?? [])
      : text.slice(part.start, part.end),
  );
}

/** What both sides share, without what stands far from a change. */
function shorten(shared: readonly string[], isFirst: boolean, isLast: boolean): string {
  const start = isFirst ? "" : takeUpTo(around, shared).join("");
  const end = isLast ? "" : takeUpTo(around, shared.toReversed()).toReversed().join("");
  const text = shared.join("");
  return start.length + end.length + worthwhile > text.length ? text : `${start}…${end}`;
}

/** The first pieces that are together not longer than asked for. */
function takeUpTo(longest: number, from: readonly string[]): readonly string[] {
  let length = 0;
  const tooMany = from.findIndex((piece) => (length += piece.length) > longest);
  return tooMany < 0 ? from : from.slice(0, tooMany);
}
