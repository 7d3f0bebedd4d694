import type { DurationArgument } from "../../arguments/duration.ts";
import { timePoints } from "../../arguments/duration.ts";
import { type Call, keyOf } from "../call-key.ts";
import { minorOf } from "../../minors.ts";
import type { Scene } from "../scene.ts";
import { none, type Value } from "../value.ts";

const nanoseconds: Readonly<Record<string, number>> = { ms: 1e6, us: 1e3, ns: 1 };

/** COMMON_DURATION: whole units between two points, cut off; missing where one is, or where the end comes first. */
export function durationOf(call: Call, { from, to, precision }: DurationArgument, { facts, envoy }: Scene): Value {
  const { timePoints: reached } = facts.facts;
  if (reached === undefined) return fromFiner(call, precision?.text, facts) ?? facts.absent(keyOf(call));
  const at = (point: string): number | undefined => {
    const known = timePoints.get(point);
    const isNewer = known !== undefined && minorOf(known) > envoy.minor;
    return !isNewer && Object.hasOwn(reached, point) ? reached[point] : undefined;
  };
  const [start, end] = [at(from.text), at(to?.text ?? "")];
  if (start === undefined || end === undefined || end < start) return none;
  return { kind: "integer", number: Math.trunc((end - start) / (nanoseconds[precision?.text ?? "ms"] ?? 1e6)) };
}

/** The same duration told in a finer unit. */
function fromFiner(call: Call, unit = "ms", facts: Scene["facts"]): Value | undefined {
  const key = keyOf(call);
  for (const finer of ["us", "ns"]) {
    const told = facts.get(key.replace(/:[mun]s\)$/, `:${finer})`));
    if (told?.kind === "missing") return none;
    if (told?.kind !== "integer") continue;
    const ratio = (nanoseconds[unit] ?? 1) / (nanoseconds[finer] ?? 1);
    if (ratio >= 1) return { kind: "integer", number: Math.trunc(told.number / ratio) };
  }
  return undefined;
}
