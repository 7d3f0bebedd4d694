import { type DiagnosticRow, messages as formatMessages } from "@meshlog/parser";
import { messages as policyMessages } from "./messages.ts";

/** Every diagnostic, of formats and of the compiler, by code. */
const table: Readonly<Record<string, DiagnosticRow>> = { ...formatMessages, ...policyMessages };

/** Every code, in the order of the alphabet. */
export const codes: readonly string[] = Object.keys(table).sort();

/** A diagnostic as it stands in its table; `undefined` if there is none of this code. */
export function rowOf(code: string): DiagnosticRow | undefined {
  return Object.hasOwn(table, code) ? table[code] : undefined;
}

/**
 * Whether a finding is a matter of opinion, which a comment or a configuration may silence: a lint or a warning. What
 * Kuma or Envoy refuses stays refused.
 */
export function isAdvice(code: string): boolean {
  const row = rowOf(code);
  return row !== undefined && (code.startsWith("lint/") || row.severity === "warning");
}
