import type { Span } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { indexLines, type LineIndex, type Position, positionAt } from "../../source/positions.ts";
import type { Reporter } from "./report.ts";

/** The document that other programs read: INTERFACES of the command `check`. */
export const jsonReporter: Reporter = ({ target, diagnostics, files, summary }) => {
  const lines = new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  const unique = (names: readonly (string | undefined)[]): readonly string[] => [
    ...new Set(names.flatMap((name) => name ?? [])),
  ];
  const document = {
    meshlog: 1,
    targets: {
      kuma: unique(target.members.map(({ kuma }) => kuma?.name)),
      envoy: unique(target.members.map(({ envoy }) => envoy.name)),
    },
    diagnostics: diagnostics.map((diagnostic) => diagnosticJson(diagnostic, lines.get(diagnostic.file) ?? [0])),
    summary,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

interface Place {
  readonly start: Position & { readonly offset: number };
  readonly end: Position & { readonly offset: number };
}

function diagnosticJson(diagnostic: Diagnostic, lines: LineIndex): object {
  const { start, end, code, severity, message, file, resource, path, kuma, envoy, controlPlane } = diagnostic;
  const { affects, variants, related, fixes } = diagnostic;
  const place = (span: Span): Place => ({
    start: { ...positionAt(lines, span.start), offset: span.start },
    end: { ...positionAt(lines, span.end), offset: span.end },
  });
  return {
    code,
    severity,
    message,
    file,
    ...place({ start, end }),
    ...(resource === undefined ? {} : { resource }),
    ...(path === undefined ? {} : { path }),
    ...(kuma === undefined ? {} : { kuma }),
    ...(envoy === undefined ? {} : { envoy }),
    ...(controlPlane === undefined ? {} : { controlPlane }),
    affects,
    ...(variants === undefined ? {} : { variants }),
    ...(related === undefined
      ? {}
      : { related: related.map((other) => ({ message: other.message, ...place(other) })) }),
    ...(fixes === undefined
      ? {}
      : {
          fixes: fixes.map(({ title, edits }) => ({
            title,
            edits: edits.map((edit) => ({ ...place(edit), text: edit.text })),
          })),
        }),
  };
}
