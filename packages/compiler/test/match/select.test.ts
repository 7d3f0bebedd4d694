import { describe, expect, it } from "vitest";
import { indexPolicies, select, type SelectedProxy, selectionFailure } from "../../src/match/select.ts";
import { selectGateway } from "../../src/match/select-gateway.ts";
import { type Dataplane, readDataplane } from "../../src/source/dataplane.ts";
import { readMeshGateway } from "../../src/source/mesh-gateway.ts";
import type { Policy, TargetRef } from "../../src/validate/policy.ts";
import { profileOf } from "../lower/release.ts";
import { policy, resource } from "./policies.ts";

type Labels = Readonly<Record<string, string>>;

function dataplane(networking: object, labels: Labels = {}): Dataplane {
  const document = {
    type: "Dataplane",
    mesh: "default",
    name: "a",
    labels,
    networking: { address: "10.0.0.1", ...networking },
  };
  const { value } = readDataplane(resource(JSON.stringify(document)));
  if (value === undefined) throw new Error("no dataplane");
  return value;
}

function proxyOf(networking: object, labels: Labels, gateway: object | undefined, release: string): SelectedProxy {
  const own = dataplane(networking, labels);
  const gateways = gateway === undefined ? [] : [readMeshGateway(resource(JSON.stringify(gateway)))];
  const selected = selectGateway(gateways, own, profileOf(release));
  return selected === undefined ? { dataplane: own } : { dataplane: own, gateway: selected };
}

/** The ports that a policy selects on a proxy; `undefined` if it does not select it. */
function ports(one: Policy, proxy: SelectedProxy, release: string): readonly number[] | undefined {
  const facts = profileOf(release);
  const [found] = select(indexPolicies([one], facts), proxy, facts);
  return found?.keys.map((key) => Number(key.split("|")[1]));
}

type Row = readonly [release: string, ports: readonly number[] | undefined];

interface Case {
  readonly targetRef: TargetRef;
  readonly networking: object;
  readonly gateway?: object;
  /** Of the policy, and of the Dataplane. */
  readonly labels?: Labels;
  readonly proxyLabels?: Labels;
}

/** What a policy selects on both sides of each boundary. */
function selects(
  what: string,
  { targetRef, networking, gateway, labels, proxyLabels = {} }: Case,
  rows: readonly Row[],
): void {
  it.each(rows)(`${what}: %s`, (release, expected) => {
    const proxy = proxyOf(networking, proxyLabels, gateway, release);
    expect(ports(policy("p", { targetRef }, labels), proxy, release)).toEqual(expected);
  });
}

const web = { "kuma.io/service": "web" };
const mesh: TargetRef = { kind: "Mesh" };

describe("of the inbounds of a sidecar, a policy selects", () => {
  const networking = {
    inbound: [
      { port: 1, tags: web },
      { port: 2, name: "two", tags: { ...web, v: "1" }, state: "Ignored" },
    ],
  };
  const byTags = { targetRef: { kind: "MeshSubset", tags: { v: "*" } }, networking };
  selects("by tags those in state Ignored too, but in some patches", byTags, [
    ["2.5.0", [2]],
    ["2.5.1", undefined],
    ["2.6.15", undefined],
    ["2.7.24", undefined],
    ["2.7.25", [2]],
    ["2.8.8", undefined],
    ["2.9.14", undefined],
    ["2.9.15", [2]],
    ["2.10.11", undefined],
    ["2.11.12", undefined],
    ["2.11.13", [2]],
    ["2.12.9", undefined],
    ["2.12.10", [2]],
    ["2.13.4", undefined],
    ["2.13.5", [2]],
    ["2.14.0", [2]],
  ]);
  selects(
    "as a Dataplane those in state Ignored too, but in other patches",
    { targetRef: { kind: "Dataplane" }, networking },
    [
      ["2.10.11", [1]],
      ["2.11.15", [1]],
      ["2.11.16", [1, 2]],
      ["2.12.9", [1]],
      ["2.12.10", [1, 2]],
      ["2.13.4", [1]],
      ["2.13.5", [1, 2]],
      ["2.14.0", [1, 2]],
      ["main", [1, 2]],
    ],
  );
  selects(
    "a section by the name of the inbound, later by its port",
    { targetRef: { kind: "Dataplane", sectionName: "1" }, networking },
    [
      ["2.11.18", undefined],
      ["2.12.0", [1]],
    ],
  );
  selects(
    "embedded listeners with the Mesh",
    {
      targetRef: mesh,
      networking: { inbound: [{ port: 1, tags: web }], listeners: [{ type: "ZoneIngress", port: 3 }] },
    },
    [
      ["2.13.10", [1]],
      ["2.14.0", [1, 3]],
    ],
  );
  selects("types of proxies", { targetRef: { kind: "Mesh", proxyTypes: ["Gateway"] }, networking }, [
    ["2.14.3", undefined],
  ]);
  selects("nothing, if it is a shadow", { targetRef: mesh, networking, labels: { "kuma.io/effect": "shadow" } }, [
    ["2.6.15", [1]],
    ["2.7.0", undefined],
  ]);
});

