import type { FormatTemplate } from "./format.ts";
import type { KumaText } from "./kuma-text.ts";
import type { BodyTemplate } from "./open-telemetry-body.ts";
import type { LoggerTemplate } from "./template.ts";

/** Every text of a template that Kuma's values are put into. */
export function* templateTexts(template: LoggerTemplate): Generator<KumaText> {
  switch (template.kind) {
    case "file":
    case "tcp":
      yield* formatTexts(template.format);
      return;
    case "open-telemetry":
      for (const { key, value } of template.attributes) yield* [key, value];
      if (template.body !== undefined) yield* bodyTexts(template.body);
      return;
    case "empty":
      return;
  }
}

/** Every text of a format. */
export function formatTexts(format: FormatTemplate): readonly KumaText[] {
  return format.kind === "text" ? [format.text] : format.fields.map(([, value]) => value);
}

function* bodyTexts(body: BodyTemplate): Generator<KumaText> {
  switch (body.kind) {
    case "fixed":
      return;
    case "text":
      yield body.text;
      return;
    case "array":
      for (const item of body.items) yield* bodyTexts(item);
      return;
    case "map":
      for (const { key, value } of body.items) {
        yield key;
        if (value !== undefined) yield* bodyTexts(value);
      }
      return;
  }
}
