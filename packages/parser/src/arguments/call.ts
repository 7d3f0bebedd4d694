import type { Findings } from "../findings.ts";
import { allMinors, type Minors, noMinors } from "../minors.ts";
import { Reporter, type WrapText } from "../reporter.ts";
import type { Span } from "../span.ts";
import type { Effective } from "./argument.ts";

/** Checks one call of an operator. */
export class CallCheck extends Reporter {
  readonly name: string;
  readonly place: Span;
  readonly effective: Effective;

  constructor(name: string, place: Span, minors: Minors, findings: Findings, effective: Effective, wrap?: WrapText) {
    super(minors, findings, wrap);
    this.name = name;
    this.place = place;
    this.effective = effective;
  }

  /** Every Envoy that has accepted the call so far dies of it while it loads the configuration. */
  crash(code: "format/coalesce-crash", place: Span): void {
    new Reporter(this.minors, this.findings).refuse(code, place, {}, allMinors, "CRASH: Caught Segmentation fault");
    this.minors = noMinors;
  }

  /** The check of a call inside this one, whose error texts Envoy puts into words of this one. */
  inner(name: string, place: Span, wrap: WrapText): CallCheck {
    const outer = this.wrap;
    const both: WrapText = outer === undefined ? wrap : (text, minor) => outer(wrap(text, minor), minor);
    return new CallCheck(name, place, this.minors, this.findings, this.effective, both);
  }
}
