import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { policyFacts } from "../../src/validate/behaviours.ts";
import { meshAccessLogSchema } from "../../src/validate/mesh-access-log-schema.ts";
import type { Schema } from "../../src/validate/schema.ts";
import { lines } from "../kuma/lines.ts";
import { readShared } from "../shared.ts";

/** What a schema says, without what is only ours, and with the order of names and requirements taken out. */
function structure(schema: object): unknown {
  const sorted = Object.entries(schema)
    .filter(([key]) => key !== "go" && key !== "isValue")
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    sorted.map(([key, value]): [string, unknown] => {
      if (key === "required") return [key, [...(value as string[])].sort()];
      const entry = value as object | string;
      return [key, typeof entry === "object" && !Array.isArray(entry) ? structure(entry) : entry];
    }),
  );
}

/** The schema of 2.0 is of the spec alone, with the fields of a resource that Kuma's generator put beside it. */
function published(line: string, { universal }: { readonly universal: Schema }): object {
  const { spec, ...meta } = universal.properties ?? {};
  if (line !== "2.0") return universal;
  return { properties: { ...meta, ...spec?.properties } };
}

function digest(schema: object): string {
  return createHash("sha256")
    .update(JSON.stringify(structure(schema)))
    .digest("hex")
    .slice(0, 16);
}

const built = lines.map((release) => ({
  line: release.line,
  schema: published(release.line, meshAccessLogSchema(policyFacts(release))),
}));

describe("the schema of a line", () => {
  it.for(built)("is that of Kuma $line", ({ line, schema }, { skip }) => {
    const truth = readShared(`data/kuma-api-schemas/${line}.json`);
    if (truth === undefined) skip("the references are not here");
    else expect(structure(schema)).toEqual(structure(withoutRootType(JSON.parse(truth) as Schema, line)));
  });

  // Recorded where the schemas above were there to compare with.
  it("has not changed since it was compared", async () => {
    const digests = built.map(({ line, schema }) => `${line} ${digest(schema)}\n`).join("");
    await expect(digests).toMatchFileSnapshot("schema-digests.txt");
  });
});

/** Kuma 2.1 to 2.7 do not say that a resource is an object; it always is. */
function withoutRootType(schema: Schema, line: string): object {
  return line === "2.0" || schema.type !== undefined ? schema : { ...schema, type: "object" };
}
