import { describe, expect, it } from "vitest";
import { forRealResource, resourceRules } from "../../src/match/resource-rules.ts";
import { kri } from "../../src/source/kri.ts";
import { readRealResource, type RealResource } from "../../src/source/real-resources.ts";
import type { Policy, TargetRef } from "../../src/validate/policy.ts";
import { profileOf } from "../lower/release.ts";
import { items, origin, policy, resource } from "./policies.ts";

function real(yaml: string): RealResource {
  const found = readRealResource(resource(yaml));
  if (found === undefined) throw new Error(`no real resource: ${yaml}`);
  return found;
}

const web = real(`
type: MeshService
mesh: default
name: web
labels: { k8s.kuma.io/namespace: shop, kuma.io/display-name: web, kuma.io/zone: east, tier: front }
spec: { ports: [{ port: 80, name: http }, { port: 81 }, { port: 49151, name: reserved }] }
`);
const db = real(`
type: MeshService
mesh: default
name: db
spec: { ports: [{ port: 80, name: db }] }
`);
const everywhere = real(`
type: MeshMultiZoneService
mesh: default
name: web
labels: { tier: front }
spec: { ports: [{ port: 80, name: http }] }
`);
const outside = real(`
type: MeshExternalService
mesh: default
name: web
spec: { match: { type: HostnameGenerator, port: 443, protocol: tcp } }
`);
const route = resource("{ type: MeshHTTPRoute, mesh: default, name: web_2 }");
const meshResource = resource("{ type: Mesh, name: default }");
const resources = { meshResource, realResources: [web, db, everywhere, outside], routes: [route] };

/** Of the same zone and namespace as the service. */
const near = { "kuma.io/zone": "east", "k8s.kuma.io/namespace": "shop" };
const mesh = { kind: "Mesh" };

function rulesOf(release: string, policies: readonly Policy[], known: Parameters<typeof resourceRules>[1] = resources) {
  const profile = profileOf(release);
  const rules = resourceRules(policies, known, profile);
  return {
    get: (id: string) => origin(rules.get(id)),
    forMesh: () => origin(rules.forMesh()),
    traffic: (to: RealResource, section = "") => origin(forRealResource(rules, to, section, profile)),
  };
}

