import { check, type Diagnostic as Finding, load } from "@meshlog/compiler";
import type { Target } from "@meshlog/parser";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";

/** What `meshlog check` would say of the file, at the characters that it is about. */
export function diagnostics(document: TextDocument, target: Target): readonly Diagnostic[] {
  const loaded = load([{ path: document.uri, content: document.getText() }]);
  return [...loaded.diagnostics, ...check(loaded.value, target).diagnostics].map((finding) =>
    toDiagnostic(finding, document),
  );
}

const severities: Readonly<Record<Finding["severity"], DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

function toDiagnostic({ code, severity, message, start, end, envoy }: Finding, document: TextDocument): Diagnostic {
  return {
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    severity: severities[severity],
    code,
    source: "meshlog",
    message: envoy === undefined ? message : `${message}\nEnvoy: ${envoy.message}`,
  };
}
