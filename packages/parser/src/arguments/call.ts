import type { MessageParameters } from "../diagnostics.ts";
import type { EnvoyText, Findings, More } from "../findings.ts";
import type { Code, Messages } from "../messages.ts";
import { type Minors, noMinors } from "../minors.ts";
import type { Span } from "../span.ts";
import type { Effective } from "./argument.ts";

/** Checks one call of an operator, for many Envoys at once. Each Envoy reports the first error that it meets in it. */
export class CallCheck {
  readonly name: string;
  readonly place: Span;
  readonly effective: Effective;
  /** The Envoys that have accepted the call so far. */
  minors: Minors;
  readonly #findings: Findings;
  readonly #wrap: WrapText | undefined;

  constructor(
    name: string,
    place: Span,
    minors: Minors,
    findings: Findings,
    effective: Effective,
    /** What surrounds an error text where the call stands inside another one. */
    wrap?: WrapText,
  ) {
    this.name = name;
    this.place = place;
    this.minors = minors;
    this.effective = effective;
    this.#findings = findings;
    this.#wrap = wrap;
  }

  /** Those of the given Envoys that have accepted the call so far refuse it. */
  refuse<C extends Code>(
    code: C,
    place: Span,
    parameters: MessageParameters<Messages, C>,
    minors: Minors,
    text: EnvoyText,
    more?: More,
  ): void {
    const those = minors & this.minors;
    if (those === noMinors) return;
    this.minors &= ~minors;
    this.#findings.refuse(code, place, parameters, those, wrapped(text, this.#wrap), more);
  }

  /** Those of the given Envoys that have accepted the call so far take it, and do not do what it looks like. */
  note<C extends Code>(
    code: C,
    place: Span,
    parameters: MessageParameters<Messages, C>,
    minors: Minors,
    more?: More,
  ): void {
    const those = minors & this.minors;
    if (those !== noMinors) this.#findings.note(code, place, parameters, those, more);
  }

  /** Every Envoy that has accepted the call so far dies of it while it loads the configuration. */
  crash(code: "format/coalesce-crash", place: Span): void {
    const those = this.minors;
    this.minors = noMinors;
    if (those !== noMinors) this.#findings.refuse(code, place, {}, those, "CRASH: Caught Segmentation fault");
  }

  /** The check of a call inside this one, whose error texts Envoy puts into words of this one. */
  inner(name: string, place: Span, wrap: WrapText): CallCheck {
    const outer = this.#wrap;
    const both: WrapText = outer === undefined ? wrap : (text, minor) => outer(wrap(text, minor), minor);
    return new CallCheck(name, place, this.minors, this.#findings, this.effective, both);
  }
}

/** Puts an error text into the words of a call around it. */
export type WrapText = (text: string, minor: number) => string;

function wrapped(text: EnvoyText, wrap: WrapText | undefined): EnvoyText {
  if (wrap === undefined) return text;
  return (minor) => wrap(typeof text === "string" ? text : text(minor), minor);
}
