import {
  type Diagnostic,
  type Facts,
  parse,
  render,
  renderJson,
  type RenderOptions,
  type Result,
} from "@meshlog/parser";
import type { AccessLog, AnyValue, KeyValueList, OpenTelemetryAccessLogConfig } from "../envoy/messages.ts";

/** What an access logger writes for one request. */
export interface Written {
  /** Where to: the path of a file, `open-telemetry`; empty for a logger without configuration. */
  readonly to: string;
  readonly bytes: Uint8Array;
  /** The same as text; undefined where it is not UTF-8. */
  readonly text: string | undefined;
}

/**
 * What an access logger writes: the line of a file, or the record for a collector as JSON, with the texts that Envoy
 * prints into its body and attributes.
 */
export function previewLogger(
  { typedConfig }: AccessLog,
  facts: Facts,
  options: RenderOptions,
): Result<Written | undefined> {
  switch (typedConfig?.["@type"]) {
    case undefined:
      return { value: undefined, diagnostics: [] };
    case "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig":
      return previewRecord(typedConfig, facts, options);
    case "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog": {
      const { path = "", logFormat = {} } = typedConfig;
      const { textFormatSource, jsonFormat, omitEmptyValues = false } = logFormat;
      const own = { ...options, omitEmptyValues };
      const { value, diagnostics } =
        textFormatSource === undefined
          ? renderJson(jsonFormat, facts, own)
          : render(parse(textFormatSource.inlineString ?? ""), facts, own);
      return { value: value && { to: path, ...value }, diagnostics };
    }
  }
}

/** OpenTelemetry records hold texts only: what is missing is `-` in them. */
function previewRecord(
  { body, attributes }: OpenTelemetryAccessLogConfig,
  facts: Facts,
  options: RenderOptions,
): Result<Written | undefined> {
  const found: Diagnostic[] = [];
  const print = (text: string): string => {
    const { value, diagnostics } = render(parse(text), facts, options);
    found.push(...diagnostics);
    return value?.text ?? "";
  };
  const record = {
    ...(body && { body: printValue(body, print) }),
    ...(attributes && { attributes: printList(attributes, print) }),
  };
  if (found.length > 0) return { value: undefined, diagnostics: found };
  const text = JSON.stringify(record);
  return { value: { to: "open-telemetry", text, bytes: new TextEncoder().encode(text) }, diagnostics: [] };
}

function printValue({ stringValue, arrayValue, kvlistValue }: AnyValue, print: (text: string) => string): unknown {
  if (stringValue !== undefined) return print(stringValue);
  if (arrayValue !== undefined) return (arrayValue.values ?? []).map((value) => printValue(value, print));
  return kvlistValue === undefined ? null : printList(kvlistValue, print);
}

function printList({ values = [] }: KeyValueList, print: (text: string) => string): unknown {
  return Object.fromEntries(values.map(({ key = "", value = {} }) => [key, printValue(value, print)]));
}
