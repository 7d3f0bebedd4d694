import type { SubstitutionFormatString } from "../envoy/messages.ts";
import type { KumaValues } from "../kuma/kuma-operators.ts";
import type { Profile } from "../kuma/profile.ts";
import type { FormatConf } from "../validate/policy.ts";
import { fill, type KumaText } from "./kuma-text.ts";
import { formatTexts } from "./template-texts.ts";
import type { TextReader } from "./text-reader.ts";

/** A format, with the newline that Kuma adds to a text. */
export type FormatTemplate = { readonly omitEmptyValues: boolean } & (
  | { readonly kind: "text"; readonly text: KumaText }
  /** By key, sorted as Envoy prints them. */
  | { readonly kind: "json"; readonly fields: readonly (readonly [key: string, value: KumaText])[] }
);

/** The default format for some traffic; asked for only where it is used. */
export type DefaultFormat = () => string;

/** The template of a format. What `type` says does not count. */
export function formatTemplate(
  format: FormatConf | undefined,
  defaultFormat: DefaultFormat,
  { formatMember }: Profile,
  { read, refuse }: TextReader,
): FormatTemplate {
  const text = (plain: string, omitEmptyValues = false): FormatTemplate => ({
    kind: "text",
    omitEmptyValues,
    text: read(`${plain}\n`),
  });
  const json = (fields: NonNullable<FormatConf["json"]>, omitEmptyValues = false): FormatTemplate => ({
    kind: "json",
    omitEmptyValues,
    // Kuma reads every value, even if a later one with the same key replaces it.
    fields: [...new Map(fields.map(({ key, value }) => [key, read(value)]))].sort(([a], [b]) => (a < b ? -1 : 1)),
  });
  switch (formatMember) {
    case "json-unless-empty":
      // meshaccesslog/plugin/xds/configurer.go:73@2.0.8
      if (format?.json !== undefined && format.json.length > 0) return json(format.json);
      return text(format?.plain === undefined || format.plain === "" ? defaultFormat() : format.plain);
    case "plain-first":
      // meshaccesslog/plugin/xds/configurer.go:191@v2.14.3
      if (format === undefined) return text(defaultFormat());
      if (format.plain !== undefined) return text(format.plain, format.omitEmptyValues);
      if (format.json !== undefined) return json(format.json, format.omitEmptyValues);
      refuse("format must have only one type defined: plain, json");
      return text("");
  }
}

/** A format as the format of a file. */
export function fileFormat(format: FormatTemplate, values: KumaValues): SubstitutionFormatString {
  const filled = message(format, values);
  return typeof filled === "string"
    ? { textFormatSource: { inlineString: filled }, ...omit(format) }
    : { jsonFormat: filled, ...omit(format) };
}

/** A format as the message to a TCP sink, which kuma-dp reads from a JSON line with the sink's address. */
export function tcpFormat(address: string, format: FormatTemplate, values: KumaValues): SubstitutionFormatString {
  return { jsonFormat: { address, message: message(format, values) }, ...omit(format) };
}

/** Whether a format is the same for all proxies. */
export function isFixed(format: FormatTemplate): boolean {
  return formatTexts(format).every(({ kind }) => kind === "literal");
}

function message(format: FormatTemplate, values: KumaValues): string | Readonly<Record<string, string>> {
  return format.kind === "text"
    ? fill(format.text, values)
    : Object.fromEntries(format.fields.map(([key, value]) => [key, fill(value, values)]));
}

function omit({ omitEmptyValues }: FormatTemplate): { readonly omitEmptyValues?: true } {
  return omitEmptyValues ? { omitEmptyValues } : {};
}
