import { type KumaRelease, kumaTarget } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { Bundle } from "../source/load.ts";
import { colorWanted } from "./color.ts";
import { reporters } from "./reporters/index.ts";
import { summarize } from "./reporters/report.ts";
import type { Streams } from "./streams.ts";

/**
 * Says, on the standard error, what Kuma or Envoy would refuse of a bundle: what is left out would else be misread as
 * a difference. `check` says the rest.
 */
export function reportErrors(
  { files }: Bundle,
  kuma: KumaRelease,
  diagnostics: readonly Diagnostic[],
  options: { readonly color?: boolean },
  streams: Streams,
): void {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return;
  const target = kumaTarget([kuma]);
  const report = { target, diagnostics: errors, files, summary: summarize(errors, files.length, 0) };
  for (const text of reporters.pretty(report, { color: colorWanted(options, streams) })) streams.error(text);
}
