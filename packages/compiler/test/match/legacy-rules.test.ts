import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kumaReleases } from "@meshlog/parser";
import { profile } from "../../src/kuma/profile.ts";
import { fromRules, toRules } from "../../src/match/legacy-rules.ts";
import type { TargetRef } from "../../src/validate/policy.ts";
import { profileOf } from "../lower/release.ts";
import { lookUp, type PlainTag, plainRules } from "./plain-rules.ts";
import { items, logsTo, origin, policy } from "./policies.ts";

const mesh: TargetRef = { kind: "Mesh" };
const service = (name: string): TargetRef => ({ kind: "MeshService", name });
const subset = (tags: Record<string, string>): TargetRef => ({ kind: "MeshSubset", tags });
const of = (name: string): Record<string, string> => ({ "kuma.io/service": name });

describe("one item for the Mesh and one for a service", () => {
  const policies = [policy("all", { to: items(mesh) }), policy("web", { to: items(service("web")) })];

  it.each<[release: string, web: boolean, others: boolean, gateway: boolean]>([
    // Only named services are logged.
    ["2.0.3", true, false, false],
    ["2.1.1", true, false, false],
    // All services are, a gateway is not.
    ["2.0.4", true, true, false],
    ["2.1.2", true, true, false],
    ["2.2.0", true, true, false],
    ["2.6.15", true, true, false],
    ["2.7.12", true, true, false],
    ["2.8.7", true, true, false],
    ["2.9.4", true, true, false],
    ["2.10.0", true, true, false],
    // Everything is.
    ["2.7.13", true, true, true],
    ["2.8.8", true, true, true],
    ["2.9.5", true, true, true],
    ["2.10.1", true, true, true],
    ["2.11.0", true, true, true],
    ["2.14.3", true, true, true],
    ["main", false, false, false],
  ])("Kuma %s", (release, web, others, gateway) => {
    const rules = toRules(policies, profileOf(release));
    const found = (element: Record<string, string>) => origin(rules.find(element));
    expect(found(of("web"))).toEqual(web ? ["all:0", "web:0"] : undefined);
    expect(found(of("db"))).toEqual(others ? ["all:0"] : undefined);
    expect(found(of("pass_through"))).toEqual(others ? ["all:0"] : undefined);
    expect(found({})).toEqual(gateway ? ["all:0"] : undefined);
  });
});

it.each(["2.0.0", "2.5.11", "2.9.19"])("a gateway is logged if no item names a service: Kuma %s", (release) => {
  const rules = toRules([policy("a", { to: items(mesh, mesh) })], profileOf(release));
  expect(origin(rules.find({}))).toEqual(["a:0", "a:1"]);
});

it("the strongest item decides, whether it names the service or not, and may log nothing", () => {
  const policies = [
    policy("c", { to: [{ targetRef: service("web"), default: { backends: [] } }] }),
    policy("b", { to: items(service("db"), mesh) }),
    policy("a", { to: [{ targetRef: mesh, default: {} }] }),
  ];
  const rules = toRules(policies, profileOf("2.14.3"));
  // A conf without backends changes nothing.
  expect(rules.find(of("web"))?.conf).toEqual(logsTo("1"));
  expect(rules.find(of("db"))?.from).toMatchObject({ item: 1 });
  expect(rules.find(of("db"))?.overridden).toHaveLength(2);
});

