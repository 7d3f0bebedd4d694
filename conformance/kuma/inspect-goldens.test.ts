import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { profile } from "../../packages/compiler/src/kuma/profile.ts";
import type { EffectiveConf } from "../../packages/compiler/src/match/effective-conf.ts";
import { inboundConfs } from "../../packages/compiler/src/match/inbound-rules.ts";
import { fromRules, type LegacyRules, toRules } from "../../packages/compiler/src/match/legacy-rules.ts";
import { forRealResource, resourceRules } from "../../packages/compiler/src/match/resource-rules.ts";
import {
  indexPolicies,
  listenerKey,
  select,
  selectedAt,
  type Selection,
} from "../../packages/compiler/src/match/select.ts";
import { selectGateway } from "../../packages/compiler/src/match/select-gateway.ts";
import { type Dataplane, readDataplane } from "../../packages/compiler/src/source/dataplane.ts";
import { kri } from "../../packages/compiler/src/source/kri.ts";
import { readMeshGateway } from "../../packages/compiler/src/source/mesh-gateway.ts";
import { portName, readRealResource, type RealResource } from "../../packages/compiler/src/source/real-resources.ts";
import type { Resource } from "../../packages/compiler/src/source/resources.ts";
import type { Policy } from "../../packages/compiler/src/validate/policy.ts";
import { type KumaRelease, kumaReleases } from "../../packages/parser/src/index.ts";
import {
  type Json,
  type JsonMap,
  list,
  map,
  originOf,
  originsOf,
  policy,
  readJson,
  readYaml,
  resource,
  tagsIn,
  tagsOf,
  text,
} from "./rule-goldens.ts";
import { goldensFolder } from "./shared-folder.ts";

/** An answer of Kuma's API: what is matched for a Dataplane, or which Dataplanes a policy selects. */
interface InspectGolden {
  readonly release: KumaRelease;
  readonly name: string;
  /** The path of the request, as parts. */
  readonly request: readonly string[];
  readonly documents: readonly JsonMap[];
  readonly expected: JsonMap;
}

const goldens = globSync("*/inspect/**/*.input.yaml", { cwd: goldensFolder ?? "/nowhere" })
  .sort()
  .map((input): InspectGolden => {
    const file = join(goldensFolder ?? "", input);
    const [version = "", , ...name] = input.replace(".input.yaml", "").split("/");
    const release = kumaReleases.find((one) => one.name === version);
    if (release === undefined) throw new Error(`there is no Kuma ${version}`);
    const [, request = ""] = /^#(\/\S+) \d+$/m.exec(readFileSync(file, "utf8")) ?? [];
    const documents = readYaml(file).map(map);
    const expected = readJson(file.replace(".input.yaml", ".golden.json"));
    return { release, name: name.join("/"), request: request.split(/[/?]/).slice(1), documents, expected };
  });

const counts = new Map<string, number>();
const count = (what: string): void => void counts.set(what, (counts.get(what) ?? 0) + 1);

describe.runIf(goldens.length > 0)("Kuma's API answers as meshlog matches", () => {
  describe.each([...Map.groupBy(goldens, ({ release }) => release.name)])("in Kuma %s", (_, cases) => {
    it.each(cases.map((golden) => [golden.name, golden] as const))("%s", (__, golden) => {
      const reason = leftOut(golden);
      count(reason === undefined ? dirname(golden.name) : `left out: ${reason}`);
      if (reason !== undefined) return;
      const [, , , , question = ""] = golden.request;
      if (question === "_resources") checkSelected(golden);
      else if (question === "_rules") checkRules(golden);
      else checkConfs(golden);
    });
  });

  afterAll(() => {
    console.log([...counts].map(([what, number]) => `${number} ${what}`).join("; "));
  });

  it("and enough of them ran", () => {
    expect(
      [...counts].filter(([what]) => !what.startsWith("left out")).reduce((sum, [, n]) => sum + n, 0),
    ).toBeGreaterThan(100);
  });
});

/** Why a case says nothing of what a MeshAccessLog can be. */
function leftOut({ request, documents, expected }: InspectGolden): string | undefined {
  const [, , kind = "", , question = "", other = ""] = request;
  if (expected["status"] !== undefined) return "the request fails";
  if (kind === "meshgateways") return "asked of a MeshGateway and not of a proxy";
  if (question === "_policies") return "asked for the policies of a proxy as a whole";
  if (request.includes("_routes")) return "asked for the routes of an outbound";
  if (question === "_config") return "asked for a configuration without access logs";
  if (question === "_resources" && (other !== "dataplanes" || typeOf(kind) === undefined))
    return "not of a policy with a targetRef";
  if (question === "_resources" && request.length > 6) return "a page of an answer";
  const types =
    question === "_resources" ? [typeOf(kind)] : list(expected["rules"]).map((rule) => text(map(rule)["type"]));
  const tops = documents
    .filter(({ type }) => types.includes(text(type)))
    .map(({ spec }) => text(map(map(spec)["targetRef"])["kind"]));
  return tops.includes("MeshHTTPRoute") ? "a policy for a MeshHTTPRoute as a whole" : undefined;
}