describe("an item of `to` is for", () => {
  const ids = [web, db, everywhere, outside].flatMap(({ resource: one, ports }) => [
    kri(one),
    ...ports.map(({ name, port }) => kri(one, name ?? String(port))),
  ]);
  const all = [...ids, kri(route), kri(meshResource)];
  const [webId, http, number, reserved, dbId] = [
    kri(web.resource),
    kri(web.resource, "http"),
    kri(web.resource, "81"),
    kri(web.resource, "reserved"),
    kri(db.resource),
  ];
  const service = (rest: Omit<TargetRef, "kind">): TargetRef => ({ kind: "MeshService", ...rest });
  const front = { labels: { tier: "front" } };

  it.each<[release: string, labels: Record<string, string>, targetRef: TargetRef, ids: readonly string[]]>([
    ["2.9.0", {}, mesh, [kri(meshResource)]],
    ["main", {}, mesh, [kri(meshResource)]],

    // By name, in the zone and namespace of the policy.
    ["2.9.0", near, service({ name: "web" }), [webId]],
    ["2.14.3", near, service({ name: "web" }), [webId]],
    ["2.14.3", {}, service({ name: "web" }), []],
    ["2.14.3", { "kuma.io/zone": "east" }, service({ name: "web", namespace: "shop" }), [webId]],
    ["2.14.3", near, service({ name: "web", namespace: "other" }), []],
    ["2.14.3", {}, service({ name: "db" }), [dbId]],
    ["main", {}, service({ name: "db" }), []],
    ["main", {}, service({ labels: {} }), [webId, dbId]],
    ["2.14.3", {}, service({ labels: {} }), []],
    ["2.14.3", {}, { kind: "MeshExternalService", name: "web" }, [kri(outside.resource)]],
    ["2.14.3", {}, { kind: "MeshMultiZoneService", name: "web" }, [kri(everywhere.resource)]],
    ["2.11.0", {}, { kind: "MeshHTTPRoute", name: "web_2" }, [kri(route)]],

    // By labels, all of which it must have.
    ["2.9.0", {}, service(front), [webId]],
    ["main", {}, service(front), [webId]],
    ["main", {}, { kind: "MeshMultiZoneService", ...front }, [kri(everywhere.resource)]],
    ["2.14.3", {}, service({ labels: { tier: "front", "kuma.io/zone": "west" } }), []],

    // By a port's name, or its number if it has none.
    ["2.9.19", near, service({ name: "web", sectionName: "http" }), [http]],
    ["2.9.19", near, service({ name: "web", sectionName: "nowhere" }), ["(nowhere)"]],
    ["2.10.0", near, service({ name: "web", sectionName: "nowhere" }), []],
    ["2.10.0", near, service({ name: "web", sectionName: "81" }), [number]],
    ["2.11.18", near, service({ name: "web", sectionName: "081" }), [number]],
    ["2.12.0", near, service({ name: "web", sectionName: "081" }), []],
    ["2.12.0", near, service({ name: "web", sectionName: "81" }), [number]],
    ["2.10.0", near, service({ name: "web", sectionName: "80" }), []],
    ["2.14.3", {}, service({ ...front, sectionName: "http" }), [http]],

    // By the `kuma.io/service` that Kubernetes gives it.
    ["2.9.0", {}, service({ name: "web_shop_svc_80" }), [http]],
    ["2.9.19", {}, service({ name: "web_shop_svc_81" }), [webId]],
    ["2.9.19", {}, service({ name: "web_shop_svc_99" }), [webId]],
    ["2.9.19", {}, service({ name: "web_shop_svc_9999999999" }), []],
    ["2.9.19", {}, service({ name: "web_shop_svc" }), [reserved]],
    ["2.10.0", {}, service({ name: "web_shop_svc" }), [webId]],
    ["2.10.0", {}, service({ name: "web_shop_svc_81" }), [number]],
    ["2.10.0", {}, service({ name: "web_shop_svc_99" }), []],
    ["2.14.3", {}, service({ name: "web_shop_svc_+80" }), [http]],
    ["2.14.3", {}, service({ name: "web_shop_svc_0" }), [webId]],
    ["2.14.3", {}, service({ name: "web_shop_svc_x" }), []],
    ["2.14.3", {}, service({ name: "web_shop_svc_9999999999" }), []],
    ["2.14.3", {}, service({ name: "web_other_svc_80" }), []],
  ])("Kuma %s, policy %j: %j", (release, labels, targetRef, expected) => {
    const unknown = kri(web.resource, "nowhere");
    const { get } = rulesOf(release, [policy("p", { to: items(targetRef) }, labels)]);
    expect([...all, unknown].filter((id) => get(id) !== undefined)).toEqual(
      expected.map((id) => (id === "(nowhere)" ? unknown : id)),
    );
  });

  it("what is not in the bundle: never", () => {
    const { get, forMesh } = rulesOf("2.14.3", [policy("p", { to: items(mesh) })], { realResources: [], routes: [] });
    expect([...all.map(get), forMesh(), get("kri"), get("")].filter((one) => one !== undefined)).toEqual([]);
  });
});

it.each([
  ["2.9.19", "second"],
  ["2.10.0", "first"],
])("of two ports with one number, Kuma %s takes the %s", (release, section) => {
  const both = real(`
type: MeshService
mesh: default
name: both
labels: { k8s.kuma.io/namespace: shop, kuma.io/display-name: both }
spec: { ports: [{ port: 80, name: first }, { port: 80, name: second }] }
`);
  const policies = [policy("p", { to: items({ kind: "MeshService", name: "both_shop_svc_80" }) })];
  const { get } = rulesOf(release, policies, { realResources: [both], routes: [] });
  expect(["first", "second"].filter((name) => get(kri(both.resource, name)) !== undefined)).toEqual([section]);
});

