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
export { defaultTarget, envoyReleases, kumaReleases, kumaTarget, target } from "./target.ts";
export type { EnvoyRelease, KumaRelease, Target, TargetMember, TargetRequest } from "./target.ts";
export { check } from "./check.ts";
export { checkJson } from "./check-json.ts";
export type { JsonDiagnostic } from "./check-json.ts";
export { parse } from "./parse.ts";
export { print } from "./print.ts";
export { dialect, dialectOf, newestDialect } from "./dialect.ts";
export { kumaOperators, operators } from "./catalog/operators.ts";
export { readAsOldKuma } from "./old-kuma.ts";
export type { Dialect, Grammar, KumaNames } from "./dialect.ts";
export type { OldKumaReading } from "./old-kuma.ts";
export type { CheckOptions, JsonCheckOptions } from "./options.ts";
export type { Verdicts } from "./verdicts.ts";
export type {
  Absent,
  ArgumentFacts,
  ChoiceList,
  JsonType,
  KumaOperatorFacts,
  OperatorFacts,
  Protocol,
  Refusal,
} from "./catalog/operator.ts";
export type {
  BrokenOperator,
  Escape,
  Format,
  KumaOperator,
  Limit,
  Name,
  Operator,
  Part,
  Problem,
  StrayPercent,
  Text,
} from "./ast.ts";
export type { Argument, Piece } from "./arguments/argument.ts";
export type { Version } from "./minors.ts";
export { contextAt } from "./context.ts";
export type { ArgumentContext, Context, EndContext, LimitContext, NameContext, TextContext } from "./context.ts";
export type { Expectation } from "./arguments/expect.ts";
export { availableOperators } from "./available.ts";
export type { AvailableOperator } from "./available.ts";
export { suggestionsFor } from "./suggest.ts";
export type { Suggestion } from "./suggest.ts";
export { signatureOf } from "./signature.ts";
export type { Signature } from "./signature.ts";
export { nearest } from "./fixes.ts";
export { trimEnd } from "./trim-end.ts";
export { goQuote } from "./go-quote.ts";
export { render, renderJson } from "./rendering/render.ts";
export type { Line, RenderOptions } from "./rendering/render.ts";
export type { Facts } from "./rendering/facts.ts";
export { renderMessages } from "./rendering/messages.ts";
export type { RenderMessages } from "./rendering/messages.ts";
export { timeConversions } from "./catalog/time-conversions.ts";
export type { TimeConversionFacts } from "./catalog/time-conversions.ts";
export { responseFlags } from "./catalog/response-flags.ts";
