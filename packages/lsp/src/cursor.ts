import { formatPlaces, type FormatPlace, type Resource } from "@meshlog/compiler";
import { type Format, parse } from "@meshlog/parser";
import type { PolicyDocument } from "./document.ts";
import type { PlacedSection } from "./layout.ts";

/** A place in a file, and what it lies in. */
export interface Cursor {
  readonly document: PolicyDocument;
  readonly placed: PlacedSection;
  /** Counted from the start of the section. */
  readonly offset: number;
  /** The resource that the place is in. */
  readonly resource: Resource | undefined;
}

/** A format under the cursor. */
export interface FormatAtCursor {
  readonly place: FormatPlace;
  readonly format: Format;
  /** The cursor in the format, whose offsets are those of the decoded scalar. */
  readonly offset: number;
}

/** What a place of a file lies in; `undefined` where the file is not Kuma's. */
export function cursorAt(document: PolicyDocument, offset: number): Cursor | undefined {
  const placed = document.sectionAt(offset);
  if (placed?.section.isKumas !== true) return undefined;
  const inSection = offset - placed.start;
  const resource = placed.section.readable().find(({ node }) => node.start <= inSection && inSection <= node.end);
  return { document, placed, offset: inSection, resource };
}

/** The formats of a resource, in the order of the file. */
export function formatsOf({ kind, spec }: Resource): readonly FormatPlace[] {
  return kind === "MeshAccessLog" && spec !== undefined ? formatPlaces(spec) : [];
}

/** The format of a MeshAccessLog that a cursor is in. */
export function formatAt({ resource, offset }: Cursor): FormatAtCursor | undefined {
  for (const place of resource === undefined ? [] : formatsOf(resource)) {
    const { node } = place;
    if (offset < node.start || offset > node.end) continue;
    const inFormat = node.sourceMap().toText(offset);
    if (inFormat !== undefined) return { place, format: parse(node.text), offset: inFormat };
  }
  return undefined;
}