describe("a rule merges", () => {
  const port = { kind: "MeshService", name: "web", sectionName: "http" };
  const whole = { kind: "MeshService", name: "web" };
  const of = policy("p", { to: items(port, whole, mesh, { kind: "MeshHTTPRoute", name: "web_2" }) }, near);
  const far = policy("q", { to: items(mesh, { kind: "MeshHTTPRoute", name: "web_2" }) });
  const { get, forMesh } = rulesOf("2.14.3", [of, far]);

  it("items for more before those for less, whatever their order in the list", () => {
    expect(get(kri(web.resource, "http"))).toEqual(["q:0", "p:2", "p:1", "p:0"]);
    expect(get(kri(web.resource))).toEqual(["q:0", "p:2", "p:1"]);
    expect(forMesh()).toEqual(["q:0", "p:2"]);
    expect(get(kri(meshResource))).toEqual(["q:0", "p:2"]);
  });

  it("for a route what is for it and for the Mesh", () => {
    expect(get(kri(route))).toEqual(["q:0", "p:2", "q:1"]);
    expect(get(kri(route, "rule0"))).toBeUndefined();
  });

  it("nothing for the Mesh that the bundle lacks", () => {
    const { realResources, routes } = resources;
    const { get: lookUp } = rulesOf("2.14.3", [of, far], { realResources, routes });
    expect(lookUp(kri(web.resource))).toEqual(["p:1"]);
  });

  it("what is for either of two resources of one identifier", () => {
    const twin = real("{ type: MeshService, mesh: default, name: db-2, labels: { kuma.io/display-name: db, a: b } }");
    const both = policy("p", { to: items({ kind: "MeshService", labels: { a: "b" } }) });
    const { get: lookUp } = rulesOf("2.14.3", [both], { realResources: [db, twin], routes: [] });
    expect(lookUp(kri(db.resource))).toEqual(["p:0"]);
  });
});

describe("traffic to a real resource is logged by", () => {
  const own = (...targetRefs: TargetRef[]) => policy("p", { to: items(mesh, ...targetRefs) }, near);
  const whole = { kind: "MeshService", name: "web" };
  const port = { ...whole, sectionName: "http" };
  const far = policy("q", { to: items({ kind: "MeshExternalService", name: "web" }) });

  it.each<[release: string, policy: Policy, to: RealResource, section: string, origins: readonly string[]]>([
    ["2.9.0", own(), web, "http", ["p:0"]],
    ["2.9.0", own(whole), web, "http", ["p:0", "p:1"]],
    ["2.9.0", own(whole, port), web, "http", ["p:0", "p:1", "p:2"]],
    ["2.11.0", own(port), web, "81", ["p:0"]],
    ["2.14.3", own(whole), web, "81", ["p:0", "p:1"]],
    ["main", own(), web, "81", ["p:0"]],
    ["2.14.3", own(whole), db, "db", ["p:0"]],
    // One of no zone and namespace, reached by its port.
    ["2.9.19", far, outside, "", ["q:0"]],
    ["2.11.0", far, outside, "443", ["q:0"]],
  ])("Kuma %s", (release, one, to, section, origins) => {
    expect(rulesOf(release, [one]).traffic(to, section)).toEqual(origins);
  });

  it.each(["2.9.19", "2.10.11"])("Kuma %s: the Mesh, for a MeshExternalService by its port", (release) => {
    expect(rulesOf(release, [far]).traffic(outside, "443")).toBeUndefined();
    expect(rulesOf(release, [own(), far]).traffic(outside, "443")).toEqual(["p:0"]);
    expect(rulesOf(release, [own(), far]).traffic(outside)).toEqual(["p:0", "q:0"]);
  });
});
