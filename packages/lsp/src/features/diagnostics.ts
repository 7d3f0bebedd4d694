import { type Diagnostic as CompilerDiagnostic, pageUrl } from "@meshlog/compiler";
import type { Fix } from "@meshlog/parser";
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type TextEdit } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";
import type { Finding } from "../findings.ts";

/** A fix of a diagnostic, as its `data` carries it. */
export interface DiagnosticFix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

/** What the `data` of a diagnostic with fixes is. */
export interface DiagnosticData {
  readonly fixes: readonly DiagnosticFix[];
}

const severities: Readonly<Record<CompilerDiagnostic["severity"], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** Findings about what Kuma and Envoy pass over: editors grey it out. */
const passedOver: ReadonlySet<string> = new Set(["lint/duplicate-key", "lint/unknown-field", "lint/unused-argument"]);

/** A diagnostic as editors show it, where it was when that was made. */
interface Shown {
  readonly uri: string;
  /** In which line its section starts. */
  readonly line: number;
  readonly site: string | undefined;
  readonly shown: Diagnostic;
}

/** What was made of diagnostics: few of those of a file are others, or elsewhere, after an edit. */
const known = new WeakMap<CompilerDiagnostic, Shown>();

/**
 * A finding as editors show it.
 *
 * @param site where the documentation is published, if it is.
 */
export function toDiagnostic(document: PolicyDocument, finding: Finding, site?: string): Diagnostic {
  // Where other places are is up to other files.
  if (finding.elsewhere !== undefined) return show(document, finding, site);
  const { uri } = document;
  const line = document.lineAt(finding.start);
  const last = known.get(finding.diagnostic);
  if (last?.uri === uri && last.line === line && last.site === site) return last.shown;
  const shown = show(document, finding, site);
  known.set(finding.diagnostic, { uri, line, site, shown });
  return shown;
}

function show(
  document: PolicyDocument,
  { start, diagnostic, elsewhere = [] }: Finding,
  site: string | undefined,
): Diagnostic {
  const { code, severity, message, envoy, controlPlane, related = [], fixes = [] } = diagnostic;
  const tags = tagsOf(code);
  const places = [
    ...related.map((place) => ({
      location: { uri: document.uri, range: document.rangeOf(place, start) },
      message: place.message,
    })),
    ...elsewhere.map((place) => ({
      location: { uri: place.document.uri, range: place.document.rangeOf(place.span) },
      message: place.message,
    })),
  ];
  return {
    range: document.rangeOf(diagnostic, start),
    severity: severities[severity],
    code,
    ...(site !== undefined && { codeDescription: { href: pageUrl(code, site) } }),
    source: "meshlog",
    message: [
      message,
      ...(envoy === undefined ? [] : [`Envoy: ${envoy.message}`]),
      ...(controlPlane === undefined ? [] : [`Kuma: ${controlPlane.message}`]),
    ].join("\n"),
    ...(tags.length > 0 && { tags }),
    ...(places.length > 0 && { relatedInformation: places }),
    ...(fixes.length > 0 && {
      data: { fixes: fixes.map((fix) => toFix(document, start, fix)) } satisfies DiagnosticData,
    }),
  };
}

/** A fix as edits of the file. */
export function toFix(document: PolicyDocument, start: number, { title, edits }: Fix): DiagnosticFix {
  return { title, edits: edits.map((edit) => ({ range: document.rangeOf(edit, start), newText: edit.text })) };
}

function tagsOf(code: string): DiagnosticTag[] {
  if (/\bdeprecated\b/.test(code)) return [DiagnosticTag.Deprecated];
  return passedOver.has(code) ? [DiagnosticTag.Unnecessary] : [];
}
