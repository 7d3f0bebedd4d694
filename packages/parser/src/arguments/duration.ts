import { writeNearest } from "../fixes.ts";
import { allMinors, before, type Version } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, type Piece, split, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** `START:END` or `START:END:PRECISION`. */
export interface DurationArgument extends ArgumentNode<"duration"> {
  readonly from: Piece;
  readonly to?: Piece;
  readonly precision?: Piece;
  /** From the third `:` on; Envoy refuses it. */
  readonly surplus?: Piece;
}

export function readDuration(source: ArgumentSource): DurationArgument {
  const [from, to, precision, surplus] = split(source, ":");
  return {
    ...whole("duration", source),
    from,
    ...(to && { to }),
    ...(precision && { precision }),
    ...(surplus && { surplus }),
  };
}

/** The points in time that Envoy sets, and since when. Source: `CommonDurationFormatter` in `stream_info_formatter.cc`. */
export const timePoints: ReadonlyMap<string, Version> = new Map<string, Version>([
  ["DS_CX_BEG", "1.39"],
  ["DS_CX_END", "1.39"],
  ["DS_HS_BEG", "1.40"],
  ["DS_HS_END", "1.40"],
  ["DS_RX_BEG", "1.30"],
  ["DS_RX_HDR_END", "1.40"],
  ["DS_RX_END", "1.30"],
  ["US_CX_BEG", "1.33"],
  ["US_CX_END", "1.33"],
  ["US_HS_END", "1.33"],
  ["US_TX_BEG", "1.30"],
  ["US_TX_END", "1.30"],
  ["US_RX_BEG", "1.30"],
  ["US_RX_BODY_BEG", "1.37"],
  ["US_RX_END", "1.30"],
  ["DS_TX_BEG", "1.30"],
  ["DS_TX_END", "1.30"],
]);

export const precisions: readonly string[] = ["ms", "us", "ns"];

export function checkDuration(argument: DurationArgument, call: CallCheck): void {
  const { from, to, precision, surplus } = argument;
  if (to === undefined || surplus !== undefined) {
    const text = `Invalid common duration configuration: ${call.effective(argument)}.`;
    call.refuse("format/duration-points", argument, {}, allMinors, text);
    return;
  }
  const unit = precision === undefined ? "ms" : call.effective(precision);
  if (precision !== undefined && !precisions.includes(unit)) {
    const text = `Invalid common duration precision: ${unit}.`;
    call.refuse("format/duration-precision", precision, { precision: unit }, allMinors, text, () =>
      writeNearest(precision.start, precision.end, unit, precisions),
    );
  }
  for (const end of [from, to]) {
    const point = call.effective(end);
    const known = timePoints.get(point);
    if (known !== undefined) {
      call.note("lint/newer-time-point", end, { point, since: known }, before(known));
    } else {
      call.note("lint/unknown-time-point", end, { point }, allMinors, () =>
        writeNearest(end.start, end.end, point, timePoints.keys()),
      );
    }
  }
}
