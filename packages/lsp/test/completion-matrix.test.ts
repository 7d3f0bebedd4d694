import { check, load } from "@meshlog/compiler";
import {
  availableOperators,
  kumaOperators,
  operators,
  parse,
  type Part,
  target as readTarget,
  type Target,
} from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { cursorAt, formatsOf } from "../src/cursor.ts";
import { openDocument } from "../src/document.ts";
import { completion } from "../src/features/completion.ts";
import { accept } from "./client.ts";
import { policy } from "./policies.ts";

/** A policy that every Kuma takes: with a mesh, and `to`. */
const policyTo = (format: string): string =>
  policy(format)
    .replace("name: a", "mesh: default\nname: a")
    .replace("  rules:\n  - default:", "  to:\n  - targetRef: {kind: Mesh}\n    default:");

/** How a format can be written; `┆` stands in `marked` where the cursor is. */
const styles: Readonly<Record<string, (marked: string) => string>> = {
  plain: (marked) => policyTo(marked),
  "single quotes": (marked) => policyTo(`'${marked}'`),
  "double quotes": (marked) => policyTo(`"${marked}"`),
  literal: (marked) => policyTo(`|\n              é\n              ${marked}\n`),
  folded: (marked) => policyTo(`>-\n              😀\n              ${marked}\n`),
  "a JSON document": (marked) =>
    `{"type":"MeshAccessLog","mesh":"default","name":"a","spec":{"to":[{"targetRef":{"kind":"Mesh"},"default":{"backends":[{"type":"File","file":{"path":"/log","format":{"type":"Json","json":[{"key":"k","value":"${marked}"}]}}}]}}]}}`,
};

/** Where the cursor is while the name of an operator is written. */
const places: Readonly<Record<string, (name: string) => string>> = {
  "after the %": () => "x %┆ y",
  "in an unfinished name": (name) => `x %${name.slice(0, 3)}┆`,
  "at the start of a name": (name) => `x %┆${name}% y`,
  "in the middle of a name": (name) => `x %${name.slice(0, 3)}┆${name.slice(3)}% y`,
  "at the end of a name": (name) => `x %${name}┆% y`,
  "at the start of the format": () => "%┆",
};

/** Where it is while an argument is written; nowhere for an operator that has none to show it by. */
const argumentPlaces: Readonly<Record<string, (name: string) => string>> = {
  "in an argument": (name) => `x %${name}(┆)% y`,
  "in an argument that is not closed": (name) => `x %${name}(┆`,
  "after a call that is not closed": (name) => {
    const example = exampleOf(name);
    return example === undefined ? "" : `x ${example.slice(0, -1)}┆`;
  },
};

/** A call of an operator with an argument, as far as it can be written in any quotes. */
function exampleOf(name: string): string | undefined {
  const { example = "" } = operators.get(name) ?? {};
  return example.endsWith(")%") && !/['"\\]/.test(example) ? example : undefined;
}

const targets: Readonly<Record<string, Target>> = Object.fromEntries(
  ["2.9", "2.14", "main"].map((kuma) => {
    const { value } = readTarget({ kuma });
    if (value === undefined) throw new Error(kuma);
    return [kuma, value];
  }),
);

const uri = "file:///a.yaml";
const plainClient = { snippets: false, sharesRange: false, resolves: true, tagsDeprecated: true };

/** Codes of errors: a lint may well be right about an operator that was asked for. */
function errorsIn(text: string, target: Target): readonly string[] {
  const { value, diagnostics } = load([{ path: uri, content: text }]);
  return [...diagnostics, ...check(value, target).diagnostics]
    .filter(({ severity }) => severity === "error")
    .map(({ code, message }) => `${code} ${message}`);
}

const codeOf = (error: string): string => error.split(" ")[0] ?? "";

/** The operators that are whole. */
function operatorsIn(text: string): readonly string[] {
  return partsIn(text).flatMap((part) => (part.kind === "operator" ? [part.name.text] : part.kind === "kuma" ? [part.name] : [])); // prettier-ignore
}

/** Those that are not closed too. */
function callsIn(text: string): readonly string[] {
  return partsIn(text).flatMap((part) => (part.kind === "operator" || part.kind === "broken" ? [part.name.text] : []));
}

function partsIn(text: string): readonly Part[] {
  const { value } = load([{ path: uri, content: text }]);
  return value.resources.flatMap(formatsOf).flatMap(({ node }) => parse(node.text).parts);
}

describe.each(Object.keys(targets))("for Kuma %s, every operator is written as it is wanted", (kuma) => {
  const target = targets[kuma];
  if (target === undefined) return;
  const cases = Object.keys(styles).flatMap((style) => Object.keys(places).map((place) => [style, place] as const));
  it.each(cases)("in %s, %s", (style, place) => {
    for (const { name } of availableOperators(target)) {
      const marked = styles[style]?.(places[place]?.(name) ?? "") ?? "";
      const text = marked.replace("┆", "");
      const document = openDocument(uri, "yaml", 1, text);
      const cursor = cursorAt(document, marked.indexOf("┆"));
      const list = cursor && completion(cursor, target, [], plainClient);
      const item = list?.items.find(({ label }) => label === name);
      if (name === "COALESCE" && style === "a JSON document") {
        // Kuma refuses any quote in a value of a JSON format, and COALESCE's argument has some.
        if (!place.endsWith("of a name")) expect(item).toBeUndefined();
        continue;
      }
      expect(item, `${name} is offered`).toBeDefined();
      if (item === undefined) continue;
      const after = accept(marked, item);
      expect(operatorsIn(after), after).toEqual([name]);
      expect(errorsIn(after, target), after).toEqual([]);
    }
  });

  const arguments_ = Object.keys(styles).flatMap((style) =>
    Object.keys(argumentPlaces).map((place) => [style, place] as const),
  );
  it.each(arguments_)("in %s, %s", (style, place) => {
    for (const { name } of availableOperators(target)) {
      const format = argumentPlaces[place]?.(name) ?? "";
      if (format === "" || kumaOperators.has(name)) continue;
      const marked = styles[style]?.(format) ?? "";
      const text = marked.replace("┆", "");
      // A duration has two points, of which one is written now.
      const before = [...errorsIn(text, target).map(codeOf), "format/duration-points"];
      const cursor = cursorAt(openDocument(uri, "yaml", 1, text), marked.indexOf("┆"));
      const items = (cursor && completion(cursor, target, [], plainClient))?.items ?? [];
      // All of them once; how they are written into a scalar depends on the first and the last as much as on others.
      const some = style === "single quotes" ? items : items.filter((_, i) => i === 0 || i === items.length - 1);
      for (const item of some) {
        const after = accept(marked, item);
        expect(place.startsWith("in an argument that") ? callsIn(after) : operatorsIn(after), after).toEqual([name]);
        expect(errorsIn(after, target).filter((error) => !before.includes(codeOf(error))), after).toEqual([]); // prettier-ignore
      }
    }
  });
});
