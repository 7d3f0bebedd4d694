import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { kumaReleases, target } from "@meshlog/parser";
import { readWorlds, versions } from "../../../../conformance/kuma/worlds.ts";
import { check } from "../../src/check.ts";
import { policySchema } from "../../src/documents/policy-schema.ts";
import { starterPolicy } from "../../src/documents/starter-policy.ts";
import { load } from "../../src/source/load.ts";
import { toJson } from "../../src/source/tree.ts";
import { readShared } from "../shared.ts";

const lines = [...new Set(kumaReleases.map(({ line }) => line))];

function newest(line: string) {
  const members = target(`kuma ${line}`).value?.members ?? [];
  const kuma = members.at(-1)?.kuma;
  if (kuma === undefined) throw new Error(`no Kuma ${line}`);
  return { kuma, members };
}

function schemaOf(line: string, shape: "universal" | "kubernetes" | "both" = "both"): ValidateFunction {
  const ajv = new Ajv({ allErrors: true, strict: true, strictRequired: false, strictTypes: false });
  addFormats.default(ajv);
  ajv.addVocabulary(["deprecationMessage", "defaultSnippets"]);
  return ajv.compile(policySchema([newest(line).kuma], shape));
}

/** A resource, and what Kuma's own code makes of it. */
interface EdgeCase {
  readonly name: string;
  readonly resource: object;
  readonly results: readonly { readonly versions: readonly string[]; readonly stage: string }[];
}

const edgeCases = readShared("conformance/validator-cases/oracle/edge-cases.json");

/** The policies of a file, with whether meshlog refuses each and whether it has fields that Kuma drops. */
function judged(path: string, content: string, line: string) {
  const { value: bundle, diagnostics: read } = load([{ path, content }]);
  const found = [...read, ...check(bundle, { members: newest(line).members }).diagnostics];
  return bundle.resources
    .filter(({ kind }) => kind === "MeshAccessLog")
    .map((policy) => {
      const own = found.filter(({ start, end, file }) => file === path && start >= policy.node.start && end <= policy.node.end); // prettier-ignore
      return {
        document: toJson(policy.node),
        isRefused: own.some(({ code }) => code.startsWith("policy/") && code !== "policy/deprecated"),
        isOfSchema: own.some(({ code }) => code === "policy/schema"),
        hasUnknown: own.some(({ code }) => code === "lint/unknown-field"),
      };
    });
}

const examples = ["examples", "conformance/docs/examples"].flatMap((folder) => {
  const root = join(import.meta.dirname, "../../../..", folder);
  return (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".yaml") && !name.includes("node_modules"))
    .map((name) => ({ path: `${folder}/${name}`, content: readFileSync(join(root, name), "utf8") }));
});

describe("the schema of policies", () => {
  it.each(lines)(
    "of Kuma %s takes what Kuma takes, in examples and worlds, and refuses what Kuma's schema refuses",
    (line) => {
      const isPolicy = schemaOf(line);
      const recorded = versions.filter((version) => version.startsWith(`${line}.`) || version === line);
      const worlds = recorded.flatMap((version) => readWorlds(version).map(({ id, world }) => ({ path: `${id}.yaml`, content: world }))); // prettier-ignore
      const counts = { taken: 0, refused: 0 };
      for (const { path, content } of [...examples, ...worlds]) {
        for (const { document, isRefused, isOfSchema, hasUnknown } of judged(path, content, line)) {
          const isTaken = isPolicy(document);
          if (!isRefused && !hasUnknown) {
            expect({ path, errors: isTaken ? [] : isPolicy.errors }).toEqual({ path, errors: [] });
            counts.taken++;
          }
          if (isOfSchema) {
            expect({ path, document, isTaken }).toEqual({ path, document, isTaken: false });
            counts.refused++;
          }
        }
      }
      expect(counts.taken).toBeGreaterThan(0);
    },
    120_000,
  );

  it.runIf(edgeCases !== undefined)(
    "takes what Kuma's own code took of odd resources, and refuses what its schema refused",
    () => {
      const cases = JSON.parse(edgeCases ?? "[]") as readonly EdgeCase[];
      const schemas = new Map(lines.map((line) => [line, schemaOf(line)]));
      const counts = { taken: 0, refused: 0, refusedByValidator: 0, invalid: 0 };
      for (const { name, resource, results } of cases) {
        for (const { versions: of, stage } of results) {
          for (const line of of) {
            const isPolicy = schemas.get(line);
            const [only] = judged("p.yaml", JSON.stringify(resource), line);
            // Fields that Kuma drops are findings here.
            if (isPolicy === undefined || only === undefined || only.hasUnknown) continue;
            const isTaken = isPolicy(resource);
            if (stage === "ok") {
              expect({ name, line, errors: isTaken ? [] : isPolicy.errors }).toEqual({ name, line, errors: [] });
              counts.taken++;
            } else if (stage === "schema") {
              expect({ name, line, isTaken }).toEqual({ name, line, isTaken: false });
              counts.refused++;
            } else if (stage === "validate") {
              counts.invalid++;
              if (!isTaken) counts.refusedByValidator++;
            }
          }
        }
      }
      expect(counts.taken).toBeGreaterThan(1000);
      expect(counts.refused).toBeGreaterThan(500);
      // A good part of what the validator alone refuses is structure.
      expect(counts.refusedByValidator).toBeGreaterThan(counts.invalid / 3);
    },
    120_000,
  );

  it("takes resources of other kinds, and looks into lists", () => {
    const isPolicy = schemaOf("2.14");
    const wrong = { apiVersion: "kuma.io/v1alpha1", kind: "MeshAccessLog", metadata: { name: "a" }, spec: {} };
    expect(isPolicy({ apiVersion: "v1", kind: "ConfigMap", data: {} })).toBe(true);
    expect(isPolicy({ type: "Dataplane", mesh: "default" })).toBe(true);
    expect(isPolicy(wrong)).toBe(false);
    expect(isPolicy({ apiVersion: "v1", kind: "List", items: [wrong] })).toBe(false);
    expect(isPolicy({ apiVersion: "v1", kind: "List", items: [{ kind: "ConfigMap" }] })).toBe(true);
    expect(schemaOf("2.14", "universal")(wrong)).toBe(true);
  });

  it("of several releases wants a policy to be right for each", () => {
    const releases = ["2.9", "2.10", "2.11"].map((line) => newest(line).kuma);
    const ajv = new Ajv({ strict: false, validateFormats: false });
    const isPolicy = ajv.compile(policySchema(releases, "universal"));
    expect(isPolicy(starterPolicy(newest("2.9").kuma, "universal"))).toBe(true);
    expect(isPolicy(starterPolicy(newest("2.11").kuma, "universal"))).toBe(false);
    // 2.10 and 2.11 have one schema but for the kinds of routes.
    expect(Object.keys(policySchema(releases, "universal")["definitions"] as object)).toHaveLength(3);
    expect(Object.keys(policySchema(releases.slice(0, 1), "both")["definitions"] as object)).toHaveLength(2);
  });
});

describe("the starter policy", () => {
  it.each(lines.flatMap((line) => [["universal", line] as const, ["kubernetes", line] as const]))(
    "in the shape %s is right for Kuma %s, with nothing to say about it",
    (shape, line) => {
      const policy = starterPolicy(newest(line).kuma, shape);
      const { value: bundle, diagnostics } = load([{ path: "p.yaml", content: JSON.stringify(policy) }]);
      expect([...diagnostics, ...check(bundle, { members: newest(line).members }).diagnostics]).toEqual([]);
      expect(schemaOf(line, shape)(policy)).toBe(true);
    },
  );
});
