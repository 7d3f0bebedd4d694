import { goQuote } from "@meshlog/parser";
import type { Violation } from "../diagnostics.ts";
import { oneCopy } from "../one-copy.ts";

/** The way from a resource's root to a value: names of fields and indices of lists. */
export type Path = readonly (string | number)[];

/** A violation, and where in the resource it is. */
export interface LocatedViolation extends Violation {
  readonly at: Path;
}

/** A path as Kuma's validators write it: `spec.to[0].default`. */
export function fieldOf(path: Path): string {
  let field = "";
  for (const step of path) field += typeof step === "number" ? `[${step}]` : field === "" ? step : `.${step}`;
  return oneCopy(field);
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

/** A violation of an entry of a map with free keys, such as a tag: `tags["kuma.io/service"]`. */
export function entryViolation(at: Path, key: string, message: string): LocatedViolation {
  return { field: `${fieldOf(at)}[${goQuote(key)}]`, message, at: [...at, key] };
}
