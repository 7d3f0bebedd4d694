import {
  check,
  checkJson,
  type JsonCheckOptions,
  type Result,
  parse,
  type Target,
  type Verdicts,
} from "@meshlog/parser";
import { indexLines } from "../../source/positions.ts";
import { exitCode } from "../exit-code.ts";
import { readLines } from "../read-lines.ts";
import { diagnosticJson } from "../reporters/diagnostic-json.ts";
import type { Streams } from "../streams.ts";
import { formatTarget, type TargetOptions } from "../targets.ts";

/**
 * `meshlog check --lines`: one JSON document with a format per line of the standard input, one with the verdicts per
 * line of the standard output. A line that cannot be read is answered as such and stops nothing.
 */
export async function runCheckLines(options: TargetOptions, streams: Streams): Promise<number> {
  const target = formatTarget(options);
  for await (const line of readLines(streams.input)) streams.out(`${JSON.stringify(answer(line, target))}\n`);
  return exitCode.clean;
}

/** A format to judge, as a line holds it. */
interface Question extends JsonCheckOptions {
  readonly format?: string;
  readonly json?: unknown;
}

function answer(line: string, target: Target): object {
  const question = readQuestion(line);
  if ("error" in question) return question;
  const { format, json, ...options } = question;
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

function readQuestion(line: string): Question | { readonly error: string } {
  let json: unknown;
  try {
    json = JSON.parse(line);
  } catch (error) {
    return { error: `This line is not JSON: ${error instanceof Error ? error.message : ""}` };
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) return { error: "This line is not an object." };
  const known = Object.entries(json as Record<string, unknown>);
  for (const [key, value] of known) {
    const problem = problemOf(key, value);
    if (problem !== undefined) return { error: problem };
  }
  const { format, json: jsonFormat } = json as Question;
  if ((format === undefined) === !Object.hasOwn(json, "json")) {
    return { error: 'A line has either "format", a text, or "json", a JSON format.' };
  }
  return { ...(json as Question), ...(jsonFormat === undefined ? {} : { json: jsonFormat }) };
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  format: (value) => typeof value === "string",
  json: () => true,
  omitEmptyValues: (value) => typeof value === "boolean",
  protocol: (value) => value === "http" || value === "tcp",
  formatters: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  kuma: (value) => typeof value === "boolean",
};

function problemOf(key: string, value: unknown): string | undefined {
  const isRight = Object.hasOwn(types, key) ? types[key] : undefined;
  if (isRight === undefined) return `"${key}" is not known; a line has ${Object.keys(types).join(", ")}.`;
  return isRight(value) ? undefined : `"${key}" cannot be ${JSON.stringify(value)}.`;
}
