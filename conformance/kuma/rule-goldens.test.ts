import { afterAll, describe, expect, it } from "vitest";
import { type Profile, profile } from "../../packages/compiler/src/kuma/profile.ts";
import type { EffectiveConf } from "../../packages/compiler/src/match/effective-conf.ts";
import { inboundConfs, type InboundRule } from "../../packages/compiler/src/match/inbound-rules.ts";
import { fromRules, toRules } from "../../packages/compiler/src/match/legacy-rules.ts";
import { compareToItems } from "../../packages/compiler/src/match/order.ts";
import { toItems } from "../../packages/compiler/src/match/policy-items.ts";
import { resourceRules } from "../../packages/compiler/src/match/resource-rules.ts";
import { kri } from "../../packages/compiler/src/source/kri.ts";
import { portName, readRealResource } from "../../packages/compiler/src/source/real-resources.ts";
import {
  type Json,
  type JsonMap,
  list,
  map,
  merged,
  mergedConf,
  originOf,
  originsIn,
  originsOf,
  policy,
  resource,
  type RuleGolden,
  ruleGoldens,
  inSeconds,
  tagsIn,
  tagsOf,
  text,
  transformed,
} from "./rule-goldens.ts";

const goldens = ruleGoldens();
const counts = new Map<string, number>();

