import type { Diagnostic as FormatDiagnostic, Span } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { replaceInScalar } from "../source/encode-scalar.ts";
import type { EnvoyText } from "./envoy-texts.ts";
import type { RefusedValue } from "./open-telemetry-body.ts";
import { type Quotes, refusing } from "./quotes.ts";
import type { ReleaseSet, ReleaseSets } from "./release-sets.ts";
import { fieldOf } from "./violation.ts";

/** What is found in a text, wherever it stands: the same object for the same text. */
export interface FormatFinding {
  readonly head: Pick<FormatDiagnostic, "code" | "severity" | "message">;
  /** Where in the text. */
  readonly span: Span;
  /** The head and the span, and what releases print if they find nothing before it. */
  readonly quoted: FormatFinding["head"] & Span & Quotes;
  /** What else it points at in the text. */
  readonly pointers: Pick<FormatDiagnostic, "related" | "fixes">;
  /** The releases whose Envoy refuses the text for it. */
  readonly refusing: ReleaseSet;
}

/** What was found in a text, wherever it stands. */
export function formatFinding({ related, fixes, ...quoted }: FormatDiagnostic, sets: ReleaseSets): FormatFinding {
  const { code, severity, message, start, end } = quoted;
  return {
    head: { code, severity, message },
    span: { start, end },
    quoted,
    pointers: { ...(related && { related }), ...(fixes && { fixes }) },
    refusing: refusing(quoted, sets),
  };
}

/** What was found in a format of a policy; the span is that of the file. */
export interface FoundInFormat extends Span {
  readonly finding: FormatFinding;
  readonly value: EnvoyText | RefusedValue;
  /** What releases print of it: what the finding has, until it is put together with others. */
  quotes: Quotes;
}

/** The diagnostic of what was found in a format of a resource. */
export function inFile(found: FoundInFormat, file: string, resource: ResourceIdentity): Diagnostic {
  const { value, quotes, start, end } = found;
  if (value.kind === "refused") return ofValue(found, value, file, resource);
  const { head, quoted, pointers } = found.finding;
  const place = { start, end, file, resource, path: fieldOf(value.at), ...inText(pointers, value) };
  return quotes === quoted ? { ...quoted, ...place } : { ...head, ...place, ...quotes };
}

/** Where in the file the places of a text are. */
function inText({ related, fixes = [] }: FormatFinding["pointers"], text: EnvoyText): FormatFinding["pointers"] {
  const moved = fixes.flatMap((fix) => {
    const edits = fix.edits.map((edit) => text.editSource(edit));
    return edits.every((edit) => edit !== undefined) ? [{ ...fix, edits }] : [];
  });
  return {
    ...(related && { related: related.map((place) => ({ ...place, ...text.spanToSource(place) })) }),
    ...(moved.length > 0 && { fixes: moved }),
  };
}

/** The diagnostic of a value that Envoy takes in no access log. */
function ofValue(
  { finding: { head, quoted }, quotes, start, end }: FoundInFormat,
  { is, at, member }: RefusedValue,
  file: string,
  resource: ResourceIdentity,
): Diagnostic {
  const edits = member === undefined || is === "bytes" ? [] : asText(member);
  const fixes = edits.length > 0 && { fixes: [{ title: "Write it as a stringValue", edits }] };
  const place = { file, start, end };
  const details = { resource, path: fieldOf(at), ...fixes };
  if (quotes !== quoted) return { ...head, ...place, ...details, ...quotes };
  const { affects, envoy } = quotes;
  return {
    ...report("format/open-telemetry-value", place, { is }, { ...details, affects }),
    ...(envoy && { envoy }),
  };
}

/** `intValue: 5` → `stringValue: '5'`. */
function asText({ key, value, alias }: NonNullable<RefusedValue["member"]>): ReturnType<typeof replaceInScalar>[] {
  if (value.kind !== "scalar" || alias !== undefined) return [];
  const name = key.text.includes("_") ? "string_value" : "stringValue";
  const renamed = replaceInScalar(key, { start: 0, end: key.text.length }, name);
  if (typeof value.value === "string") return [renamed];
  return value.tag === undefined ? [renamed, { start: value.start, end: value.end, text: `'${value.text}'` }] : [];
}
