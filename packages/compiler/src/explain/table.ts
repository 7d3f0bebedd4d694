import {
  type Code as FormatCode,
  type DiagnosticRow,
  messages as formatMessages,
  renderMessages,
  type RenderMessages,
} from "@meshlog/parser";
import { distance } from "fastest-levenshtein";
import { type Code as PolicyCode, messages as policyMessages } from "../messages.ts";

/** The code of any diagnostic: of a format, of the line that it would give, or of the compiler. */
export type AnyCode = FormatCode | keyof RenderMessages | PolicyCode;

/** Every diagnostic. */
const table: Readonly<Record<AnyCode, DiagnosticRow>> = { ...formatMessages, ...renderMessages, ...policyMessages };

/** Every code, in the order of the alphabet. */
export const codes: readonly AnyCode[] = (Object.keys(table) as AnyCode[]).sort();

/** Whether there is such a diagnostic. */
export function isCode(text: string): text is AnyCode {
  return Object.hasOwn(table, text);
}

/** Whether a diagnostic is one of policies and bundles, and not of formats. */
export function isPolicyCode(code: AnyCode): code is PolicyCode {
  return Object.hasOwn(policyMessages, code);
}

/**
 * Whether a finding is a matter of opinion, which a comment or a configuration may silence: a lint or a warning. What
 * Kuma or Envoy refuses stays refused.
 */
export function isAdvice(code: string): boolean {
  return isCode(code) && (code.startsWith("lint/") || rowOf(code).severity === "warning");
}

/** A diagnostic as it stands in its table. */
export function rowOf(code: AnyCode): DiagnosticRow {
  return table[code];
}

/** The message with the names of its parameters in braces where their values come. */
export function messageOf(code: AnyCode): string {
  const { message } = table[code];
  return message(Object.fromEntries(message.parameters.map((parameter) => [parameter, `{${parameter}}`])));
}

/** The codes of a family, such as `lint`. */
export function codesOf(family: string): readonly AnyCode[] {
  return codes.filter((code) => code.startsWith(`${family}/`));
}

/** Every family. */
export const families: readonly string[] = [...new Set(codes.map((code) => code.slice(0, code.indexOf("/"))))];

/** The codes that are most like one that there is not; a family counts only where one is named. */
export function nearestCodes(text: string, count = 3): readonly AnyCode[] {
  const wanted = text.trim().toLowerCase().slice(0, 100);
  const comparable = (code: AnyCode): string => (wanted.includes("/") ? code : code.slice(code.indexOf("/") + 1));
  return codes
    .map((code) => ({ code, far: distance(wanted, comparable(code)) }))
    .sort((a, b) => a.far - b.far)
    .slice(0, count)
    .map(({ code }) => code);
}
