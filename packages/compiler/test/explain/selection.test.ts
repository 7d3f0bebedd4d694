import { describe, expect, it } from "vitest";
import { sayMiss } from "../../src/explain/selection-reasons.ts";
import { strongerBy } from "../../src/explain/order-reasons.ts";
import { type Miss, selectedKeys, type SelectedProxy } from "../../src/match/select.ts";
import { readDataplane } from "../../src/source/dataplane.ts";
import { readMeshGateway } from "../../src/source/mesh-gateway.ts";
import type { TargetRef } from "../../src/validate/policy.ts";
import { profileOf } from "../lower/release.ts";
import { policy, resource } from "../match/policies.ts";

type Labels = Readonly<Record<string, string>>;

function proxy(networking: object, labels: Labels = {}): SelectedProxy {
  const text = JSON.stringify({
    type: "Dataplane",
    name: "web-1",
    labels,
    networking: { address: "10.0.0.1", ...networking },
  });
  const { value } = readDataplane(resource(text));
  if (value === undefined) throw new Error("no Dataplane");
  return { dataplane: value };
}

const sidecar = proxy(
  { inbound: [{ port: 80, name: "http", tags: { "kuma.io/service": "web", version: "v1" } }] },
  { app: "web", "kuma.io/zone": "east", "kuma.io/origin": "zone", "k8s.kuma.io/namespace": "shop" },
);
const gateway: SelectedProxy = {
  ...proxy({ gateway: { type: "BUILTIN", tags: { "kuma.io/service": "edge" } } }),
  gateway: readMeshGateway(
    resource(
      JSON.stringify({
        type: "MeshGateway",
        name: "edge",
        conf: { listeners: [{ port: 80, protocol: "HTTP", tags: { a: "b" } }] },
      }),
    ),
  ),
};
const empty = proxy({});

describe("the first thing that keeps a policy from selecting a proxy", () => {
  it.each<[miss: Miss, text: string, of: SelectedProxy, targetRef: TargetRef, labels?: Labels]>([
    [
      "shadow",
      "it is a shadow policy: its label kuma.io/effect is shadow",
      sidecar,
      { kind: "MeshSubset", tags: { no: "no" } },
      { "kuma.io/effect": "shadow" },
    ],
    [
      "zone",
      "it is of the zone west, the Dataplane of east",
      sidecar,
      { kind: "Mesh" },
      { "kuma.io/origin": "zone", "kuma.io/zone": "west" },
    ],
    [
      "namespace",
      "a policy of the role consumer counts in its own namespace alone, other; the Dataplane is in shop",
      sidecar,
      { kind: "Mesh" },
      { "kuma.io/policy-role": "consumer", "k8s.kuma.io/namespace": "other" },
    ],
    ["proxy-type", "the proxy is a Sidecar", sidecar, { kind: "Mesh", proxyTypes: ["Gateway"] }],
    ["proxy-type", "the proxy is a Gateway", gateway, { kind: "MeshSubset", proxyTypes: ["Sidecar"] }],
    ["tags", "no inbound has version=v2", sidecar, { kind: "MeshSubset", tags: { version: "v2" } }],
    ["tags", "no inbound has kuma.io/service=api", sidecar, { kind: "MeshService", name: "api" }],
    [
      "tags",
      "no inbound has kuma.io/service=web and version=v2",
      sidecar,
      { kind: "MeshServiceSubset", name: "web", tags: { version: "v2" } },
    ],
    [
      "tags",
      "no inbound or listener of the gateway has a=c",
      gateway,
      { kind: "MeshGateway", name: "edge", tags: { a: "c" } },
    ],
    ["gateway", "the MeshGateway of this proxy is edge", gateway, { kind: "MeshGateway", name: "other" }],
    ["not-a-gateway", "no MeshGateway configures this proxy", sidecar, { kind: "MeshGateway", name: "edge" }],
    [
      "of-a-gateway",
      "a MeshGateway configures this proxy, and policies on Dataplanes pass over it",
      gateway,
      { kind: "Dataplane" },
    ],
    ["name", "the Dataplane is called web-1", sidecar, { kind: "Dataplane", name: "web-2" }],
    [
      "name",
      "the Dataplane that it names is of another zone or namespace",
      sidecar,
      { kind: "Dataplane", name: "web-1" },
    ],
    ["labels", "the label app of the Dataplane is web", sidecar, { kind: "Dataplane", labels: { app: "api" } }],
    ["labels", "the Dataplane has no label team", sidecar, { kind: "Dataplane", labels: { app: "web", team: "a" } }],
    [
      "section",
      "no inbound or listener of the Dataplane is called admin",
      sidecar,
      { kind: "Dataplane", sectionName: "admin" },
    ],
    ["nothing-there", "the Dataplane has no inbound and no listener that could be selected", empty, { kind: "Mesh" }],
    ["kind", "policies on MeshHTTPRoute select no proxy", sidecar, { kind: "MeshHTTPRoute", name: "a" }],
  ])("%s: %s", (miss, text, of, targetRef, labels) => {
    const profile = profileOf("2.14.3");
    const one = policy("p", { targetRef }, labels);
    expect(selectedKeys(one, of, profile)).toBe(miss);
    expect(sayMiss(miss, one, of, profile)).toBe(text);
  });

  it("is nothing for a policy that selects it", () => {
    expect(selectedKeys(policy("p", {}), sidecar, profileOf("2.14.3"))).toEqual(["10.0.0.1|80"]);
  });
});

type Row = readonly [name: string, targetRef?: TargetRef | undefined, labels?: Labels];

describe("what makes a policy stronger than the one before it", () => {
  it.each<[release: string, weaker: Row, stronger: Row, text: string]>([
    ["2.14.3", ["a"], ["b", { kind: "Dataplane" }], "kind: Dataplane goes before Mesh"],
    [
      "2.14.3",
      ["a", { kind: "Dataplane", labels: {} }],
      ["b", { kind: "Dataplane", name: "c", sectionName: "d" }],
      "Dataplane: a name with a section goes before labels",
    ],
    ["2.14.3", ["a", undefined, { "kuma.io/origin": "global" }], ["b"], "origin: none goes before global"],
    [
      "2.14.3",
      ["a", { kind: "MeshGateway" }],
      ["b", { kind: "MeshGateway", tags: { c: "d" } }],
      "tags: it names more tags of the gateway",
    ],
    [
      "2.14.3",
      ["a", undefined, { "kuma.io/policy-role": "producer" }],
      ["b", undefined, { "kuma.io/policy-role": "consumer" }],
      "role: consumer goes before producer",
    ],
    ["2.14.3", ["b"], ["a"], "name: a comes before b"],
    ["2.5.11", ["a"], ["b"], "name: b comes after a"],
    [
      "2.14.3",
      ["a", undefined, { "kuma.io/display-name": "x" }],
      ["b", undefined, { "kuma.io/display-name": "x" }],
      "nothing in which they differ counts: it comes later in the order of the store",
    ],
  ])("Kuma %s: %j, %j", (release, weaker, stronger, text) => {
    const [a, b] = [weaker, stronger].map(([name, targetRef, labels]) =>
      policy(name, targetRef === undefined ? {} : { targetRef }, labels),
    );
    if (a === undefined || b === undefined) throw new Error("no policies");
    expect(strongerBy(b, a, profileOf(release)).text).toBe(text);
  });
});
