import { type KumaRelease, kumaTarget, type Target } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { Bundle } from "../source/load.ts";
import { colorWanted } from "./color.ts";
import { reporters } from "./reporters/index.ts";
import { summarize } from "./reporters/report.ts";
import type { Streams } from "./streams.ts";

/** What a command that is for something else found in a bundle. */
export interface Findings {
  readonly bundle: Pick<Bundle, "files" | "resources">;
  readonly target: Target;
  /** What is shown. */
  readonly diagnostics: readonly Diagnostic[];
  /** What is counted, if that is more than what is shown. */
  readonly counted?: readonly Diagnostic[];
}

/**
 * Says on the standard error what was found in a bundle, if anything was.
 *
 * @param format by default for people; `compact` has no colors.
 */
export function reportFindings(
  { bundle: { files, resources }, target, diagnostics, counted = diagnostics }: Findings,
  options: { readonly color?: boolean },
  streams: Streams,
  format: "pretty" | "compact" = "pretty",
): void {
  if (diagnostics.length === 0) return;
  const policies = resources.filter(({ kind }) => kind === "MeshAccessLog").length;
  const report = { target, diagnostics, files, summary: summarize(counted, files.length, policies) };
  for (const text of reporters[format](report, { color: colorWanted(options, streams) })) streams.error(text);
}

/**
 * Says on the standard error what Kuma or Envoy would refuse of a bundle: what is left out would else be misread as a
 * difference. `check` says the rest.
 */
export function reportErrors(
  bundle: Bundle,
  kuma: KumaRelease,
  found: readonly Diagnostic[],
  options: { readonly color?: boolean },
  streams: Streams,
): void {
  const diagnostics = found.filter(({ severity }) => severity === "error");
  reportFindings({ bundle, target: kumaTarget([kuma]), diagnostics }, options, streams);
}
