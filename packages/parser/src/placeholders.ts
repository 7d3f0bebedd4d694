import { placeholder } from "./arguments/argument.ts";
import type { KumaOperator } from "./ast.ts";
import { kumaOperators } from "./catalog/operators.ts";
import type { KumaNames } from "./dialect.ts";

/** A text in which Kuma's operators are blanked out, character by character, so that every offset stays what it was. */
export interface Masked {
  readonly text: string;
  /** The operators, by place. */
  readonly kuma: readonly KumaOperator[];
  /** Which names count as operators of Kuma. */
  readonly names: KumaNames;
}

const none: readonly KumaOperator[] = [];

/** What each name is blanked out with, its `%` included. */
const blanks: ReadonlyMap<string, string> = new Map(
  Array.from(kumaOperators.keys(), (name) => [name, placeholder.repeat(name.length + 2)]),
);

/**
 * Finds what Kuma will replace. It replaces one name after the other, each in what the one before has left, and knows
 * nothing of Envoy's grammar: in `%REQ(X)%KUMA_MESH%` it takes the `%` that was to close REQ.
 *
 * @param names which operators the release knows.
 */
export function maskKuma(text: string, names: KumaNames): Masked {
  if (names === "none") return { text, kuma: none, names };
  const kuma = settle(findKuma(text, names));
  let masked = "";
  let end = 0;
  for (const operator of kuma) {
    masked += text.slice(end, operator.start) + (blanks.get(operator.name) ?? "");
    end = operator.end;
  }
  return { text: masked + text.slice(end), kuma, names };
}

/** Whether a release that knows these names replaces the one between two `%`. */
export function isKuma(name: string, names: KumaNames): boolean {
  if (names === "none" || !name.startsWith("KUMA_")) return false;
  const facts = kumaOperators.get(name);
  return facts !== undefined && (facts.since === "2.0" || names === "2.14");
}

/** Whether of a text the same is replaced by releases that know different names. */
export function isReplacedAlike(text: string, one: KumaNames, other: KumaNames): boolean {
  if (one === other || !text.includes("%KUMA_")) return true;
  for (const name of kumaOperators.keys()) {
    if (isKuma(name, one) !== isKuma(name, other) && text.includes(`%${name}%`)) return false;
  }
  return true;
}

/** Every place where the whole of an operator stands; two of them may share a `%`. */
function findKuma(text: string, names: KumaNames): KumaOperator[] {
  const found: KumaOperator[] = [];
  for (let start = text.indexOf("%KUMA_"); start >= 0; start = text.indexOf("%KUMA_", start + 1)) {
    const close = text.indexOf("%", start + 1);
    if (close < 0) break;
    const name = text.slice(start + 1, close);
    if (isKuma(name, names)) found.push({ kind: "kuma", name, start, end: close + 1 });
  }
  return found;
}

/** Of operators that share a `%`, the one gets it that Kuma replaces earlier. */
function settle(found: readonly KumaOperator[]): readonly KumaOperator[] {
  const isShared = found.some((operator, i) => operator.start < (found[i - 1]?.end ?? 0));
  if (!isShared) return found;
  const order = [...kumaOperators.keys()];
  const taken = new Set<number>();
  return found
    .toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name) || a.start - b.start)
    .filter(({ start, end }) => {
      if (taken.has(start) || taken.has(end - 1)) return false;
      taken.add(start).add(end - 1);
      return true;
    })
    .sort((a, b) => a.start - b.start);
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
