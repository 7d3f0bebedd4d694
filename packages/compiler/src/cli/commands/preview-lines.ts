import {
  defaultTarget,
  type Facts,
  kumaOperators,
  parse,
  render,
  renderJson,
  type RenderOptions,
} from "@meshlog/parser";
import { exitCode } from "../exit-code.ts";
import { readFormatLine } from "../format-line.ts";
import { lineJson } from "../line-json.ts";
import { readLines } from "../read-lines.ts";
import type { Streams } from "../streams.ts";

/**
 * `meshlog preview --lines`: one format per line of the standard input, the line that Envoy writes per line of the
 * standard output. A format that cannot be rendered is answered as such and stops nothing.
 */
export async function runPreviewLines(facts: Facts, options: RenderOptions, streams: Streams): Promise<number> {
  for await (const line of readLines(streams.input)) {
    streams.out(`${JSON.stringify(answer(line, facts, options))}\n`);
  }
  return exitCode.clean;
}

function answer(line: string, facts: Facts, options: RenderOptions): object {
  const question = readFormatLine(line);
  if ("error" in question) return question;
  const { format, json, kuma, omitEmptyValues, formatters } = question;
  const own: RenderOptions = {
    ...options,
    ...(omitEmptyValues !== undefined && { omitEmptyValues }),
    ...(formatters && { formatters }),
    ...(kuma === true && withAnyKuma(options)),
  };
  const { value, diagnostics } =
    format === undefined ? renderJson(json, facts, own) : render(parse(format), facts, own);
  return lineJson(value, diagnostics);
}

/** The newest Kuma's operators replaced by one text, whatever the Envoy. */
function withAnyKuma({ release }: RenderOptions): Pick<RenderOptions, "release" | "kumaValues"> {
  const [newest] = defaultTarget.members;
  const values = Array.from(kumaOperators.keys(), (name) => [name, "kuma-value"] as const);
  const member = newest && { ...newest, envoy: release?.envoy ?? newest.envoy };
  return { ...(member && { release: member }), kumaValues: Object.fromEntries(values) };
}
