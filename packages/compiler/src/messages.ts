import { type DiagnosticTable, type MessageParameters, text } from "@meshlog/parser";
import type { Diagnostic, Location, ResourceIdentity, Violation } from "./diagnostics.ts";

/** Every code of the compiler, with the parameters of its message. The codes of formats are in `@meshlog/parser`. */
export interface Messages {
  "io/alias-bomb": never;
  "io/duplicate-resource": "kind" | "name" | "in" | "first";
  "io/not-text": "problem";
  "io/template": never;
  "io/too-deep": never;
  "io/yaml": "problem";
  "policy/schema": "violation";
  "policy/invalid": "violation";
  "policy/deprecated": "violation";
  "format/open-telemetry-value": "is";
  "lint/duplicate-key": "key";
  "lint/unknown-field": "field";
  "lint/absent-mesh": "mesh";
  "lint/not-compiled": "what";
}

/** The code of a diagnostic of the compiler. */
export type Code = keyof Messages;

/** Every diagnostic of the compiler. */
export const messages: DiagnosticTable<Messages> = {
  "io/alias-bomb": {
    severity: "error",
    message: text`The aliases of this document stand for more than Kuma reads; write out what they repeat.`,
    help: "go-yaml refuses such documents (`document contains excessive aliasing`), and so do kumactl and kubectl. An alias counts for all that it repeats.",
  },
  "io/duplicate-resource": {
    severity: "warning",
    message: text`${"kind"} ${"name"}${"in"} is already in ${"first"}, and a control plane holds it once; rename or remove one of them.`,
    help: "A bundle is the store of one zone control plane. `check` judges every document all the same; for `compile` and all that selects, the first counts, in the order of path and document.",
  },
  "io/not-text": {
    severity: "error",
    message: text`This file cannot be read, ${"problem"}; save it as UTF-8 text or leave it out with \`--ignore\`.`,
    help: "meshlog reads YAML and JSON in UTF-8, with or without a byte order mark.",
  },
  "io/template": {
    severity: "info",
    message: text`This looks like a template; run it through its template engine and check what comes out.`,
    help: "A document with `{{` that is no YAML is passed over. `helm template chart | meshlog check -` reads what the chart makes.",
  },
  "io/too-deep": {
    severity: "error",
    message: text`Maps and lists are nested more than 500 deep here; no resource of Kuma's needs that, so flatten or remove it.`,
    help: "The limit keeps a hostile file from using up the stack. Aliases count with what they stand for.",
  },
  "io/yaml": {
    severity: "error",
    message: text`Kuma cannot read this YAML: ${"problem"}.`,
    help: "kumactl and kubectl refuse the file as well. Documents before and after the broken one are read all the same.",
  },
  "policy/schema": {
    severity: "error",
    message: text`Kuma refuses this policy: ${"violation"}.`,
    help: "The policy does not have the shape that Kuma's API describes. Only when it has, Kuma looks at what it says.",
  },
  "policy/invalid": {
    severity: "error",
    message: text`Kuma refuses this policy: ${"violation"}.`,
    help: "The text is that of Kuma's own validator: `kumactl apply` and the admission webhook answer the same.",
  },
  "policy/deprecated": {
    severity: "warning",
    message: text`Kuma warns: ${"violation"}.`,
    help: "Kuma accepts the policy and prints this warning, as `kumactl` and `kubectl` show it.",
  },
  "format/open-telemetry-value": {
    severity: "error",
    message: text`Envoy takes no value of an OpenTelemetry log that is ${"is"}; write it as a stringValue.`,
    help: "Kuma reads the body as any value of OTLP and hands it on; Envoy refuses the whole listener for a number, a boolean, bytes, or an item without a value. Every value of an OpenTelemetry log of Envoy's is a string.",
  },
  "lint/duplicate-key": {
    severity: "warning",
    message: text`The key ${"key"} stands twice in this map and Kuma takes the last; remove one of them.`,
    help: "YAML forbids it, but go-yaml, with which Kuma reads, keeps the last value and says nothing.",
    bad: "path: /a\npath: /b",
    good: "path: /b",
  },
  "lint/unknown-field": {
    severity: "warning",
    message: text`Kuma does not know the field "${"field"}" and drops it in silence.`,
    help: "Compare the spelling, capitals included, with the policy's schema.",
  },
  "lint/absent-mesh": {
    severity: "warning",
    message: text`The mesh "${"mesh"}" is not in the bundle; it counts as one without any settings.`,
    help: "Add the Mesh resource: its settings decide which listeners proxies have.",
  },
  "lint/not-compiled": {
    severity: "warning",
    message: text`Kuma would configure this; meshlog leaves it out: ${"what"}.`,
    help: "The output is right for everything else. What is left out has no listener in it, or keeps its default filter.",
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
