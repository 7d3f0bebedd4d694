import { distance } from "fastest-levenshtein";
import type { Fix } from "./diagnostics.ts";

/** A fix that replaces one place. */
export function edit(title: string, start: number, end: number, text: string): Fix {
  return { title, edits: [{ start, end, text }] };
}

/** A longer name is not compared: it is no slip of the fingers. */
const longest = 80;

/** The name that is nearest to one that does not exist, if it is near enough to have been meant. */
export function nearest(name: string, names: Iterable<string>): string | undefined {
  if (name.length > longest) return undefined;
  const wanted = name.toUpperCase();
  let best: string | undefined;
  let bound = Math.min(4, Math.ceil(wanted.length / 3));
  for (const candidate of names) {
    if (Math.abs(candidate.length - wanted.length) > bound) continue;
    const far = distance(wanted, candidate.toUpperCase());
    if (far < bound || (far === bound && best === undefined)) [best, bound] = [candidate, far];
  }
  return best;
}

/** Fixes that write the nearest of some words instead. */
export function writeNearest(start: number, end: number, word: string, words: Iterable<string>): { fixes: Fix[] } {
  const found = nearest(word, words);
  return { fixes: found === undefined ? [] : [edit(`Write ${found}`, start, end, found)] };
}
