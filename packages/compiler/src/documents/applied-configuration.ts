import picomatch from "picomatch";
import type { Configuration, LintLevels } from "./configuration.ts";

/** What a configuration makes of files. A file is named by its path from the configuration's folder, with `/`. */
export interface AppliedConfiguration {
  /** Whether it leaves a file out. */
  readonly isIgnored: (file: string) => boolean;
  /** The levels of lints in a file. */
  readonly levelsOf: (file: string) => LintLevels;
}

/** Applies a configuration to the files below its folder. */
export function applyConfiguration({ ignore = [], lints = {}, overrides = [] }: Configuration): AppliedConfiguration {
  const levels = overrides.map((override) => ({ holds: matcher(override.files), lints: override.lints }));
  return {
    isIgnored: matcher(ignore),
    levelsOf: (file) => ({
      ...lints,
      ...levels.filter(({ holds }) => holds(file)).reduce((all, one) => ({ ...all, ...one.lints }), {}),
    }),
  };
}

/** Whether globs hold a file; a glob of a folder holds what is below it. */
function matcher(globs: readonly string[]): (file: string) => boolean {
  if (globs.length === 0) return () => false;
  return picomatch(
    globs.flatMap((glob) => [trimmed(glob), `${trimmed(glob)}/**`]),
    { dot: true },
  );
}

const trimmed = (glob: string): string => glob.replace(/^\.\//, "").replace(/\/$/, "");
