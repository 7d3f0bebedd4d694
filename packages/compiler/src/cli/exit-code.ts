/** How a run ends: clean; with findings; or not at all (usage, configuration, a bug of meshlog's). */
export const exitCode = { clean: 0, findings: 1, failed: 2 } as const;

/** Something about how meshlog was called: said in one line, and the run ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