it("what nothing is for has no conf", () => {
  const rules = toRules([policy("a", { to: items(service("web")) })], profileOf("2.14.3"));
  expect([rules.find(of("db")), rules.find({}), toRules([], profileOf("2.0.0")).find({})]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

describe("`to` for", () => {
  it.each<[release: string, kind: string, hidesOthers: boolean]>([
    ["2.9.19", "MeshExternalService", false],
    ["2.14.3", "MeshMultiZoneService", false],
    ["2.11.0", "MeshHTTPRoute", true],
    ["2.14.3", "MeshHTTPRoute", true],
  ])("real resources, Kuma %s %s: another item of the policy is hidden: %s", (release, kind, hidesOthers) => {
    const rules = toRules([policy("a", { to: items(mesh, { kind, name: "web" }) })], profileOf(release));
    expect(origin(rules.find(of("web")))).toEqual(hidesOthers ? undefined : ["a:0"]);
  });

  it("a MeshService by labels is for the service without a name", () => {
    const rules = toRules(
      [policy("a", { to: items({ kind: "MeshService", labels: { a: "b" } }) })],
      profileOf("2.14.3"),
    );
    expect(origin(rules.find(of("")))).toEqual(["a:0"]);
  });
});

it("the items of `from` are counted after those of `to`", () => {
  const rules = fromRules([policy("a", { to: items(mesh, mesh), from: items(mesh) })], profileOf("2.9.19"));
  expect(origin(rules.find({}))).toEqual(["a:2"]);
});

describe("items of several tags are partitioned", () => {
  const show = (release: string, ...targetRefs: TargetRef[]): string =>
    [...fromRules([policy("a", { from: items(...targetRefs) })], profileOf(release)).all()]
      .map(({ subset: tags }) =>
        tags.map(({ key, value, isNegative }) => `${key}${isNegative ? "!" : ""}${value}`).join(),
      )
      .join(" ");

  it.each<[releases: string, rules: string]>([
    ["2.0.0 2.2.9 2.3.0 2.7.19 2.9.10 2.10.8 2.11.7 2.12.3", "x2,y1 x1,y1 x!1,x!2,y1 x2,y!1 x1,y!1"],
    ["2.7.20 2.10.9 2.11.8 2.12.4 2.13.0", "x1,y1 x2,y1 x!1,x!2,y1 x2,y!1 x1,y!1"],
    ["2.7.21 2.9.11 2.10.10 2.11.9 2.12.6 2.13.1 2.14.3", "x2,y1 x1,y1 x!2,y1 x2,y!1 x!1,y1 x1,y!1"],
  ])("Kuma %s", (releases, rules) => {
    for (const release of releases.split(" ")) {
      expect([release, show(release, subset({ x: "1" }), subset({ y: "1" }), subset({ x: "2" }))]).toEqual([
        release,
        rules,
      ]);
    }
  });

  it.each([
    // The first key that the other lacks made two subsets meet that another key keeps apart.
    ["2.6.14 2.7.10 2.8.5 2.9.2", true],
    ["2.6.15 2.7.11 2.8.6 2.9.3 2.10.0", false],
  ])("Kuma %s: together if they have nothing in common: %s", (releases, areTogether) => {
    for (const release of releases.split(" ")) {
      const rules = show(release, subset({ a: "1", x: "1" }), subset({ x: "2" }));
      expect([release, rules.includes("a!1,x2")]).toEqual([release, areTogether]);
    }
  });

  it.each([
    ["2.6.14 2.7.10 2.8.5 2.9.2", undefined],
    ["2.6.15 2.7.11 2.8.6 2.9.3 2.10.0 2.14.3", ["a:0"]],
  ])("Kuma %s: traffic that lacks a tag is in a rule that excludes it: %j", (releases, expected) => {
    for (const release of releases.split(" ")) {
      const rules = fromRules(
        [policy("a", { from: items(subset({ x: "1" }), subset({ y: "1" })) })],
        profileOf(release),
      );
      expect([release, origin(rules.find({ x: "1" }))]).toEqual([release, expected]);
    }
  });
});

const values = fc.constantFrom("1", "2", "3");
/** In one order: Go's own is random, and up to 2.6.14 it counts. */
const tags = fc
  .record({ x: values, y: values }, { requiredKeys: [], noNullPrototype: true })
  .map((some) => Object.fromEntries(Object.entries(some).sort()));
const targetRef: fc.Arbitrary<TargetRef> = fc.oneof(
  fc.constant(mesh),
  tags.map((some) => ({ kind: "MeshSubset", tags: some })),
  values.map(service),
  fc.tuple(values, tags).map(([name, some]) => ({ kind: "MeshServiceSubset", name, tags: some })),
);
const element = fc
  .tuple(tags, fc.option(fc.constantFrom("1", "2", "3", "4")))
  .map(([some, name]) => ({ ...some, ...(name === null ? {} : of(name)) }));
const release = fc.constantFrom(...kumaReleases.filter(({ line }) => line !== "main"));

/** The tags of an item, in Kuma's order. */
function plain({ kind, name, tags: some = {} }: TargetRef): readonly PlainTag[] {
  const named = kind === "MeshService" || kind === "MeshServiceSubset" ? { "kuma.io/service": name ?? "" } : {};
  return Object.entries({ ...named, ...some }).map(([key, value]) => [key, value, false]);
}

it("the rules of any release are those that trying everything gives, and traffic finds the first", () => {
  fc.assert(
    fc.property(
      release,
      fc.array(targetRef, { maxLength: 5 }),
      fc.boolean(),
      fc.array(element),
      (kuma, targetRefs, isFrom, elements) => {
        const facts = profile(kuma);
        const one = policy("a", { [isFrom ? "from" : "to"]: items(...targetRefs) });
        const ours = isFrom ? fromRules([one], facts) : toRules([one], facts);
        const theirs = plainRules(targetRefs.map(plain), facts, isFrom);
        const origins = (places: readonly number[] = []): readonly string[] => places.map((i) => `a:${i}`);
        expect([...ours.all()].map((rule) => [shown(rule.subset), origin(rule.conf)])).toEqual(
          theirs.map((rule) => [rule.subset.map(String).sort(), origins(rule.items)]),
        );
        for (const traffic of elements) {
          const found = lookUp(theirs, traffic, facts);
          expect(origin(ours.find(traffic)) ?? []).toEqual(origins(found?.items));
        }
      },
    ),
    { numRuns: 1000 },
  );
});

function shown(subsetTags: readonly { key: string; value: string; isNegative: boolean }[]): readonly string[] {
  return subsetTags.map(({ key, value, isNegative }) => String([key, value, isNegative])).sort();
}

it("a service gets the items for the Mesh and those that name it, in the order of their policies (from 2.0.4 on)", () => {
  const names = fc.constantFrom("web", "db", "cache");
  const target = fc.oneof(fc.constant(mesh), names.map(service));
  fc.assert(
    fc.property(
      release.filter(({ name }) => !/^2\.0\.[0-3]$|^2\.1\.[01]$/.test(name)),
      fc.array(fc.array(target, { maxLength: 4 }), { maxLength: 30 }),
      (kuma, lists) => {
        const policies = lists.map((list, i) => policy(`p${i}`, { to: items(...list) }));
        const rules = toRules(policies, profile(kuma));
        for (const name of ["web", "db", "cache", "pass_through"]) {
          const expected = lists.flatMap((list, i) =>
            list.flatMap((one, j) => (one.kind === "Mesh" || one.name === name ? [`p${i}:${j}`] : [])),
          );
          expect(origin(rules.find(of(name))) ?? []).toEqual(expected);
        }
      },
    ),
  );
});
