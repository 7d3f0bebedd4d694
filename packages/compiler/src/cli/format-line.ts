import type { JsonCheckOptions } from "@meshlog/parser";

/** A format, as a line of `--lines` holds it. */
export interface FormatLine extends JsonCheckOptions {
  readonly format?: string;
  readonly json?: unknown;
}

/** Reads a line, or says why it cannot be read. */
export function readFormatLine(line: string): FormatLine | { readonly error: string } {
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
  const { format, json: jsonFormat } = json as FormatLine;
  if ((format === undefined) === !Object.hasOwn(json, "json")) {
    return { error: 'A line has either "format", a text, or "json", a JSON format.' };
  }
  return { ...(json as FormatLine), ...(jsonFormat === undefined ? {} : { json: jsonFormat }) };
}

const types: Readonly<Record<string, (value: unknown) => boolean>> = {
  format: (value) => typeof value === "string",
  // Envoy's `json_format` is a map.
  json: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
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
