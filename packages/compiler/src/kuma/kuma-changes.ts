import { changes } from "./changes/index.ts";

/** A change of what Kuma does with access logs, for people. */
export interface KumaChange {
  /** What changed (Markdown). */
  readonly what: string;
  /** The first patch of each line that has the change: `2.13.5`, `main`. */
  readonly landed: readonly string[];
  /** The first patch of each line that no longer has it. */
  readonly takenBack?: readonly string[];
  /** Where it is read from: `file:line@tag` of kumahq/kuma. */
  readonly source: string;
}

/** Every change of what Kuma does with access logs from 2.0 on, by subject and oldest first within one. */
export const kumaChanges: readonly KumaChange[] = changes;