describe("of a delegated gateway, a policy selects", () => {
  const networking = { gateway: { tags: { "kuma.io/service": "edge" } } };
  selects("all, by its tags", { targetRef: { kind: "MeshService", name: "edge" }, networking }, [
    ["2.5.11", undefined],
    ["2.6.0", []],
  ]);
  selects("all, as a Dataplane", { targetRef: { kind: "Dataplane" }, networking }, [
    ["2.12.7", undefined],
    ["2.12.8", []],
    ["2.13.2", undefined],
    ["2.13.3", []],
    ["2.14.0", []],
    ["main", []],
  ]);
});

describe("of a builtin gateway, a policy selects", () => {
  const networking = { gateway: { type: "BUILTIN", tags: { "kuma.io/service": "edge" } } };
  const gateway = {
    type: "MeshGateway",
    mesh: "default",
    name: "g-vxd4dw9xf7wbb862",
    labels: { "kuma.io/display-name": "shown" },
    tags: { of: "gateway" },
    selectors: [{ match: { "kuma.io/service": "edge" } }],
    conf: {
      listeners: [
        { port: 1, protocol: "HTTP", hostname: "a.com", tags: { l: "x" } },
        { port: 1, protocol: "HTTP", hostname: "b.com", tags: { l: "x" } },
        { port: 2, protocol: "HTTP" },
      ],
    },
  };
  const named = (name: string, tags?: Labels): TargetRef => ({
    kind: "MeshGateway",
    name,
    ...(tags === undefined ? {} : { tags }),
  });
  const own = gateway.name;
  selects("listeners, each, later each port once", { targetRef: mesh, networking, gateway }, [
    ["2.5.11", [1, 1, 2]],
    ["2.6.0", [1, 2]],
  ]);
  selects(
    "listeners by the tags of all three",
    {
      targetRef: { kind: "MeshSubset", tags: { of: "gateway", l: "x", ...{ "kuma.io/service": "edge" } } },
      networking,
      gateway,
    },
    [
      ["2.0.8", [1, 1]],
      ["2.14.3", [1]],
    ],
  );
  selects("the MeshGateway by name", { targetRef: named(own), networking, gateway }, [
    ["2.4.0", [1, 1, 2]],
    ["2.6.15", [1, 2]],
    ["2.7.0", undefined],
  ]);
  selects("the MeshGateway by its display name", { targetRef: named("shown"), networking, gateway }, [
    ["2.6.15", undefined],
    ["2.7.0", [1, 2]],
    ["2.14.3", [1, 2]],
  ]);
  selects(
    "the MeshGateway with the tags of a listener alone, later of the gateway too",
    { targetRef: named(own, { of: "gateway" }), networking, gateway: { ...gateway, labels: {} } },
    [
      ["2.5.11", undefined],
      ["2.6.0", [1, 2]],
    ],
  );
  selects("nothing as a Dataplane", { targetRef: { kind: "Dataplane" }, networking, gateway }, [["2.14.3", undefined]]);

  const zones = {
    networking,
    gateway: { ...gateway, labels: { "kuma.io/origin": "zone", "kuma.io/zone": "there" } },
    proxyLabels: { "kuma.io/zone": "here" },
  };
  selects("no MeshGateway of another zone", { targetRef: mesh, ...zones }, [
    ["2.8.8", [1, 2]],
    ["2.9.0", undefined],
  ]);
});

