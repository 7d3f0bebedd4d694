import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { isAdvice, isCode } from "../explain/table.ts";
import { report } from "../messages.ts";
import { lastAtMost } from "../source/last-at-most.ts";
import type { TextFile } from "../source/source-file.ts";
import { mayHoldSuppressions, type SuppressedCode, type Suppression, suppressionsIn } from "./suppression.ts";

/**
 * Silences findings by the comments `# meshlog-disable-next-line lint/x -- why` of their files. Only lints and warnings
 * can be silenced, and only with a reason.
 *
 * @returns the findings that remain; and, as diagnostics, what is wrong with the comments, unused ones included: true
 *   only if the findings are all that `check` and `load` have.
 */
export function suppress(
  files: readonly TextFile[],
  diagnostics: readonly Diagnostic[],
): Result<readonly Diagnostic[], Diagnostic> {
  const commented = files.filter(({ text }) => mayHoldSuppressions(text));
  if (commented.length === 0) return { value: diagnostics, diagnostics: [] };
  const silenced = new Set<Diagnostic>();
  const problems: Diagnostic[] = [];
  const byFile = Map.groupBy(diagnostics, ({ file }) => file);
  for (const file of commented) {
    const found = byFile.get(file.path) ?? [];
    // What is no text was not judged.
    if (found.some(({ code }) => code === "io/not-text")) continue;
    const { suppressions, misspelt } = suppressionsIn(file.text);
    for (const { directive, ...span } of misspelt) {
      const problem = `there is no "${directive}", only "meshlog-disable-next-line"`;
      problems.push(report("lint/wrong-suppression", { file: file.path, ...span }, { problem }));
    }
    const silencers = suppressions.flatMap((suppression) => {
      const wrong = problemsOf(suppression, file.path);
      problems.push(...wrong.diagnostics);
      return wrong.value;
    });
    const used = silence(found, silencers, silenced);
    for (const silencer of silencers) if (!used.has(silencer)) problems.push(unused(silencer, file.path));
  }
  return { value: diagnostics.filter((diagnostic) => !silenced.has(diagnostic)), diagnostics: problems };
}

/** One code of one comment. */
interface Silencer {
  readonly suppression: Suppression;
  readonly named: SuppressedCode;
}

/** What of a comment counts, and what is wrong with it. */
function problemsOf(suppression: Suppression, file: string): Result<readonly Silencer[], Diagnostic> {
  const { start, end, codes, reason } = suppression;
  const place = { file, start, end };
  if (codes.length === 0) {
    return {
      value: [],
      diagnostics: [report("lint/wrong-suppression", place, { problem: "it names no code" })],
    };
  }
  const wrong = codes.flatMap(({ code, ...span }) => {
    const problem = problemOf(code);
    return problem === undefined
      ? []
      : [report("lint/wrong-suppression", { file, start: span.start, end: span.end }, { problem })];
  });
  if (reason === "") {
    return { value: [], diagnostics: [...wrong, report("lint/suppression-reason", place, {})] };
  }
  const value = codes.flatMap((named) => (isAdvice(named.code) ? [{ suppression, named }] : []));
  return { value, diagnostics: wrong };
}

function problemOf(code: string): string | undefined {
  if (!isCode(code)) return `there is no diagnostic "${code}"`;
  return isAdvice(code) ? undefined : `${code} is no opinion: what Kuma or Envoy refuses stays refused`;
}

/** @returns the silencers that silence something. */
function silence(
  diagnostics: readonly Diagnostic[],
  silencers: readonly Silencer[],
  silenced: Set<Diagnostic>,
): ReadonlySet<Silencer> {
  const used = new Set<Silencer>();
  const byStart = Map.groupBy(silencers, ({ suppression }) => suppression.below?.start ?? -1);
  const starts = [...byStart.keys()].sort((a, b) => a - b);
  for (const diagnostic of starts.length === 0 ? [] : diagnostics) {
    const start = starts[lastAtMost(starts, diagnostic.start)];
    for (const silencer of (start === undefined ? undefined : byStart.get(start)) ?? []) {
      const { suppression, named } = silencer;
      const isBelow = suppression.below !== undefined && diagnostic.start <= suppression.below.end;
      if (!isBelow || named.code !== diagnostic.code) continue;
      silenced.add(diagnostic);
      used.add(silencer);
    }
  }
  return used;
}

function unused({ suppression, named }: Silencer, file: string): Diagnostic {
  const edit = suppression.codes.length === 1 ? suppression.removal : named.removal;
  return report(
    "lint/unused-suppression",
    { file, start: named.start, end: named.end },
    { code: named.code },
    {
      fixes: [{ title: suppression.codes.length === 1 ? "Remove the comment" : `Remove ${named.code}`, edits: [edit] }],
    },
  );
}
