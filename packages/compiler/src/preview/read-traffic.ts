import type { Facts, Result, Span } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { readDocuments } from "../source/read-documents.ts";
import { decodeFile, type SourceFile, type TextFile } from "../source/source-file.ts";
import { type MapNode, type Node, textOf, toJson } from "../source/tree.ts";
import { trafficFacts } from "./traffic-facts.ts";
import { type Traffic, type TrafficField, type TrafficFields, trafficFields } from "./traffic-fields.ts";

/**
 * Reads a traffic file, YAML or JSON: described traffic, or bare facts.
 *
 * @returns no facts where something in it is not as it should be; each such thing has an `io/traffic` with its place.
 */
export function readTraffic(source: SourceFile): Result<Facts | undefined, Diagnostic> {
  const { value: file, diagnostics: unreadable } = decodeFile(source);
  if (unreadable.length > 0) return { value: undefined, diagnostics: unreadable };
  const bare = readBareJson(file.text);
  if (bare !== undefined) return { value: bare, diagnostics: [] };
  const { value: documents, diagnostics } = readDocuments(file);
  const [root] = documents.flatMap((document) => document.root ?? []);
  const reader = new Reader(file, diagnostics);
  if (root?.kind !== "map") {
    if (diagnostics.length === 0) reader.refuse(root ?? { start: 0, end: file.text.length }, "it is no map");
    return { value: undefined, diagnostics: reader.diagnostics };
  }
  const facts = root.get("facts") === undefined ? describe(root, reader) : readFacts(root, reader);
  const isRefused = reader.diagnostics.some(({ severity }) => severity === "error");
  return { value: isRefused ? undefined : facts, diagnostics: reader.diagnostics };
}

/** The keys of a file with bare facts. */
const factKeys: ReadonlySet<string> = new Set(["meshlog", "facts", "factTexts"]);

/** Facts as they are recorded: JSON, whose texts may hold what YAML may not. */
function readBareJson(text: string): Facts | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== "object" || json === null || !isRecord((json as Facts).facts)) return undefined;
  const { facts, factTexts } = json as Facts;
  const isAlone = Object.keys(json).every((key) => factKeys.has(key)) && (json as { meshlog?: unknown }).meshlog !== 2;
  if (!isAlone || (factTexts !== undefined && !isRecord(factTexts))) return undefined;
  return { facts, ...(factTexts && { factTexts }) };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function readFacts(root: MapNode, reader: Reader): Facts {
  for (const { name, key } of root.entries) {
    if (!factKeys.has(name))
      reader.refuse(key, `"${name}" is not known; a file with facts has ${[...factKeys].join(", ")}`);
  }
  const record = (name: string): Readonly<Record<string, unknown>> => {
    const node = root.get(name);
    if (node === undefined) return {};
    if (node.kind !== "map") reader.refuse(node, `"${name}" is no map`);
    return toJson(node) as Readonly<Record<string, unknown>>;
  };
  return { facts: record("facts"), factTexts: record("factTexts") as NonNullable<Facts["factTexts"]> };
}

function describe(root: MapNode, reader: Reader): Facts {
  const traffic = reader.group(root, trafficFields, ["meshlog"]) as Traffic;
  return reader.diagnostics.some(({ severity }) => severity === "error") ? { facts: {} } : trafficFacts(traffic);
}

/** Reads described traffic by the table of its fields, and keeps what is wrong with it. */
class Reader {
  readonly diagnostics: Diagnostic[];
  readonly #file: TextFile;

  constructor(file: TextFile, diagnostics: readonly Diagnostic[]) {
    this.#file = file;
    this.diagnostics = [...diagnostics];
  }

  /** Notes what is wrong; nothing is read in its place. */
  refuse({ start, end }: Span, problem: string): unknown {
    this.diagnostics.push(report("io/traffic", { file: this.#file.path, start, end }, { problem }));
    return undefined;
  }

  group(node: MapNode, fields: TrafficFields, others: readonly string[] = []): Readonly<Record<string, unknown>> {
    const values: Record<string, unknown> = {};
    for (const [name, { key, value }] of node.fields()) {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
      if (field !== undefined) values[name] = this.#value(value, name, field);
      else if (!others.includes(name))
        this.refuse(key, `"${name}" is not known here; ${listed(Object.keys(fields))} are`);
    }
    return values;
  }

  #value(node: Node, name: string, field: TrafficField): unknown {
    switch (field.type) {
      case "group":
        return node.kind === "map" ? this.group(node, field.fields) : this.refuse(node, `"${name}" is no map`);
      case "text":
        return textOf(node) ?? this.refuse(node, `"${name}" is no text`);
      case "number":
        return this.#number(node, name);
      case "time":
        return this.#time(node, name);
      case "list":
        if (node.kind !== "list") return this.refuse(node, `"${name}" is no list`);
        return node.items.map(({ value }) => textOf(value) ?? this.refuse(value, `an item of "${name}" is no text`));
      case "texts":
        return this.#record(node, name, (value, key) => textOf(value) ?? this.refuse(value, `"${key}" is no text`));
      case "numbers":
        return this.#record(node, name, (value, key) => this.#number(value, key));
      case "objects":
        return this.#record(node, name, (value) => toJson(value));
    }
  }

  #record(node: Node, name: string, read: (value: Node, key: string) => unknown): unknown {
    if (node.kind !== "map") return this.refuse(node, `"${name}" is no map`);
    return Object.fromEntries([...node.fields()].map(([key, { value }]) => [key, read(value, key)]));
  }

  #number(node: Node, name: string): unknown {
    const value = node.kind === "scalar" ? node.value : undefined;
    if (typeof value === "number" && Number.isFinite(value)) return value;
    return this.refuse(node, `"${name}" is no number`);
  }

  #time(node: Node, name: string): unknown {
    const text = node.kind === "scalar" ? node.text : "";
    const isTime = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:[Zz]|[-+]\d\d:\d\d)$/.test(text);
    if (isTime && !Number.isNaN(Date.parse(text.replace(/\.\d+/, "")))) return text.toUpperCase();
    return this.refuse(node, `"${name}" is no time such as 2026-03-28T23:35:58.215Z`);
  }
}

function listed(names: readonly string[]): string {
  return names.join(", ");
}
