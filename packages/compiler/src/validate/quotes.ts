import type { Diagnostic } from "@meshlog/parser";
import { oneList } from "../one-copy.ts";

/** What a release prints of a finding. */
type Quote = Pick<Diagnostic, "envoy" | "controlPlane">;

type Quoted = Pick<Diagnostic, "affects" | "envoy" | "controlPlane" | "variants">;

/** What each release that a finding holds for prints of it, by its name. */
export function quotesOf({ affects, variants = [], envoy, controlPlane }: Quoted): ReadonlyMap<string, Quote> {
  const newest: Quote = { ...(envoy && { envoy }), ...(controlPlane && { controlPlane }) };
  const quotes = new Map(affects.map((name) => [name, newest]));
  for (const { affects: others, ...quote } of variants) for (const name of others) quotes.set(name, quote);
  return quotes;
}

/**
 * The same finding with other quotes: its own are those of the newest release, and others' stand in `variants`.
 *
 * @param order the releases, oldest first.
 */
export function withQuotes<D extends Quoted>(
  finding: D,
  quotes: ReadonlyMap<string, Quote>,
  order: readonly string[],
): Omit<D, keyof Quoted> & Quoted {
  const affects = oneList(order.filter((name) => quotes.has(name)));
  const texts = new Map<Quote, string>();
  const textFor = (quote: Quote): string => {
    const text = texts.get(quote) ?? textOf(quote);
    texts.set(quote, text);
    return text;
  };
  const own = quotes.get(affects.at(-1) ?? "") ?? {};
  const others = Map.groupBy(affects, (name) => textFor(quotes.get(name) ?? own));
  others.delete(textFor(own));
  const variants = [...others.values()].map((names) => ({ affects: oneList(names), ...quotes.get(names[0] ?? "") }));
  return { ...unquoted(finding), ...own, affects, ...(variants.length > 0 && { variants }) };
}

const quotedKeys: ReadonlySet<string> = new Set<keyof Quoted>(["affects", "envoy", "controlPlane", "variants"]);

function unquoted<D extends Quoted>(finding: D): Omit<D, keyof Quoted> {
  return Object.fromEntries(Object.entries(finding).filter(([key]) => !quotedKeys.has(key))) as Omit<D, keyof Quoted>;
}

function textOf({ envoy, controlPlane }: Quote): string {
  return JSON.stringify([envoy?.message, controlPlane?.message]);
}
