/**
 * The mechanism behind every diagnostics table of meshlog: a table is data, and a message whose parameter is missing
 * where it is reported does not compile. The format language's own table is `messages.ts`; the compiler has its own.
 */
import type { Span } from "./span.ts";

export type Severity = "error" | "warning" | "info";

/** A message with named holes; calling it fills them. Made by {@link text}. */
export interface Template<P extends string = never> {
  (parameters: Readonly<Record<P, string | number>>): string;
  readonly parameters: readonly P[];
}

/**
 * A message template: ``text`No operator ${"name"}.` `` has one parameter, `name`. A parameter that is missing where
 * the template is filled does not compile.
 */
export function text<const P extends string = never>(strings: TemplateStringsArray, ...parameters: P[]): Template<P> {
  const [whole = ""] = strings;
  const fill = (values: Readonly<Record<P, string | number>>): string => {
    let filled = whole;
    for (const [i, parameter] of parameters.entries()) filled += String(values[parameter]) + (strings[i + 1] ?? "");
    return filled;
  };
  return Object.assign(parameters.length === 0 ? () => whole : fill, { parameters });
}

/** One kind of diagnostic; `P` are the parameters of its message. */
export interface DiagnosticRow<P extends string = string> {
  readonly severity: Severity;
  /** One sentence for the person who wrote the text. */
  readonly message: Template<P>;
  /** What to do about it and why it is so: the body of the diagnostic's documentation page (Markdown). */
  readonly help: string;
  /** An input that has the finding, and its nearest input that does not. Tests run both; the page shows both. */
  readonly bad?: string;
  readonly good?: string;
  /** Where the fact is from: `file:line@tag` of Kuma or Envoy, an issue, or a measurement. */
  readonly source?: string;
  /**
   * Whether the first fix of a finding can be applied unseen: it leaves what is logged as it is, or writes what was
   * written in the one way that Envoy takes.
   */
  readonly hasSafeFix?: true;
}

/** A row for each code of `M`, which maps a code to the names of its message's parameters. */
export type DiagnosticTable<M> = { readonly [C in keyof M]: DiagnosticRow<Extract<M[C], string>> };

/** What a row needs to become a diagnostic. */
export type MessageParameters<M, C extends keyof M> = Readonly<Record<Extract<M[C], string>, string | number>>;

/** A change of the text that mends a finding. Spans are those of the diagnosed text. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface TextEdit extends Span {
  /** What stands in the span afterwards. */
  readonly text: string;
}

/** Another place that belongs to a finding. */
export interface RelatedPlace extends Span {
  readonly message: string;
}

/** What a program prints when it meets the finding. */
export interface Quoted {
  /** Envoy's own error text, only on the error that Envoy itself would print: it stops at the first. */
  readonly envoy?: { readonly message: string };
  /** What Kuma's control plane prints where it fails to generate a proxy for it. */
  readonly controlPlane?: { readonly message: string };
}

/** What another member of the target says, where it differs from the newest member. */
export interface Variant extends Quoted {
  readonly affects: readonly string[];
}

/** A finding about a text. */
export interface Diagnostic<C extends string = string> extends Span, Quoted {
  readonly code: C;
  readonly severity: Severity;
  readonly message: string;
  /** The members of the target for which it holds, by name, in the target's order. */
  readonly affects: readonly string[];
  readonly variants?: readonly Variant[];
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

/** A value that is always there, and what was found on the way to it. Nothing of meshlog throws on input. */
export interface Result<T, D = Diagnostic> {
  readonly value: T;
  readonly diagnostics: readonly D[];
}
