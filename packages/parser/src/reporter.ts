import type { MessageParameters } from "./diagnostics.ts";
import type { EnvoyText, Findings, More } from "./findings.ts";
import type { Code, Messages } from "./messages.ts";
import { type Minors, noMinors } from "./minors.ts";
import type { Span } from "./span.ts";

/** Reports what is found in one part of a format, for many Envoys at once: each tells the first error that it meets. */
export class Reporter {
  /** The Envoys that have accepted the part so far. */
  minors: Minors;
  protected readonly findings: Findings;
  protected readonly wrap: WrapText | undefined;

  /** @param wrap what surrounds an error text where the part stands inside another one. */
  constructor(minors: Minors, findings: Findings, wrap?: WrapText) {
    this.minors = minors;
    this.findings = findings;
    this.wrap = wrap;
  }

  /** Those of the given Envoys that have accepted the part so far refuse it. */
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
    this.minors &= ~those;
    this.findings.refuse({ code, place, parameters, minors: those }, wrapped(text, this.wrap), more);
  }

  /** Those of the given Envoys that have accepted the part so far take it, and still it should be told. */
  note<C extends Code>(
    code: C,
    place: Span,
    parameters: MessageParameters<Messages, C>,
    minors: Minors,
    more?: More,
  ): void {
    const those = minors & this.minors;
    if (those !== noMinors) this.findings.note({ code, place, parameters, minors: those }, more);
  }
}

/** Puts an error text into the words of a call around it. */
export type WrapText = (text: string, minor: number) => string;

function wrapped(text: EnvoyText, wrap: WrapText | undefined): EnvoyText {
  if (wrap === undefined) return text;
  return (minor) => wrap(typeof text === "string" ? text : text(minor), minor);
}
