import { goQuote } from "@meshlog/parser";
import type { Violation } from "../diagnostics.ts";

/** The way from a resource's root to a value: names of fields and indices of lists. */
export type Path = readonly (string | number)[];

/** A violation, and where in the resource it is. */
export interface LocatedViolation extends Violation {
  readonly at: Path;
}

/** What is said of most things; one list, as it is asked for often. */
export const noViolations: readonly LocatedViolation[] = [];

/**
 * What is said of a part, as what the whole says of it: what checks a part need not know where it is.
 *
 * @param step from the whole to the part.
 */
export function within(step: string | number, found: readonly LocatedViolation[]): readonly LocatedViolation[] {
  if (found.length === 0) return noViolations;
  const outer = fieldOf([step]);
  return found.map(({ field, message, at }) => {
    const isStep = field !== "" && !field.startsWith("[");
    return { field: `${outer}${isStep ? "." : ""}${field}`, message, at: [step, ...at] };
  });
}

/** What a check says of each item of a list. */
export function ofEach<T, F>(
  items: readonly T[] | undefined,
  check: (item: T, facts: F) => readonly LocatedViolation[],
  facts: F,
): readonly LocatedViolation[] {
  if (items === undefined) return noViolations;
  let all: LocatedViolation[] | undefined;
  for (let i = 0; i < items.length; i++) {
    const found = check(items[i] as T, facts);
    if (found.length === 0) continue;
    all ??= [];
    for (const one of within(i, found)) all.push(one);
  }
  return all ?? noViolations;
}

/** What lists say, one after the other; most say nothing. They are no rest parameter, which is an array each time. */
export function joined(
  first: readonly LocatedViolation[],
  second: readonly LocatedViolation[],
  third: readonly LocatedViolation[] = noViolations,
): readonly LocatedViolation[] {
  const others = second.length === 0 ? third : third.length === 0 ? second : [...second, ...third];
  return first.length === 0 ? others : others.length === 0 ? first : [...first, ...others];
}

/** A path as Kuma's validators write it: `spec.to[0].default`. The same text for the same path, mostly. */
export function fieldOf(path: Path): string {
  let field = root;
  for (const step of path) field = field.inside.get(step) ?? fieldInside(field, step);
  return field.text;
}

/** A path that was written, and those that go on from there: policies have few, and findings name them thousands of times. */
interface Field {
  readonly text: string;
  readonly inside: Map<string | number, Field>;
}

/** How many paths are remembered; then all are forgotten, so that input of any size takes the same memory. */
const most = 1 << 12;
let known = 0;
let root: Field = { text: "", inside: new Map() };

function fieldInside({ text, inside }: Field, step: string | number): Field {
  if (known++ === most) {
    known = 0;
    root = { text: "", inside: new Map() };
  }
  // A slice of a file would keep all of it.
  const own = typeof step === "number" ? step : ` ${step}`.slice(1);
  const field = {
    text: typeof own === "number" ? `${text}[${own}]` : text === "" ? own : `${text}.${own}`,
    inside: new Map<string | number, Field>(),
  };
  inside.set(own, field);
  return field;
}

/** Whether two paths lead to the same value. */
export function isSamePath(a: Path, b: Path): boolean {
  if (a.length !== b.length) return false;
  // Paths in one resource differ at their ends, mostly.
  for (let i = a.length; i-- > 0;) if (a[i] !== b[i]) return false;
  return true;
}

/** A violation whose field is its path. */
export function violation(at: Path, message: string): LocatedViolation {
  return { field: fieldOf(at), message, at };
}

/** Says something of a field of what is checked, and nothing else. */
export function say(field: string, message: string): readonly LocatedViolation[] {
  return [violation([field], message)];
}

/** Says something of the whole of what is checked, and nothing else. */
export function sayOfAll(message: string): readonly LocatedViolation[] {
  return [violation([], message)];
}

/** A violation of an entry of a map with free keys, such as a tag: `tags["kuma.io/service"]`. */
export function entryViolation(at: Path, key: string, message: string): LocatedViolation {
  return { field: `${fieldOf(at)}[${goQuote(key)}]`, message, at: [...at, key] };
}
