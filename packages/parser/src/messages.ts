import type { Diagnostic, DiagnosticTable, Fix, MessageParameters, RelatedPlace } from "./diagnostics.ts";
import { type ArgumentMessages, inArguments } from "./messages/arguments.ts";
import { type CallMessages, calls } from "./messages/calls.ts";
import { grammar, type GrammarMessages } from "./messages/grammar.ts";
import { inJson, type JsonMessages } from "./messages/json.ts";
import { type RangeMessages, ranges } from "./messages/ranges.ts";
import type { Span } from "./span.ts";

/** Every code of the format language, with the parameters of its message. */
export interface Messages extends RangeMessages, GrammarMessages, CallMessages, ArgumentMessages, JsonMessages {}

/** The code of a diagnostic of the format language. */
export type Code = keyof Messages;

/** Every diagnostic of the format language. */
export const messages: DiagnosticTable<Messages> = { ...ranges, ...grammar, ...calls, ...inArguments, ...inJson };

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
