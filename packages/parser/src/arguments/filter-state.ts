import { writeNearest } from "../fixes.ts";
import { allMinors, before, since } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, type Piece, split, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** `KEY`, `KEY:PLAIN`, `KEY:TYPED` or `KEY:FIELD:NAME`. */
export interface FilterStateArgument extends ArgumentNode<"filter-state"> {
  readonly key: Piece;
  /** How the object is written: PLAIN, TYPED (where it is empty or absent) or FIELD. */
  readonly serialization?: Piece;
  /** The one field to print; it goes with FIELD alone. */
  readonly field?: Piece;
  /** What Envoy passes over. */
  readonly surplus?: Piece;
}

export function readFilterState(source: ArgumentSource): FilterStateArgument {
  const [key, serialization, field, surplus] = split(source, ":");
  return {
    ...whole("filter-state", source),
    key,
    ...(serialization && { serialization }),
    ...(field && { field }),
    ...(surplus && { surplus }),
  };
}

/** How an object of filter state can be written, and since when. */
export const serializations: readonly ["PLAIN", "TYPED", "FIELD"] = ["PLAIN", "TYPED", "FIELD"];

/** Source: `source/common/formatter/stream_info_formatter.cc`, `FilterStateFormatter::create`. */
export function checkFilterState(argument: FilterStateArgument | undefined, call: CallCheck): void {
  if (argument === undefined || call.effective(argument.key) === "") {
    const text = "Invalid filter state configuration, key cannot be empty.";
    call.refuse("format/filter-state-key", argument?.key ?? call.place, { name: call.name }, allMinors, text);
    return;
  }
  const { serialization, field, surplus } = argument;
  const type = serialization === undefined ? "" : call.effective(serialization);
  const hasField = field !== undefined && call.effective(field) !== "";
  const isKnown = type === "" || serializations.some((known) => known === type);
  if (serialization !== undefined && (!isKnown || type === "FIELD")) {
    const text = "Invalid filter state serialize type, only support PLAIN/TYPED";
    const more = (): ReturnType<typeof writeNearest> =>
      writeNearest(serialization.start, serialization.end, type, serializations);
    call.refuse("format/filter-state-type", serialization, { type }, before("1.28"), `${text}.`, more);
    if (!isKnown) {
      call.refuse("format/filter-state-type", serialization, { type }, since("1.28"), `${text}/FIELD.`, more);
    }
  }
  if ((type === "FIELD") !== hasField) {
    call.refuse(
      "format/filter-state-field",
      hasField ? field : (serialization ?? argument),
      {},
      since("1.28"),
      "Invalid filter state serialize type, FIELD should be used with the field name.",
    );
  }
  if (surplus !== undefined) {
    const place = { start: surplus.start - 1, end: argument.end };
    call.note("lint/unused-argument", place, { text: argument.text.slice(place.start - argument.start) }, allMinors);
  }
}
