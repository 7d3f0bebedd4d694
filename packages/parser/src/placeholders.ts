import { placeholder } from "./arguments/argument.ts";
import type { KumaOperator } from "./ast.ts";
import { kumaOperators } from "./catalog/operators.ts";
import type { KumaNames } from "./dialect.ts";

/** A text in which Kuma's operators are blanked out, character by character, so that every offset stays what it was. */
export interface Masked {
  readonly text: string;
  /** The operators, by place. */
  readonly kuma: readonly KumaOperator[];
}

const none: readonly KumaOperator[] = [];

/**
 * Finds what Kuma will replace. It replaces one name after the other, each in what the one before has left, and knows
 * nothing of Envoy's grammar: in `%REQ(X)%KUMA_MESH%` it takes the `%` that was to close REQ.
 *
 * @param names which operators the release knows.
 */
export function maskKuma(text: string, names: KumaNames): Masked {
  if (names === "none" || !text.includes("%KUMA_")) return { text, kuma: none };
  const kuma: KumaOperator[] = [];
  let masked = text;
  for (const [name, { since }] of kumaOperators) {
    if (since === "2.14" && names !== "2.14") continue;
    const call = `%${name}%`;
    let from = masked.indexOf(call);
    if (from < 0) continue;
    const pieces: string[] = [];
    let end = 0;
    for (; from >= 0; from = masked.indexOf(call, end)) {
      pieces.push(masked.slice(end, from));
      end = from + call.length;
      kuma.push({ kind: "kuma", name, start: from, end });
    }
    pieces.push(masked.slice(end));
    masked = pieces.join(placeholder.repeat(call.length));
  }
  return { text: masked, kuma: kuma.sort((a, b) => a.start - b.start) };
}

/** The operators between two offsets of {@link Masked.kuma}. */
export function kumaBetween(kuma: readonly KumaOperator[], start: number, end: number): readonly KumaOperator[] {
  if (kuma.length === 0) return none;
  let from = 0;
  for (let to = kuma.length; from < to;) {
    const middle = (from + to) >> 1;
    if ((kuma[middle]?.start ?? 0) < start) from = middle + 1;
    else to = middle;
  }
  let to = from;
  while ((kuma[to]?.end ?? Infinity) <= end) to++;
  return to === from ? none : kuma.slice(from, to);
}
