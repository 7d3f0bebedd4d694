import { type Facts, operators, type Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { trafficFacts } from "../preview/traffic-facts.ts";
import { type Traffic, type TrafficField, type TrafficFields, trafficFields } from "../preview/traffic-fields.ts";
import type { SourceFile } from "../source/source-file.ts";
import { textOf, toJson } from "../source/tree.ts";
import { plainValue } from "./plain-value.ts";
import { readDocument } from "./read-document.ts";
import { type Key, listOf, mapOf, object, type Shape, wholeNumber } from "./shape.ts";

/** A text; numbers and booleans are what they are written as. */
const anyText: Shape<string> = {
  schema: { type: ["string", "number", "boolean"] },
  read(node, say) {
    const text = textOf(node);
    if (text === undefined) say(node, "it has to be a text");
    return text;
  },
};

const number: Shape<number> = {
  schema: { type: "number" },
  read(node, say) {
    const value = plainValue(node);
    if (typeof value === "number" && Number.isFinite(value)) return value;
    say(node, "it has to be a number");
    return undefined;
  },
};

const time: Shape<string> = {
  schema: { type: "string", format: "date-time" },
  read(node, say) {
    const written = node.kind === "scalar" ? node.text : "";
    const isTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[-+]\d\d:\d\d)$/.test(written);
    if (isTime && !Number.isNaN(Date.parse(written.replace(/\.\d+/, "")))) return written.toUpperCase();
    say(node, "it has to be a time such as 2026-03-28T23:35:58.215Z");
    return undefined;
  },
};

/** Traffic as people describe it. */
const describedShape = object({
  meshlog: { shape: wholeNumber, about: "The version of this format: 1." },
  ...keysOf(trafficFields),
}) as Shape<Traffic>;

/** What single operators print of one request, as it is recorded. */
const writtenFacts = object({
  meshlog: { shape: wholeNumber, about: "The version of this format: 1." },
  facts: {
    shape: mapOf(anything()),
    about: "The values of single operators in a JSON format, by call: `%REQ(:path)%`.",
  },
  factTexts: {
    shape: mapOf(factText()),
    about: "What they print as text, where that does not follow; in Base64 where it is not UTF-8.",
  },
});

/** One of both is enough. */
const factsShape: Shape<Facts> = {
  schema: { ...writtenFacts.schema, anyOf: [{ required: ["facts"] }, { required: ["factTexts"] }] },
  read(node, say) {
    const read = writtenFacts.read(node, say);
    return read && { ...read, facts: read.facts ?? {} };
  },
};

/** A traffic file: described traffic, or bare facts. */
export const trafficShape: Shape<Facts> = {
  schema: { oneOf: [describedShape.schema, factsShape.schema] },
  read(node, say) {
    const isBare = node.kind === "map" && (node.get("facts") ?? node.get("factTexts")) !== undefined;
    if (isBare) return factsShape.read(node, say);
    const problems: string[] = [];
    const traffic = describedShape.read(node, (at, problem) => {
      problems.push(problem);
      say(at, problem);
    });
    return problems.length > 0 || traffic === undefined ? undefined : trafficFacts(traffic);
  },
};

/** Reads a traffic file, YAML or JSON, as facts. */
export function readTraffic(source: SourceFile): Result<Facts | undefined, Diagnostic> {
  const recorded = readRecorded(source);
  if (recorded !== undefined) return { value: recorded, diagnostics: [] };
  const { value, diagnostics } = readDocument(source, trafficShape, "traffic file");
  return { value: value ?? (diagnostics.length > 0 ? undefined : trafficFacts({})), diagnostics };
}

/** Facts as programs write them: JSON, whose texts may hold what YAML may not. All else is read with its places. */
function readRecorded({ content }: SourceFile): Facts | undefined {
  try {
    const json: unknown = JSON.parse(typeof content === "string" ? content : new TextDecoder().decode(content));
    if (!isRecord(json)) return undefined;
    const { meshlog = 1, facts = isRecord(json["factTexts"]) ? {} : undefined, factTexts = {}, ...others } = json;
    const isFacts = meshlog === 1 && isRecord(facts) && isRecord(factTexts) && Object.keys(others).length === 0;
    return isFacts ? { facts, factTexts: factTexts as NonNullable<Facts["factTexts"]> } : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function keysOf(fields: TrafficFields): Readonly<Record<string, Key<unknown>>> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, { shape: shapeOf(field), about: aboutField(field) }]),
  );
}

function aboutField(field: TrafficField): string {
  if ("means" in field) return field.means;
  return `${operators.get(field.operator)?.summary ?? ""} (\`%${field.operator}%\`)`;
}

function shapeOf(field: TrafficField): Shape<unknown> {
  switch (field.type) {
    case "group":
      return object(keysOf(field.fields));
    case "text":
      return anyText;
    case "number":
      return number;
    case "time":
      return time;
    case "list":
      return listOf(anyText);
    case "texts":
      return mapOf(anyText);
    case "numbers":
      return mapOf(number);
    case "objects":
      return mapOf(anything());
  }
}

function anything(): Shape<unknown> {
  return { schema: {}, read: (node) => toJson(node) };
}

function factText(): Shape<string | { readonly base64: string }> {
  const bytes = object({ base64: { shape: anyText, about: "The bytes." } }, ["base64"]);
  return {
    schema: { oneOf: [anyText.schema, bytes.schema] },
    read: (node, say) => (node.kind === "map" ? bytes.read(node, say) : anyText.read(node, say)),
  };
}