function count(what: string): void {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

describe.runIf(goldens.length > 0)("Kuma's own cases of rules hold", () => {
  describe.each([...Map.groupBy(goldens, ({ release }) => release.name)])("in Kuma %s", (_, cases) => {
    it.each(cases.map((golden) => [[golden.group, golden.name, golden.transform ?? ""].join(" "), golden] as const))(
      "%s",
      (__, golden) => {
        const reason = leftOut(golden);
        count(reason === undefined ? golden.group : `left out: ${reason}`);
        if (reason === undefined) checks[golden.group](golden, profile(golden.release));
      },
    );
  });

  afterAll(() => {
    console.log([...counts].map(([what, number]) => `${number} ${what}`).join("; "));
  });

  it("and enough of them ran", () => {
    expect(goldens.length).toBeGreaterThan(700);
  });
});

/** Why a MeshAccessLog cannot be in such a case. */
function leftOut({ group, release, documents }: RuleGolden): string | undefined {
  const tops = documents.map(({ spec }) => text(map(map(spec)["targetRef"])["kind"]));
  if (release.line === "main" && (group === "to" || group === "single")) return "rules by tags, on main";
  if (group === "to" && tops.includes("MeshHTTPRoute")) return "a policy for a MeshHTTPRoute as a whole";
  return undefined;
}

const checks: Readonly<Record<RuleGolden["group"], (golden: RuleGolden, facts: Profile) => void>> = {
  from: checkLegacy,
  to: checkLegacy,
  single: checkLegacy,
  rules: checkLegacy,
  resourcerules: checkResources,
  inboundrules: checkInbound,
  sort: checkSort,
};

function checkLegacy(golden: RuleGolden, facts: Profile): void {
  const { documents, expected } = golden;
  const policies = documents.map(policy);
  const rules = policies.some(({ spec }) => spec.from !== undefined)
    ? fromRules(policies, facts)
    : toRules(policies, facts);
  const shown = map(expected)["Rules"] ?? expected;
  const theirs = (Array.isArray(shown) ? list(shown) : list(map(shown)["127.0.0.1:80"])).map(map);
  const ours = [...rules.all()];
  expect(ours.map(tagsOf)).toEqual(theirs.map(({ Subset }) => tagsIn(Subset)));
  ours.forEach((rule, i) => {
    const { Conf: conf = null, Origin } = theirs[i] ?? {};
    // Each policy once; up to 2.8 sorted by name.
    const origins = merged(rule.conf).map(({ origin }) => origin);
    expect(new Set(origins)).toEqual(new Set(list(Origin).map((origin) => originOf(map(origin)))));
    checkConf(rule.conf, conf, golden);
  });
}

function checkConf(rule: EffectiveConf, conf: Json, { documents, release }: RuleGolden): void {
  const types = documents.map(({ type }) => text(type));
  const ours = mergedConf(merged(rule));
  // Routes are merged in another way. Go writes what is no pointer though it is empty: in 2.0, and defaults of a MeshTrace.
  if (types.some((type) => type === "MeshTCPRoute" || type === "MeshHTTPRoute")) return;
  if (types.includes("MeshTrace") || release.line === "2.0") expect(inSeconds(conf)).toMatchObject(map(ours));
  else expect(inSeconds(conf)).toEqual(ours);
}

function isTested({ name }: JsonMap): boolean {
  return text(name).startsWith("matched-for-rules-");
}

function checkResources(golden: RuleGolden, facts: Profile): void {
  const documents = transformed(golden);
  const policies = documents.filter((_, i) => isTested(golden.documents[i] ?? {})).map(policy);
  const others = documents.filter((_, i) => !isTested(golden.documents[i] ?? {})).map((one) => resource(one));
  const meshResource = others.find(({ kind }) => kind === "Mesh");
  const realResources = others.flatMap((one) => readRealResource(one) ?? []);
  const rules = resourceRules(
    policies,
    {
      ...(meshResource === undefined ? {} : { meshResource }),
      realResources,
      routes: others.filter(({ kind }) => kind === "MeshHTTPRoute"),
    },
    facts,
  );
  const theirs = new Map(Object.entries(map(golden.expected)).map(([key, rule]) => [idOf(key), map(rule)]));
  const ids = [
    ...others.map((one) => kri(one)),
    ...realResources.flatMap((one) => one.ports.map((port) => kri(one.resource, portName(port)))),
  ];
  const ours = new Map(ids.map((id) => [id, rules.get(id)]));
  expect([...ours].flatMap(([id, rule]) => (rule === undefined ? [] : [id])).sort()).toEqual([...theirs.keys()].sort());
  for (const [id, rule] of ours) {
    const { Conf, Origin } = theirs.get(id) ?? {};
    if (rule === undefined) continue;
    expect(originsOf(rule)).toEqual(originsIn(Origin));
    const [conf = null] = list(Conf);
    checkConf(rule, conf, golden);
  }
}

/** An identifier as 2.9 and 2.10 write it: `meshservice:mesh/m:zone/z:namespace/n:name/s:section/p`. */
function idOf(key: string): string {
  if (key.startsWith("kri_")) return key;
  const [kind = "", ...parts] = key.split(":");
  const {
    mesh = "",
    zone = "",
    namespace = "",
    name = "",
    section = "",
  } = Object.fromEntries(parts.map((part) => part.split("/"))) as Record<string, string>;
  const kinds: Readonly<Record<string, string>> = { mesh: "m", meshservice: "msvc", meshexternalservice: "extsvc" };
  return `kri_${kinds[kind] ?? kind}_${mesh}_${zone}_${namespace}_${name}_${section}`;
}

function checkInbound(golden: RuleGolden, facts: Profile): void {
  const { documents, expected } = golden;
  const ours = inboundConfs(documents.map(policy), facts);
  const theirs = list(map(expected)["rules"]).map(map);
  if (facts.inboundRules === "merged") {
    // From 2.12 on what is merged is listed before it is.
    expect(ours.flatMap(originsOf)).toEqual(theirs.flatMap(({ origin }) => originsIn(asList(origin))));
    const [conf] = list(theirs[0]?.["conf"]);
    for (const rule of ours) if (conf !== undefined) checkConf(rule, conf, golden);
    return;
  }
  const shown = (rule: InboundRule): object => ({ origins: originsOf(rule), match: rule.match ?? null });
  expect(ours.map(shown)).toEqual(
    theirs.map(({ origin, match = null }) => ({ origins: originsIn([origin ?? null]), match })),
  );
  ours.forEach((rule, i) => {
    checkConf(rule, theirs[i]?.["conf"] ?? null, golden);
  });
}

function asList(json: Json | undefined): Json {
  return Array.isArray(json) ? list(json) : [json ?? null];
}

function checkSort({ documents, expected }: RuleGolden, facts: Profile): void {
  const items = documents.filter(isTested).map(policy).flatMap(toItems).sort(compareToItems(facts));
  const ours = items.map(({ policy: from, item, conf }) =>
    originsOf({ conf, from: { policy: from, item }, overridden: [] }),
  );
  const theirs = list(expected).map(map);
  expect(ours.flat()).toEqual(
    theirs.map(({ Meta, ResourceMeta, RuleIndex }) => `${originOf(map(Meta ?? ResourceMeta))} ${text(RuleIndex)}`),
  );
}