/** The type of policy that a path names in the plural. */
function typeOf(plural: string): string | undefined {
  return { meshtimeouts: "MeshTimeout", meshtrafficpermissions: "MeshTrafficPermission" }[plural];
}

function ofType(documents: readonly JsonMap[], type: string): readonly JsonMap[] {
  return documents
    .filter((document) => document["type"] === type)
    .sort((a, b) => (text(a["name"]) < text(b["name"]) ? -1 : 1));
}

function dataplanesOf(documents: readonly JsonMap[]): readonly Dataplane[] {
  return ofType(documents, "Dataplane").flatMap((document) => readDataplane(resource(document)).value ?? []);
}

function selected(
  policies: readonly Policy[],
  dataplane: Dataplane,
  { release, documents }: InspectGolden,
): readonly Selection<Policy>[] {
  const facts = profile(release);
  const gateways = ofType(documents, "MeshGateway").map((one) => readMeshGateway(resource(one)));
  const gateway = selectGateway(gateways, dataplane, facts);
  return select(indexPolicies(policies, facts), gateway === undefined ? { dataplane } : { dataplane, gateway }, facts);
}

/** Which Dataplanes a policy selects. */
function checkSelected(golden: InspectGolden): void {
  const { request, documents, expected } = golden;
  const [, , plural = "", name = ""] = request;
  const policies = ofType(documents, typeOf(plural) ?? "").filter((document) => document["name"] === name);
  const ours = dataplanesOf(documents).filter((one) => selected(policies.map(policy), one, golden).length > 0);
  expect(ours.map((one) => one.resource.name)).toEqual(list(expected["items"]).map((item) => text(map(item)["name"])));
}

/** Which policies make up the conf of each type for an inbound or outbound. */
function checkConfs(golden: InspectGolden): void {
  const { release, request, documents, expected } = golden;
  const [, , , name = "", question = "", id = ""] = request;
  const facts = profile(release);
  const [dataplane] = dataplanesOf(documents).filter((one) => one.resource.name === name);
  if (dataplane === undefined) throw new Error("no Dataplane");
  const section = id.slice(id.lastIndexOf("_") + 1);
  const { address, inbounds, listeners } = dataplane;
  const inbound = [...inbounds, ...listeners].find((one) => (one.name ?? String(one.port)) === section);
  const theirs = list(expected["policies"]).map(map);
  for (const { kind, origins } of theirs) {
    const selections = selected(ofType(documents, text(kind)).map(policy), dataplane, golden);
    const matched = selections.map((one) => one.policy);
    const confs =
      question === "_inbounds"
        ? inboundConfs(selectedAt(selections, listenerKey(inbound?.address ?? address, inbound?.port ?? 0)), facts)
        : outboundConfs(matched, id, golden);
    // Their identifier without kind and section.
    const ours = confs.flatMap(({ from, overridden }) => [...overridden, from].map((one) => kri(one.policy.resource)));
    const bare = (identifier: string): string => identifier.split("_").slice(2, 6).join("_");
    expect(new Set(ours.map(bare)), text(kind)).toEqual(
      new Set(list(origins).map((one) => bare(text(map(one)["kri"])))),
    );
  }
}

/** The conf for a real resource or a port of it, by its identifier. */
function outboundConfs(policies: readonly Policy[], id: string, golden: InspectGolden): readonly EffectiveConf[] {
  const { others, realResources } = resourcesOf(golden);
  const bare = id.slice(0, id.lastIndexOf("_") + 1);
  const found = realResources.find((one) => kri(one.resource) === bare);
  if (found === undefined) throw new Error(`there is no ${id}`);
  const rules = rulesFor(policies, others, realResources, golden);
  const conf = forRealResource(rules, found, id.slice(bare.length), profile(golden.release));
  return conf === undefined ? [] : [conf];
}

