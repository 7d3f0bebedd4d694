import type { EnvoyRelease } from "../target.ts";
import type { FactIndex } from "./facts.ts";

/** What a line is rendered from. */
export interface Scene {
  readonly facts: FactIndex;
  readonly envoy: EnvoyRelease;
  /** Where the Envoy runs, by IANA's name: only `_LOCAL` operators ask. */
  readonly timezone: string;
}
