export type { Span } from "./span.ts";
export { text } from "./diagnostics.ts";
export type {
  Diagnostic,
  DiagnosticRow,
  DiagnosticTable,
  Fix,
  MessageParameters,
  RelatedPlace,
  Result,
  Severity,
  Template,
  TextEdit,
  Variant,
} from "./diagnostics.ts";
export { messages } from "./messages.ts";
export type { Code, Messages } from "./messages.ts";
export { defaultTarget, envoyReleases, kumaReleases, target } from "./target.ts";
export type { EnvoyRelease, KumaRelease, Target, TargetMember, TargetRequest } from "./target.ts";
