import type { AnyValue } from "../envoy/messages.ts";
import type { KumaValues } from "../kuma/kuma-operators.ts";
import type { Profile } from "../kuma/profile.ts";
import { goJson } from "../validate/go-json.ts";
import { anyValueJson, keyValueJson, listJson } from "./any-value.ts";
import type { DefaultFormat } from "./format.ts";
import { fill, type KumaText } from "./kuma-text.ts";
import type { TextReader } from "./text-reader.ts";

/** An `AnyValue` whose strings are texts that Kuma fills. */
export type BodyTemplate =
  | { readonly kind: "fixed"; readonly value: AnyValue }
  | { readonly kind: "text"; readonly text: KumaText }
  | { readonly kind: "array"; readonly items: readonly BodyTemplate[] }
  | { readonly kind: "map"; readonly items: readonly { readonly key: KumaText; readonly value?: BodyTemplate }[] };

/**
 * The template of a body: Kuma reads the raw JSON of the policy as an `AnyValue` and falls back to the raw text as one
 * string (meshaccesslog/plugin/xds/configurer.go:286@v2.14.3).
 *
 * @param body the JSON value of `openTelemetry.body`; `undefined` and `null` mean the default.
 * @param defaultFormat what the body is where the policy has none, or one without any member of an `AnyValue`.
 */
export function bodyTemplate(
  body: unknown,
  defaultFormat: DefaultFormat,
  { hasStringIndex, openTelemetryNumbers }: Profile,
  { read }: TextReader,
): BodyTemplate {
  if (body === undefined || body === null) return { kind: "text", text: read(defaultFormat()) };
  const stored = openTelemetryNumbers === "float64" ? throughFloat64(body) : body;
  const value = anyValueJson(stored, hasStringIndex);
  if (value === undefined) {
    return { kind: "text", text: read(goJson(stored), "couldn't parse body as OTLP value or interpolate as string") };
  }
  const isUnset = Object.keys(value).length === 0;
  return withTexts(isUnset ? { stringValue: defaultFormat() } : value, (text) =>
    read(text, "couldn't interpolate OTLP any value"),
  );
}

/** What a body is in Envoy's configuration (canonical protobuf JSON), with Kuma's values filled in. */
export function linkBody(template: BodyTemplate, values: KumaValues): AnyValue {
  switch (template.kind) {
    case "fixed":
      return template.value;
    case "text":
      return { stringValue: fill(template.text, values) };
    case "array":
      return { arrayValue: listJson(template.items.map((item) => linkBody(item, values))) };
    case "map": {
      const items = template.items.map(({ key, value }) =>
        keyValueJson(fill(key, values), value && linkBody(value, values)),
      );
      return { kvlistValue: listJson(items) };
    }
  }
}

/** Reads the strings in Kuma's order: of an entry, the value before the key. */
function withTexts(value: AnyValue, read: (text: string) => KumaText): BodyTemplate {
  if (value.stringValue !== undefined) return { kind: "text", text: read(value.stringValue) };
  if (value.arrayValue !== undefined) {
    return { kind: "array", items: (value.arrayValue.values ?? []).map((item) => withTexts(item, read)) };
  }
  if (value.kvlistValue !== undefined) {
    const items = (value.kvlistValue.values ?? []).map((entry) => {
      const inner = entry.value === undefined ? {} : { value: withTexts(entry.value, read) };
      return { key: read(entry.key ?? ""), ...inner };
    });
    return { kind: "map", items };
  }
  return { kind: "fixed", value };
}

function throughFloat64(json: unknown): unknown {
  if (typeof json === "bigint") return Number(json);
  if (Array.isArray(json)) return json.map(throughFloat64);
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, throughFloat64(value)]));
}
