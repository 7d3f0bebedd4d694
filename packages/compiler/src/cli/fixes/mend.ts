import type { Diagnostic } from "../../diagnostics.ts";
import { identityOf, load } from "../../source/load.ts";
import { indexLines, type LineIndex, positionAt } from "../../source/positions.ts";
import type { SourceFile, TextFile } from "../../source/source-file.ts";
import { applyFixes, type SafeFix, safeFixes } from "./safe-fixes.ts";

/** What was mended in a file, at the place that it then had. */
export interface Mending {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
  /** What was done. */
  readonly title: string;
}

/** Files after their safe fixes. */
export interface MendedFiles {
  /** All of them, with their texts; those that nothing was mended in as they were. */
  readonly sources: readonly SourceFile[];
  /** Those that changed. */
  readonly changed: readonly TextFile[];
  readonly mendings: readonly Mending[];
}

/** A mended text may show what was hidden; more rounds than this no file needs. */
const mostRounds = 10;

/**
 * Applies the safe fixes of findings until there are none. A change after which a file has other resources, or does not
 * read as well as before, is not made.
 *
 * @param judge finds what there is to say about the files.
 */
export async function mend(
  sources: readonly SourceFile[],
  judge: (sources: readonly SourceFile[]) => Promise<{
    readonly files: readonly TextFile[];
    readonly diagnostics: readonly Diagnostic[];
  }>,
): Promise<MendedFiles> {
  let current = sources;
  const changed = new Map<string, TextFile>();
  const mendings: Mending[] = [];
  const given = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const { files, diagnostics } = await judge(current);
    const fixes = Map.groupBy(
      safeFixes(diagnostics).filter(({ diagnostic }) => !given.has(diagnostic.file)),
      ({ diagnostic }) => diagnostic.file,
    );
    const mended = new Map<string, TextFile>();
    for (const { path, text } of files) {
      const { text: after, applied } = applyFixes(text, fixes.get(path) ?? []);
      if (after === text) continue;
      if (reading(path, after) !== reading(path, text)) {
        given.add(path);
        continue;
      }
      mended.set(path, { path, text: after });
      const lines = indexLines(text);
      for (const one of applied) mendings.push(mending(one, lines));
    }
    if (mended.size === 0) break;
    for (const [path, file] of mended) changed.set(path, file);
    current = current.map((source) => {
      const after = mended.get(source.path);
      return after === undefined ? source : { path: source.path, content: after.text };
    });
  }
  return { sources: current, changed: [...changed.values()], mendings };
}

/** Which resources a file has, and what cannot be read of it. */
function reading(path: string, text: string): string {
  const { value, diagnostics } = load([{ path, content: text }]);
  const unreadable = diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
  return JSON.stringify([value.resources.map(identityOf), unreadable]);
}

function mending({ diagnostic: { file, start, code }, fix: { title } }: SafeFix, lines: LineIndex): Mending {
  return { file, ...positionAt(lines, start), code, title };
}
