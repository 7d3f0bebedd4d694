import type { Fix, RelatedPlace } from "./diagnostics.ts";
import type { Code } from "./messages.ts";
import { listMinors, type Minors, noMinors, only } from "./minors.ts";
import type { Span } from "./span.ts";
import type { EnvoyRelease } from "./target.ts";

/** Something found in a format, and the Envoys that it holds for. */
export interface Finding extends Span {
  readonly code: Code;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly minors: Minors;
  /** What these Envoys print; only where it is the first error that they meet. */
  readonly envoy: readonly EnvoySays[];
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  /** Which patches it holds for, where not for every patch of a minor. */
  readonly holdsFor?: (envoy: EnvoyRelease) => boolean;
}

/** What a finding starts as. */
export interface Found extends Pick<Finding, "code" | "parameters" | "minors"> {
  readonly place: Span;
}

interface EnvoySays {
  readonly minors: Minors;
  readonly text: string;
}

/** What Envoy prints: for all alike, or by minor. */
export type EnvoyText = string | ((minor: number) => string);

/** What may be added to a finding. It is made only for findings that are kept. */
export type More = () => Partial<Pick<Finding, "fixes" | "related" | "holdsFor">>;

/** So many findings of one format are kept, and those that Envoy prints; the rest is counted. */
const kept = 100;

/** Collects what is found in one reading of a format, from left to right as Envoy reads it. */
export class Findings {
  /** What each Envoy that refuses the format prints. */
  readonly refusals: EnvoySays[] = [];
  readonly list: Finding[] = [];
  /** How many findings were not kept. */
  dropped = 0;
  /** The Envoys that have accepted everything so far. */
  #alive: Minors;

  /** @param alive the Envoys that have refused nothing yet: only they print what they meet here. */
  constructor(alive: Minors) {
    this.#alive = alive;
  }

  /** Envoys of these minors refuse the format here. */
  refuse(found: Found, text: EnvoyText, more?: More): void {
    const first = found.minors & this.#alive;
    this.#alive &= ~found.minors;
    const envoy = first === noMinors ? [] : says(first, text);
    this.refusals.push(...envoy);
    this.#keep(found, envoy, more);
  }

  /** Envoys of these minors accept it, and still it should be told. */
  note(found: Found, more?: More): void {
    this.#keep(found, [], more);
  }

  #keep({ code, place, parameters, minors }: Found, envoy: readonly EnvoySays[], more?: More): void {
    if (this.list.length < kept || envoy.length > 0) {
      this.list.push({ code, start: place.start, end: place.end, parameters, minors, envoy, ...more?.() });
    } else this.dropped++;
  }
}

/** The texts of the minors, those that print the same together. A NUL ends whatever Envoy prints. */
function says(minors: Minors, text: EnvoyText): EnvoySays[] {
  if (typeof text === "string") return [{ minors, text: upToNul(text) }];
  const byText = new Map<string, Minors>();
  for (const minor of listMinors(minors)) {
    const printed = upToNul(text(minor));
    byText.set(printed, (byText.get(printed) ?? noMinors) | only(minor));
  }
  return Array.from(byText, ([printed, those]) => ({ minors: those, text: printed }));
}

function upToNul(text: string): string {
  const nul = text.indexOf("\0");
  return nul < 0 ? text : text.slice(0, nul);
}
