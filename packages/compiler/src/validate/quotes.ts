import type { Diagnostic } from "@meshlog/parser";
import { oncePerPair } from "../once-per-pair.ts";
import type { ReleaseSet, ReleaseSets } from "./release-sets.ts";

/** For which releases a finding holds, and what they print of it: most the same, others what stands in `variants`. */
export type Quotes = Pick<Diagnostic, "affects" | "envoy" | "controlPlane" | "variants">;

/** What a release prints of a finding. */
type Quote = Pick<Diagnostic, "envoy" | "controlPlane">;

/** Puts together what releases print. Of the same quotes the same is made, once: texts repeat, and so do their findings. */
export interface QuoteEditor {
  /** Takes Envoy's words away from those that have refused something before. */
  readonly silence: (quotes: Quotes, refused: ReleaseSet) => Quotes;
  /** The quotes of both; of releases that are in both, those of the second. */
  readonly merge: (first: Quotes, second: Quotes) => Quotes;
}

/** @param sets of the releases that print. */
export function quoteEditor(sets: ReleaseSets): QuoteEditor {
  return {
    silence: oncePerPair((quotes: Quotes, refused: ReleaseSet) => {
      const silent = new Set(refused);
      const left = new Map<string, Quote>();
      for (const [name, { envoy, ...quote }] of byRelease(quotes)) {
        left.set(name, silent.has(name) || envoy === undefined ? quote : { ...quote, envoy });
      }
      return joined(left, sets);
    }),
    merge: oncePerPair((first: Quotes, second: Quotes) =>
      joined(new Map([...byRelease(first), ...byRelease(second)]), sets),
    ),
  };
}

/** The releases that print Envoy's own words. */
export function refusing(quotes: Quotes, sets: ReleaseSets): ReleaseSet {
  const names: string[] = [];
  for (const [name, { envoy }] of byRelease(quotes)) if (envoy !== undefined) names.push(name);
  return sets.of(names);
}

/** What each release that a finding holds for prints of it, by its name. */
function byRelease({ affects, variants = [], envoy, controlPlane }: Quotes): ReadonlyMap<string, Quote> {
  const newest: Quote = { ...(envoy && { envoy }), ...(controlPlane && { controlPlane }) };
  const quotes = new Map(affects.map((name) => [name, newest]));
  for (const { affects: others, ...quote } of variants) for (const name of others) quotes.set(name, quote);
  return quotes;
}

/** The quotes of the newest release come first, and others' stand in `variants`. */
function joined(quotes: ReadonlyMap<string, Quote>, sets: ReleaseSets): Quotes {
  const affects = sets.of(quotes.keys());
  const own = quotes.get(affects.at(-1) ?? "") ?? {};
  const others = Map.groupBy(affects, (name) => textOf(quotes.get(name) ?? own));
  others.delete(textOf(own));
  const variants = [...others.values()].map((names) => ({ affects: sets.of(names), ...quotes.get(names[0] ?? "") }));
  return { ...own, affects, ...(variants.length > 0 && { variants }) };
}

function textOf({ envoy, controlPlane }: Quote): string {
  return JSON.stringify([envoy?.message, controlPlane?.message]);
}
