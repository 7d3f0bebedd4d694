import {
  type Diagnostic,
  type DiagnosticTable,
  type Fix,
  type MessageParameters,
  type RelatedPlace,
  text,
} from "./diagnostics.ts";
import type { Span } from "./span.ts";

/** Every code of the format language, with the parameters of its message. */
export interface Messages {
  "io/malformed-range": "range";
  "io/unknown-release": "program" | "version" | "nearest";
}

/** The code of a diagnostic of the format language. */
export type Code = keyof Messages;

/** Every diagnostic of the format language. */
export const messages: DiagnosticTable<Messages> = {
  "io/malformed-range": {
    severity: "error",
    message: text`"${"range"}" is not a version or a range of versions.`,
    help: "Write `2.14`, `2.9.6`, `2.9..2.13`, `>=2.9`, `main`, or several of them with commas.",
  },
  "io/unknown-release": {
    severity: "error",
    message: text`There is no ${"program"} ${"version"}; the nearest that meshlog knows is ${"nearest"}.`,
    help: "A line such as `2.14` stands for its newest patch. meshlog knows the releases up to the day it was built.",
  },
};

/** Makes a diagnostic of the table. */
export function report<C extends Code>(
  code: C,
  span: Span,
  parameters: MessageParameters<Messages, C>,
  more: {
    readonly affects?: readonly string[];
    readonly envoy?: { readonly message: string };
    readonly related?: readonly RelatedPlace[];
    readonly fixes?: readonly Fix[];
  } = {},
): Diagnostic<C> {
  const row = messages[code];
  return {
    code,
    severity: row.severity,
    message: row.message(parameters),
    start: span.start,
    end: span.end,
    affects: [],
    ...more,
  };
}
