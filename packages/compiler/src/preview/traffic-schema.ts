import { operators } from "@meshlog/parser";
import { type TrafficField, type TrafficFields, trafficFields } from "./traffic-fields.ts";

/** A JSON Schema, as far as ours go. */
type Schema = Readonly<Record<string, unknown>>;

/** The JSON Schema (2020-12) of traffic files: described traffic, or bare facts. */
export function trafficSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Traffic for meshlog preview",
    oneOf: [
      { ...group(trafficFields), title: "Described traffic" },
      {
        title: "Bare facts",
        type: "object",
        required: ["facts"],
        properties: {
          meshlog: { const: 1 },
          facts: {
            type: "object",
            description: "What single operators print of one request, by call: %REQ(:path)%.",
          },
          factTexts: {
            type: "object",
            description: "What they print as text, where that does not follow.",
            additionalProperties: {
              oneOf: [
                { type: "string" },
                { type: "object", required: ["base64"], properties: { base64: { type: "string" } } },
              ],
            },
          },
        },
        additionalProperties: false,
      },
    ],
  };
}

function group(fields: TrafficFields): Schema {
  const own = Object.entries(fields).map(([name, field]) => [name, { ...schemaOf(field), description: about(field) }]);
  const version = fields === trafficFields ? { meshlog: { const: 1 } } : {};
  return { type: "object", properties: { ...version, ...Object.fromEntries(own) }, additionalProperties: false };
}

function about(field: TrafficField): string {
  if ("means" in field) return field.means;
  return `${operators.get(field.operator)?.summary ?? ""} (%${field.operator}%)`;
}

function schemaOf(field: TrafficField): Schema {
  switch (field.type) {
    case "group":
      return group(field.fields);
    case "text":
      return { type: ["string", "number", "boolean"] };
    case "number":
      return { type: "number" };
    case "time":
      return { type: "string", format: "date-time" };
    case "list":
      return { type: "array", items: { type: ["string", "number", "boolean"] } };
    case "texts":
      return { type: "object", additionalProperties: { type: ["string", "number", "boolean"] } };
    case "numbers":
      return { type: "object", additionalProperties: { type: "number" } };
    case "objects":
      return { type: "object" };
  }
}
