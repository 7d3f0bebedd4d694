import { globSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Profile, profile } from "../../packages/compiler/src/kuma/profile.ts";
import { inboundConfs } from "../../packages/compiler/src/match/inbound-rules.ts";
import { fromRules, type LegacyRules, toRules } from "../../packages/compiler/src/match/legacy-rules.ts";
import { resourceRules } from "../../packages/compiler/src/match/resource-rules.ts";
import {
  indexPolicies,
  type ListenerKey,
  select,
  selectedAt,
  type Selection,
} from "../../packages/compiler/src/match/select.ts";
import { selectGateway } from "../../packages/compiler/src/match/select-gateway.ts";
import { readDataplane } from "../../packages/compiler/src/source/dataplane.ts";
import { kri } from "../../packages/compiler/src/source/kri.ts";
import { readMeshGateway } from "../../packages/compiler/src/source/mesh-gateway.ts";
import { readRealResource } from "../../packages/compiler/src/source/real-resources.ts";
import type { Policy } from "../../packages/compiler/src/validate/policy.ts";
import { type KumaRelease, kumaReleases } from "../../packages/parser/src/index.ts";
import {
  type Json,
  type JsonMap,
  list,
  map,
  originOf,
  originsIn,
  originsOf,
  policy,
  readJson,
  readYaml,
  resource,
  tagsIn,
  tagsOf,
  text,
  transformedBy,
} from "./rule-goldens.ts";
import { goldensFolder } from "./shared-folder.ts";

/** A case of Kuma's own tests of its matchers: a Dataplane, policies of any kind, and what is matched. */
interface MatcherGolden {
  readonly release: KumaRelease;
  readonly group:
    "dataplanepolicies" | "dataplane-kind" | "fromrules" | "torules" | "meshexternalservice" | "meshgateways";
  readonly name: string;
  readonly dataplane: JsonMap;
  /** The policies, and what they refer to. */
  readonly documents: readonly JsonMap[];
  readonly expected: JsonMap;
}

const goldens = globSync("*/core/matchers/matchedpolicies/**/*.dataplane.yaml", { cwd: goldensFolder ?? "/nowhere" })
  .sort()
  .flatMap((file) => goldensOf(join(goldensFolder ?? "", file), file.split("/")[0] ?? ""));

function goldensOf(file: string, version: string): readonly MatcherGolden[] {
  const release = kumaReleases.find(({ name: own }) => own === version);
  if (release === undefined) throw new Error(`there is no Kuma ${version}`);
  const [folder, name] = [dirname(file), basename(file).replace(".dataplane.yaml", "")];
  const group = basename(folder) as MatcherGolden["group"];
  const [dataplane = {}] = readYaml(file).map(map);
  const documents = globSync([`${name}.policies.yaml`, `${name}.mes.yaml`], { cwd: folder }).flatMap((one) =>
    readYaml(join(folder, one)).map(map),
  );
  return globSync([`${name}.golden.yaml`, `${name}/*.golden.yaml`], { cwd: folder })
    .sort()
    .map((golden) => {
      const expected = map(readYaml(join(folder, golden))[0]);
      const one = { release, group, expected };
      if (group !== "dataplane-kind") return { ...one, name, dataplane, documents };
      const pair = basename(golden, ".golden.yaml");
      const [forDataplane = "", forPolicies = ""] = list(
        map(readJson(join(goldensFolder ?? "", version, "core/manifest.json"))["dataplaneKindPairs"])[pair],
      ).map(text);
      const key = `${group}/${name}/${pair}`;
      const [moved = {}] = transformedBy(version, key, forDataplane, [dataplane]);
      return {
        ...one,
        name: `${name} ${pair}`,
        dataplane: moved,
        documents: transformedBy(version, key, forPolicies, documents),
      };
    });
}

const counts = new Map<string, number>();
const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);

describe.runIf(goldens.length > 0)("Kuma's own cases of matching hold", () => {
  describe.each([...Map.groupBy(goldens, ({ release }) => release.name)])("in Kuma %s", (_, cases) => {
    it.each(cases.map((golden) => [`${golden.group} ${golden.name}`, golden] as const))("%s", (__, golden) => {
      const reason = leftOut(golden);
      count(reason === undefined ? golden.group : `left out: ${reason}`);
      if (reason === undefined) checks[golden.group](golden, matchedIn(golden));
    });
  });

  afterAll(() => {
    console.log([...counts].map(([what, number]) => `${number} ${what}`).join("; "));
  });

  it("and enough of them ran", () => {
    expect(goldens.length).toBeGreaterThan(400);
  });
});

/** Kinds that are there to be referred to, where policies of another kind are. */
const context = new Set(["MeshGateway", "MeshHTTPRoute", "MeshExternalService", "MeshService", "Mesh"]);

function policiesOf(documents: readonly JsonMap[]): readonly JsonMap[] {
  const policies = documents.filter(({ type }) => !context.has(text(type)));
  return policies.length > 0 ? policies : documents.filter(({ type }) => type === "MeshHTTPRoute");
}

