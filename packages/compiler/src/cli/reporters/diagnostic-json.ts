import type { Span } from "@meshlog/parser";
import type { Diagnostic } from "../../diagnostics.ts";
import { type LineIndex, type Position, positionAt } from "../../source/positions.ts";
import { pageUrl } from "../../explain/page-url.ts";

/** A place as other programs read it: line and column from 1, column and offset in UTF-16 units. */
interface Place {
  readonly start: Position & { readonly offset: number };
  readonly end: Position & { readonly offset: number };
}

/**
 * A diagnostic as other programs read it; keys that have nothing to say are left out.
 *
 * @param lines the lines of the text that the diagnostic is about.
 * @param site where the pages of diagnostics are, if they are anywhere.
 */
export function diagnosticJson(
  diagnostic: Omit<Diagnostic, "file" | "path"> & { readonly file?: string; readonly path?: unknown },
  lines: LineIndex,
  site?: string,
): object {
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
    ...(file === undefined ? {} : { file }),
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
    ...(site === undefined ? {} : { url: pageUrl(code, site) }),
  };
}
