import type { Diagnostic } from "../diagnostics.ts";
import type { LintLevels } from "../documents/configuration.ts";
import { isAdvice } from "../explain/table.ts";

/** Gives lints and warnings the levels that a configuration has for their files, and leaves out those that are off. */
export function withLevels(
  diagnostics: readonly Diagnostic[],
  levelsOf: (file: string) => LintLevels,
): readonly Diagnostic[] {
  const known = new Map<string, LintLevels>();
  const levelsIn = (file: string): LintLevels => {
    const levels = known.get(file) ?? levelsOf(file);
    known.set(file, levels);
    return levels;
  };
  return diagnostics.flatMap((diagnostic) => atLevel(diagnostic, levelsIn(diagnostic.file)) ?? []);
}

/** A finding with the level that its file's configuration has for it; `undefined` if that turns it off. */
export function atLevel(diagnostic: Diagnostic, levels: LintLevels): Diagnostic | undefined {
  const { code } = diagnostic;
  const level = Object.hasOwn(levels, code) && isAdvice(code) ? levels[code] : "on";
  switch (level) {
    case undefined:
    case "on":
      return diagnostic;
    case "off":
      return undefined;
    case "error":
    case "warning":
    case "info":
      return { ...diagnostic, severity: level };
  }
}
