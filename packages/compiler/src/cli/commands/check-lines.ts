import { check, checkJson, type Result, parse, type Target, type Verdicts } from "@meshlog/parser";
import { indexLines } from "../../source/positions.ts";
import { exitCode } from "../exit-code.ts";
import { readFormatLine } from "../format-line.ts";
import { readLines } from "../read-lines.ts";
import { diagnosticJson } from "../reporters/diagnostic-json.ts";
import type { Streams } from "../streams.ts";
import { formatTarget, type TargetOptions } from "../targets.ts";

/** What holds for lines that do not say otherwise. */
interface LinesOptions extends TargetOptions {
  readonly protocol?: "http" | "tcp";
}

/**
 * `meshlog check --lines`: one JSON document with a format per line of the standard input, one with the verdicts per
 * line of the standard output. A line that cannot be read is answered as such and stops nothing.
 */
export async function runCheckLines(
  options: LinesOptions,
  configured: TargetOptions,
  streams: Streams,
): Promise<number> {
  const target = formatTarget(options, configured);
  for await (const line of readLines(streams.input)) {
    streams.out(`${JSON.stringify(answer(line, target, options))}\n`);
  }
  return exitCode.clean;
}

function answer(line: string, target: Target, { protocol }: LinesOptions): object {
  const question = readFormatLine(line);
  if ("error" in question) return question;
  const { format, json, ...own } = question;
  const options = protocol === undefined ? own : { protocol, ...own };
  return format === undefined
    ? verdicts(checkJson(json, target, options), "")
    : verdicts(check(parse(format), target, options), format);
}

function verdicts({ value, diagnostics }: Result<Verdicts>, text: string): object {
  const lines = indexLines(text);
  return {
    verdicts: value.envoy,
    ...(Object.keys(value.kuma).length === 0 ? {} : { kumaVerdicts: value.kuma }),
    diagnostics: diagnostics.map((diagnostic) => diagnosticJson(diagnostic, lines)),
  };
}
