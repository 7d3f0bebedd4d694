import { kumaReleases, target, type Target } from "@meshlog/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import type { Diagnostic } from "../../src/diagnostics.ts";
import { load } from "../../src/source/load.ts";
import { behaviours } from "../../src/validate/behaviours.ts";
import { lines } from "../kuma/lines.ts";
import { randomPolicy } from "./random-policy.ts";

const kuma = (range: string): Target => {
  const { value } = target({ kuma: range });
  if (value === undefined) throw new Error(`no ${range}`);
  return value;
};

function judge(policy: object, range: Target): readonly Diagnostic[] {
  return check(load([{ path: "a.json", content: JSON.stringify(policy) }]).value, range).diagnostics;
}

/** What Kuma says in one member. */
function saidTo(name: string, diagnostics: readonly Diagnostic[]): readonly object[] {
  return diagnostics.flatMap(({ code, affects, kuma: newest, variants = [] }) => {
    if (!affects.includes(name)) return [];
    const said = variants.find((variant) => variant.affects.includes(name))?.kuma ?? newest;
    return said === undefined ? [] : [{ code, ...said }];
  });
}

function policy(targetRef: object, rest: object): object {
  return { type: "MeshAccessLog", mesh: "default", name: "a", spec: { targetRef, ...rest } };
}

const to = [{ targetRef: { kind: "Mesh" }, default: { backends: [{ type: "File", file: { path: "/a" } }] } }];

describe("in a range of releases", () => {
  it("what all say alike is one diagnostic", () => {
    const found = judge(policy({ kind: "Mesh" }, { to: [{ ...to[0], default: {} }] }), kuma("2.5..main"));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      kuma: { field: "spec.to[0].default.backends", message: "must be defined" },
      affects: kuma("2.5..main").members.map(({ name }) => name),
    });
    expect(found[0]).not.toHaveProperty("variants");
  });

  it("what older ones say in other words is a variant of what the newest says", () => {
    const found = judge(policy({ kind: "MeshHTTPRoute", name: "r" }, { to }), kuma("2.11..2.14"));
    expect(found).toMatchObject([
      {
        path: "spec.targetRef.kind",
        kuma: { field: "spec.targetRef.kind", message: "value 'MeshHTTPRoute' is not supported" },
        affects: ["2.11.18", "2.12.14", "2.13.10", "2.14.3"],
        variants: [
          {
            affects: ["2.11.18", "2.12.14"],
            kuma: { field: "spec.targetRef.kind", message: "value is not supported" },
          },
        ],
      },
    ]);
  });

  it("what only some say names them", () => {
    const found = judge(policy({ kind: "Mesh" }, { rules: [{ default: to[0]?.default }] }), kuma("2.8..2.10"));
    expect(found.map(({ code, path, affects }) => ({ code, path, affects }))).toEqual([
      { code: "policy/invalid", path: "spec", affects: ["2.8.8", "2.9.19"] },
      { code: "lint/unknown-field", path: "spec.rules", affects: ["2.8.8", "2.9.19"] },
    ]);
  });

  it("a warning is of those that give it", () => {
    const found = judge(policy({ kind: "MeshService", name: "a" }, { to }), kuma("2.8..2.14"));
    expect(found.filter(({ code }) => code.startsWith("policy/"))).toMatchObject([
      {
        code: "policy/deprecated",
        affects: ["2.9.19", "2.10.11", "2.11.18", "2.12.14", "2.13.10", "2.14.3"],
        variants: [{ affects: ["2.11.18", "2.12.14"] }, { affects: ["2.9.19", "2.10.11"] }],
      },
    ]);
  });

  it("the policies that are given back are those that all accept", () => {
    const bundle = load([{ path: "a.json", content: JSON.stringify(policy({ kind: "Dataplane" }, { to })) }]).value;
    expect(check(bundle, kuma("2.10..2.14")).value).toHaveLength(1);
    expect(check(bundle, kuma("2.9..2.14")).value).toHaveLength(0);
  });
});

// The same policies every time; 20,000 others were run once.
it("each member of a range is told what it is told alone, in the same order", () => {
  const everything = kuma("2.0..main");
  fc.assert(
    fc.property(randomPolicy, (random) => {
      const together = judge(random, everything);
      for (const { name } of lines)
        expect(saidTo(name, together), name).toEqual(saidTo(name, judge(random, kuma(name))));
    }),
    { numRuns: 150, seed: 7 },
  );
});

it("any document is judged, and nothing throws", () => {
  const everything = kuma("2.0..main");
  fc.assert(
    fc.property(fc.object({ maxDepth: 4, values: [fc.jsonValue(), fc.constantFrom("Mesh", "File")] }), (spec) => {
      expect(judge({ type: "MeshAccessLog", name: "a", mesh: "m", spec }, everything)).not.toHaveLength(0);
    }),
    { numRuns: 100, seed: 7 },
  );
});

it("releases that judge alike are judged once", () => {
  const range = target({ kuma: "2.0..main", allPatches: true }).value ?? { members: [] };
  const all = behaviours(range, "no-labels").list;
  expect(behaviours(range, "labels").list.length).toBeGreaterThan(all.length);
  expect(all.flatMap(({ members }) => members)).toHaveLength(kumaReleases.length);
  expect(all.map(({ members }) => `${members[0] ?? ""}..${members.at(-1) ?? ""}`)).toEqual([
    ...["2.0.0..2.0.8", "2.1.0..2.1.7", "2.2.0..2.2.9", "2.3.0..2.3.7", "2.4.0..2.4.10", "2.5.0..2.5.11"],
    ...["2.6.0..2.7.29", "2.8.0..2.8.8", "2.9.0..2.9.19", "2.10.0..2.10.11", "2.11.0..2.12.14"],
    ...["2.13.0..2.13.10", "2.14.0..2.14.0", "2.14.1..2.14.3", "main..main"],
  ]);
});