it("a sidecar has the keys of a MeshGateway with its tags", () => {
  const gateway = {
    type: "MeshGateway",
    mesh: "default",
    name: "g",
    selectors: [{ match: web }],
    conf: { listeners: [{ port: 9, protocol: "HTTP" }] },
  };
  const found = (release: string): readonly number[] | undefined =>
    ports(
      policy("p", { targetRef: mesh }),
      proxyOf({ inbound: [{ port: 1, tags: web }] }, {}, gateway, release),
      release,
    );
  expect(found("2.4.10")).toEqual([1]);
  expect(found("2.5.0")).toEqual([1, 9]);
  expect(found("2.14.3")).toEqual([1, 9]);
  expect(found("main")).toEqual([1]);
});

describe("a policy counts in its zone and namespace", () => {
  const networking = { inbound: [{ port: 1, tags: web }] };
  const ofZone = { "kuma.io/origin": "zone", "kuma.io/zone": "there" };
  const here = { "kuma.io/origin": "zone", "kuma.io/zone": "here", "k8s.kuma.io/namespace": "ns" };
  const role = (value: string): Labels => ({ "kuma.io/policy-role": value, "k8s.kuma.io/namespace": "other" });
  selects("of another zone", { targetRef: mesh, networking, labels: ofZone, proxyLabels: here }, [
    ["2.8.8", [1]],
    ["2.9.0", undefined],
  ]);
  selects(
    "of another zone, of a producer",
    { targetRef: mesh, networking, labels: { ...ofZone, ...role("producer") }, proxyLabels: here },
    [["2.9.0", [1]]],
  );
  selects(
    "of another zone, of a proxy without origin",
    { targetRef: mesh, networking, labels: ofZone, proxyLabels: { "kuma.io/zone": "here" } },
    [["2.9.0", [1]]],
  );
  selects(
    "of another namespace, of a consumer",
    { targetRef: mesh, networking, labels: role("consumer"), proxyLabels: here },
    [
      ["2.8.8", [1]],
      ["2.9.0", undefined],
    ],
  );
  selects(
    "of another namespace, of the system",
    { targetRef: mesh, networking, labels: role("system"), proxyLabels: here },
    [["2.9.0", [1]]],
  );
});

it("where a policy on a MeshGateway breaks the proxies that have none, they fail with what Kuma logs", () => {
  const failure = (release: string, networking: object, targetRef: TargetRef): string | undefined => {
    const facts = profileOf(release);
    const gateway = { type: "MeshGateway", mesh: "default", name: "g", selectors: [{ match: web }], conf: {} };
    return selectionFailure(
      indexPolicies([policy("p", { targetRef })], facts),
      proxyOf(networking, {}, gateway, release),
      facts,
    );
  };
  const sidecar = { inbound: [{ port: 1, tags: web }] };
  const onGateway = { kind: "MeshGateway", name: "g" };
  const panic = "runtime error: invalid memory address or nil pointer dereference";
  expect(failure("2.4.0", sidecar, onGateway)).toBe(panic);
  expect(failure("2.4.10", sidecar, onGateway)).toBe(panic);
  expect(failure("2.4.10", sidecar, mesh)).toBeUndefined();
  expect(failure("2.4.10", { gateway: { type: "BUILTIN", tags: web } }, onGateway)).toBeUndefined();
  expect(failure("2.5.0", sidecar, onGateway)).toBeUndefined();
});
