import { type DiagnosticTable, text } from "../diagnostics.ts";

/** The parameters of each. */
export interface JsonMessages {
  "format/json-value": "type";
  "lint/omit-empty-json": never;
  "lint/number-notation": "name";
}

/** What is wrong with a JSON format. */
export const inJson: DiagnosticTable<JsonMessages> = {
  "format/json-value": {
    severity: "error",
    message: text`A value of a JSON format cannot be ${"type"} here.`,
    help: "Up to Envoy 1.32 a JSON format takes strings, objects, lists and (since 1.24) numbers.",
  },
  "lint/omit-empty-json": {
    severity: "warning",
    message: text`Envoy 1.33 to 1.39 prints empty values of a JSON format all the same.`,
    help: "`omit_empty_values` has no effect on JSON formats there (back in 1.40, `envoy.reloadable_features.json_formatter_omit_empty_values`).",
  },
  "lint/number-notation": {
    severity: "info",
    message: text`Before Envoy 1.40 JSON prints round numbers such as 100000 as "1e+05".`,
    help: "Numbers go through a double and its shortest form; since 1.40 a value that is one integer operator alone is printed in full.",
  },
};