/** Why a MeshAccessLog cannot be in such a case. */
function leftOut({ documents }: MatcherGolden): string | undefined {
  const tops = policiesOf(documents).map(({ spec }) => text(map(map(spec)["targetRef"])["kind"]));
  return tops.includes("MeshHTTPRoute") ? "a policy for a MeshHTTPRoute as a whole" : undefined;
}

/** What meshlog makes of a case. */
interface Matched {
  readonly facts: Profile;
  readonly selections: readonly Selection<Policy>[];
  readonly policies: readonly Policy[];
  readonly at: (key: string) => readonly Policy[];
  readonly keys: readonly string[];
}

function matchedIn({ release, dataplane: document, documents }: MatcherGolden): Matched {
  const facts = profile(release);
  const { value: dataplane } = readDataplane(resource(document));
  if (dataplane === undefined) throw new Error("no Dataplane");
  const gateways = documents.filter(({ type }) => type === "MeshGateway").map((one) => readMeshGateway(resource(one)));
  const gateway = selectGateway(gateways, dataplane, facts);
  const index = indexPolicies(policiesOf(documents).map(policy), facts);
  const selections = select(index, gateway === undefined ? { dataplane } : { dataplane, gateway }, facts);
  return {
    facts,
    selections,
    policies: selections.map((one) => one.policy),
    at: (key) => selectedAt(selections, key.replace(/:(?=\d+$)/, "|") as ListenerKey),
    keys: [...new Set(selections.flatMap(({ keys }) => keys))].map((key) => key.replace("|", ":")).sort(),
  };
}

const checks: Readonly<Record<MatcherGolden["group"], (golden: MatcherGolden, matched: Matched) => void>> = {
  dataplanepolicies: checkPolicies,
  "dataplane-kind": checkPolicies,
  fromrules: ({ expected, documents }, matched) => {
    checkFrom(map(expected["Rules"]), matched);
    checkInbound(map(expected["InboundRules"]), documents, matched);
  },
  torules: checkTo,
  meshexternalservice: checkTo,
  meshgateways: ({ expected, documents }, matched) => {
    const { Rules, FromRules, InboundRules, ToRules } = expected;
    checkFrom(map(Rules ?? FromRules), matched);
    checkInbound(map(InboundRules), documents, matched);
    const byListener = map(map(ToRules)["ByListener"]);
    for (const [key, rules] of Object.entries(byListener)) {
      checkLegacy(toRules(matched.at(key), matched.facts), list(map(rules)["Rules"] ?? rules));
    }
    if (ToRules !== undefined) expect(Object.keys(byListener).sort()).toEqual(matched.keys);
  },
};

function checkPolicies({ expected }: MatcherGolden, { policies }: Matched): void {
  const theirs = list(expected["items"]).map(map);
  expect(
    policies.map(({ resource: { name, labels } }) => originOf({ name, labels: Object.fromEntries(labels) })),
  ).toEqual(theirs.map(originOf));
}

function checkFrom(theirs: JsonMap, { facts, at, keys }: Matched): void {
  if (Object.keys(theirs).length === 0) return;
  expect(Object.keys(theirs).sort()).toEqual(keys);
  for (const [key, rules] of Object.entries(theirs)) checkLegacy(fromRules(at(key), facts), list(rules));
}

function checkTo({ expected, documents }: MatcherGolden, { policies, facts }: Matched): void {
  if (facts.hasTagRules) checkLegacy(toRules(policies, facts), list(expected["Rules"]));
  const others = documents.filter((document) => !policiesOf(documents).includes(document)).map((one) => resource(one));
  const rules = resourceRules(
    policies,
    {
      realResources: others.flatMap((one) => readRealResource(one) ?? []),
      routes: others.filter(({ kind }) => kind === "MeshHTTPRoute"),
    },
    facts,
  );
  const theirs = Object.values(map(expected["ResourceRules"])).map(map);
  const ours = others.flatMap((one) => rules.get(kri(one)) ?? []);
  expect(ours.map(originsOf)).toEqual(theirs.map(({ Origin }) => originsIn(Origin)));
}

function checkLegacy(rules: LegacyRules, theirs: readonly Json[]): void {
  const shown = [...rules.all()].map((rule) => ({
    tags: tagsOf(rule),
    origins: new Set(originsOf(rule.conf).map(withoutIndex)),
  }));
  expect(shown).toEqual(
    theirs.map(map).map(({ Subset, Origin }) => ({
      tags: tagsIn(Subset),
      origins: new Set(list(Origin).map((origin) => originOf(map(origin)))),
    })),
  );
}

/** A MeshTrafficPermission does not take items of `from` for rules, as a MeshAccessLog does. */
function checkInbound(theirs: JsonMap, documents: readonly JsonMap[], { facts, at }: Matched): void {
  if (policiesOf(documents).some(({ spec, type }) => type !== "MeshAccessLog" && map(spec)["from"] !== undefined))
    return;
  for (const [key, rules] of Object.entries(theirs)) {
    const origins = list(rules).flatMap((rule) => {
      const { origin = null } = map(rule);
      return originsIn(Array.isArray(origin) ? origin : [origin]);
    });
    expect(inboundConfs(at(key), facts).flatMap(originsOf)).toEqual(origins);
  }
}

function withoutIndex(origin: string): string {
  return origin.replace(/ \d+$/, "");
}
