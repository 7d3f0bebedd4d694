import { operators, parse, render, target } from "@meshlog/parser";
import { expect, it } from "vitest";
import { readTraffic, samples, trafficFacts, trafficShape } from "../../src/index.ts";

const release = target("envoy 1.40").value?.members[0];

/** What follows from no description of one request. */
const untold = new Set(["REQ_WITHOUT_QUERY", "FILE_CONTENT", "SECRET"]);

it.each(Object.keys(samples))("every operator prints something for the sample %s", (name) => {
  if (release === undefined) throw new Error("there is no Envoy 1.40");
  const facts = trafficFacts(samples[name] ?? {});
  const silent = [...operators].flatMap(([operator, { example, since }]) => {
    if (since === "1.41" || untold.has(operator)) return [];
    const { value, diagnostics } = render(parse(example), facts, { release });
    return value === undefined ? [{ operator, diagnostics }] : [];
  });
  expect(silent).toEqual([]);
});

it("what the samples describe, the reader and the schema know", () => {
  for (const [name, sample] of Object.entries(samples)) {
    const { value, diagnostics } = readTraffic({ path: `${name}.json`, content: JSON.stringify(sample) });
    expect(diagnostics).toEqual([]);
    expect(value).toEqual(trafficFacts(sample));
  }
  const [described] = (trafficShape.schema as { readonly oneOf: unknown }).oneOf as readonly {
    readonly properties: Readonly<Record<string, unknown>>;
  }[];
  for (const key of Object.values(samples).flatMap(Object.keys)) expect(described?.properties).toHaveProperty(key);
});