/** What the policies of each type are for a Dataplane. */
function checkRules(golden: InspectGolden): void {
  const { release, request, documents, expected } = golden;
  const facts = profile(release);
  const dataplane = dataplanesOf(documents).find((one) => one.resource.name === request[3]);
  if (dataplane === undefined) throw new Error("no Dataplane");
  const isExclusive = documents.some(({ meshServices }) => map(meshServices)["mode"] === "Exclusive");
  for (const rule of list(expected["rules"]).map(map)) {
    const type = text(rule["type"]);
    const own = ofType(documents, type);
    const policies = own.map(policy);
    const selections = selected(policies, dataplane, golden);
    const matched = selections.map((one) => one.policy);
    const { proxyRule, toRules: to, fromRules: from, inboundRules, toResourceRules } = rule;
    if (proxyRule !== undefined) {
      expect(originsIn(map(proxyRule)["origin"])).toEqual(new Set(matched.map(identity)));
      continue;
    }
    const hasTo = own.some(({ spec }) => map(spec)["to"] !== undefined);
    // The API hides rules by tags in that mode.
    if (hasTo && facts.hasTagRules && !isExclusive) checkLegacy(toRules(matched, facts), list(to));
    if (hasTo && toResourceRules !== undefined) checkResources(matched, list(toResourceRules), golden);
    for (const { inbound, rules } of list(from).map(map).map(atInbound)) {
      checkLegacy(fromRules(selectedAt(selections, keyOf(dataplane, inbound)), facts), list(rules));
    }
    // Other policies do not take items of `from` for rules, as a MeshAccessLog does.
    if (own.some(({ spec }) => map(spec)["from"] !== undefined) && type === "MeshTrafficPermission") continue;
    for (const { inbound, rules } of list(inboundRules).map(map).map(atInbound)) {
      const theirs = list(rules)
        .flatMap((one) => list(map(one)["origin"]))
        .map(ruleOrigin);
      expect(inboundConfs(selectedAt(selections, keyOf(dataplane, inbound)), facts).flatMap(originsOf)).toEqual(theirs);
    }
  }
}

function atInbound({ inbound, rules }: JsonMap): { readonly inbound: JsonMap; readonly rules: Json | undefined } {
  return { inbound: map(inbound), rules };
}

function keyOf({ address, inbounds, listeners }: Dataplane, { port }: JsonMap): ReturnType<typeof listenerKey> {
  const own = [...inbounds, ...listeners].find((one) => String(one.port) === text(port));
  return listenerKey(own?.address ?? address, Number(port));
}

function checkLegacy(rules: LegacyRules, theirs: readonly Json[]): void {
  const ours = [...rules.all()].map((rule) => ({
    tags: tagsOf(rule),
    origins: new Set(originsOf(rule.conf).map(withoutIndex)),
  }));
  expect(ours).toEqual(
    theirs.map(map).map(({ matchers, origin }) => ({
      tags: tagsIn(
        list(matchers)
          .map(map)
          .map(({ key = "", value = "", not = false }) => ({ Key: key, Value: value, Not: not })),
      ),
      origins: originsIn(origin),
    })),
  );
}

/** What items of `to` can be for. */
function resourcesOf({ documents }: InspectGolden): {
  readonly others: readonly Resource[];
  readonly realResources: readonly RealResource[];
} {
  const kinds = ["Mesh", "MeshService", "MeshExternalService", "MeshMultiZoneService", "MeshHTTPRoute"];
  const others = kinds.flatMap((type) => ofType(documents, type).map((one) => resource(one)));
  return { others, realResources: others.flatMap((one) => readRealResource(one) ?? []) };
}

function rulesFor(
  policies: readonly Policy[],
  others: readonly Resource[],
  realResources: readonly RealResource[],
  { release }: InspectGolden,
): ReturnType<typeof resourceRules> {
  const meshResource = others.find(({ kind }) => kind === "Mesh");
  const routes = others.filter(({ kind }) => kind === "MeshHTTPRoute");
  return resourceRules(policies, { ...(meshResource && { meshResource }), realResources, routes }, profile(release));
}

function checkResources(policies: readonly Policy[], theirs: readonly Json[], golden: InspectGolden): void {
  const { others, realResources } = resourcesOf(golden);
  const rules = rulesFor(policies, others, realResources, golden);
  const places = [
    ...others.map((one) => ({ one, section: "" })),
    ...realResources.flatMap(({ resource: one, ports }) => ports.map((port) => ({ one, section: portName(port) }))),
  ];
  const ours = places.flatMap(({ one, section }) => {
    const rule = rules.get(kri(one, section));
    return rule === undefined ? [] : [`${one.kind} ${one.name} ${section}: ${originsOf(rule).join()}`];
  });
  const expected = theirs.map(map).map(({ resourceMeta, resourceSectionName, origin }) => {
    const { type, name } = map(resourceMeta);
    return `${text(type)} ${text(name)} ${text(resourceSectionName)}: ${list(origin).map(ruleOrigin).join()}`;
  });
  expect(ours.sort()).toEqual(expected.sort());
}

function identity({ resource: { name, labels } }: Policy): string {
  return originOf({ name, labels: Object.fromEntries(labels) });
}

function ruleOrigin(origin: Json): string {
  const { resourceMeta, ruleIndex } = map(origin);
  return `${originOf(map(resourceMeta))} ${text(ruleIndex)}`;
}

function originsIn(origins: Json | undefined): ReadonlySet<string> {
  return new Set(list(origins).map((origin) => originOf(map(origin))));
}

function withoutIndex(origin: string): string {
  return origin.replace(/ \d+$/, "");
}
