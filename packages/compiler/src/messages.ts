import { type DiagnosticTable, type MessageParameters, text } from "@meshlog/parser";
import type { Diagnostic, Location, ResourceIdentity, Violation } from "./diagnostics.ts";

/** Every code of the compiler, with the parameters of its message. The codes of formats are in `@meshlog/parser`. */
export interface Messages {
  "io/yaml": "problem";
}

/** The code of a diagnostic of the compiler. */
export type Code = keyof Messages;

/** Every diagnostic of the compiler. */
export const messages: DiagnosticTable<Messages> = {
  "io/yaml": {
    severity: "error",
    message: text`This is not YAML: ${"problem"}.`,
    help: "kumactl and kubectl refuse the file as well. Documents before and after the broken one are read all the same.",
  },
};

/** What a diagnostic may carry beside its text. */
export interface Details {
  readonly resource?: ResourceIdentity;
  readonly path?: string;
  readonly kuma?: Violation;
  readonly controlPlane?: { readonly message: string };
  readonly affects?: readonly string[];
  readonly related?: Diagnostic["related"] & {};
  readonly fixes?: Diagnostic["fixes"] & {};
}

/** Makes a diagnostic of the table. */
export function report<C extends Code>(
  code: C,
  { file, start, end }: Location,
  parameters: MessageParameters<Messages, C>,
  details: Details = {},
): Diagnostic {
  const row = messages[code];
  return { code, severity: row.severity, message: row.message(parameters), file, start, end, affects: [], ...details };
}
