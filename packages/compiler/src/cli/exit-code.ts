import { printable } from "./reporters/printable.ts";

/** How a run ends: clean; with findings; or not at all (usage, configuration, a bug of meshlog's). */
export const exitCode = { clean: 0, findings: 1, failed: 2 } as const;

/** Something about how meshlog was called: said in a line or several, and the run ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  readonly #lines: readonly string[];

  constructor(...lines: readonly string[]) {
    super(lines.join("\n"));
    this.#lines = lines;
  }

  /** What a person is told, line by line. */
  get told(): string {
    return `meshlog: ${this.#lines.map((line) => printable(line)).join("\n")}\n`;
  }
}
