import { target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import type { Diagnostic } from "../../src/diagnostics.ts";
import type { ControlPlane } from "../../src/kuma/control-plane.ts";
import { profile } from "../../src/kuma/profile.ts";
import { load } from "../../src/source/load.ts";
import { computeLabels, withStoredLabels } from "../../src/validate/compute-labels.ts";
import { lines } from "../kuma/lines.ts";

const backends = [{ type: "File", file: { path: "/a" } }];
const to = (...refs: readonly object[]) => ({ to: refs.map((targetRef) => ({ targetRef, default: { backends } })) });
const from = { from: [{ targetRef: { kind: "Mesh" }, default: { backends } }] };
const top = { targetRef: { kind: "Mesh" } };
const mesh = { kind: "Mesh" };

const universal = (labels: object, spec: object = to(mesh)): object => ({
  type: "MeshAccessLog",
  mesh: "default",
  name: "a",
  labels,
  spec: { ...top, ...spec },
});

const object = (metadata: object, spec: object = to(mesh)): object => ({
  apiVersion: "kuma.io/v1alpha1",
  kind: "MeshAccessLog",
  metadata: { name: "a", ...metadata },
  spec: { ...top, ...spec },
});

const bundle = (resource: object) => load([{ path: "a.json", content: JSON.stringify(resource) }]).value;

function judge(resource: object, line: string, controlPlane: ControlPlane = {}): readonly Diagnostic[] {
  const { value } = target({ kuma: line });
  return check(bundle(resource), value ?? expect.fail(line), controlPlane).diagnostics;
}

/** What Kuma refuses, as `field: message`. */
const refusals = (...asked: Parameters<typeof judge>): readonly string[] =>
  judge(...asked).flatMap(({ severity, kuma }) =>
    severity === "error" && kuma ? [kuma.field === "" ? kuma.message : `${kuma.field}: ${kuma.message}`] : [],
  );

const lints = (...asked: Parameters<typeof judge>): readonly Diagnostic[] =>
  judge(...asked).filter(({ code }) => code === "lint/labels");

describe("labels of a resource that is applied on Universal", () => {
  const computed = { labels: "computed" } as const;
  const east = { ...computed, zone: "east" };
  const global = { ...computed, mode: "global" } as const;

  it.each<readonly [string, object, string, ControlPlane, readonly string[]]>([
    ["before 2.6 there are none", { "kuma.io/origin": "x" }, "2.5", computed, []],
    [
      "an origin is global or zone",
      { "kuma.io/origin": "x" },
      "2.6",
      computed,
      ['labels["kuma.io/origin"]: unknown resource origin "x"'],
    ],
    ["an empty one is none", { "kuma.io/origin": "" }, "2.14", computed, []],
    [
      "a zone of a larger mesh wants its own",
      {},
      "2.14",
      { ...computed, federated: true },
      [`labels["kuma.io/origin"]: the origin label must be set to 'zone'`],
    ],
    [
      "a global control plane wants its own from 2.11 on",
      { "kuma.io/origin": "zone" },
      "2.11",
      global,
      [`labels["kuma.io/origin"]: the origin label must be set to 'global'`],
    ],
    ["and not before", { "kuma.io/origin": "zone" }, "2.10", global, []],
    [
      "a zone is that of the control plane",
      { "kuma.io/zone": "west" },
      "2.8",
      east,
      [`labels["kuma.io/zone"]: kuma.io/zone label should have east value`],
    ],
    ["which is compared where it is known", { "kuma.io/zone": "west" }, "2.8", computed, []],
    ["but not for what comes from global", { "kuma.io/zone": "west", "kuma.io/origin": "global" }, "2.8", east, []],
    [
      "a mesh is that of the resource",
      { "kuma.io/mesh": "b" },
      "2.9",
      computed,
      [`labels["kuma.io/mesh"]: kuma.io/mesh label must not differ from mesh set on resource`],
    ],
    ["a role is not looked at up to 2.14", { "kuma.io/policy-role": "producer" }, "2.14", computed, []],
    [
      "and has to be system on main",
      { "kuma.io/policy-role": "producer" },
      "main",
      computed,
      [`labels["kuma.io/policy-role"]: kuma.io/policy-role label should have system value, got producer`],
    ],
  ])("%s", (_, labels, line, controlPlane, wanted) => {
    expect(refusals(universal(labels), line, controlPlane)).toEqual(wanted);
  });

  it("are checked in the order of their keys, before the name", () => {
    const resource = { ...universal({ b: "-", a: "é" }), name: "A" };
    expect(judge(resource, "2.14", computed).flatMap(({ kuma }) => kuma?.field ?? [])).toEqual([
      'labels["a"]',
      'labels["b"]',
      "name",
    ]);
  });

  it("are refused where they stand", () => {
    const resource = universal({ "kuma.io/origin": "x" });
    const text = JSON.stringify(resource);
    const [found] = judge(resource, "2.14", computed);
    expect(text.slice(found?.start, found?.end)).toBe('"x"');
  });
});

describe("labels of a resource that counts as stored", () => {
  it("are a warning without Kuma's answer where Kuma would refuse them", () => {
    expect(refusals(universal({ "kuma.io/origin": "x" }), "2.14")).toEqual([]);
    const [found, ...more] = lints(universal({ "kuma.io/origin": "x" }), "2.5..2.14");
    expect(more).toEqual([]);
    expect(found).not.toHaveProperty("kuma");
    expect(found).toMatchObject({
      severity: "warning",
      message: expect.stringContaining('labels["kuma.io/origin"]: unknown resource origin "x"') as string,
      affects: expect.not.arrayContaining(["2.5.11"]) as string[],
    });
  });

  it("and nothing is said of those that Kuma takes", () => {
    expect(lints(universal({ "kuma.io/origin": "zone", "kuma.io/zone": "east", team: "a" }), "2.0..2.14")).toEqual([]);
  });

  it("may be those of an object, if that is asked for", () => {
    const mixed = object({ namespace: "ns" }, { ...to(mesh), ...from });
    expect(refusals(mixed, "2.13")).toEqual(["it's not allowed to mix 'to' and 'from' arrays in the same policy"]);
    expect(refusals(mixed, "2.13", { labels: "asWritten" })).toEqual([]);
    expect(lints(mixed, "2.13", { labels: "asWritten" })).toHaveLength(1);
  });
});

describe("an object of Kubernetes", () => {
  const service = { kind: "MeshService", name: "s" };
  const federated = { federated: true, zone: "east" } as const;
  const byName = (name: string) => ({ kind: "MeshService", labels: { "kuma.io/display-name": name } });

  it.each<readonly [string, object, string, ControlPlane, readonly string[]]>([
    [
      "stands in the system namespace up to 2.7",
      object({ namespace: "ns" }),
      "2.7",
      {},
      ["policy can only be created in the system namespace:kuma-system"],
    ],
    ["which may have another name", object({ namespace: "ns" }), "2.7", { systemNamespace: "ns" }, []],
    ["or is not known", object({}), "2.7", {}, []],
    [
      "and is looked at after the policy",
      object({ namespace: "ns" }, { to: [] }),
      "2.7",
      {},
      ["spec: at least one of 'from', 'to' has to be defined"],
    ],
    ["stands anywhere from 2.8 on", object({ namespace: "ns" }), "2.8", {}, []],
    [
      "but not on a global control plane",
      object({ namespace: "ns" }, { to: [] }),
      "2.8",
      { mode: "global" },
      ["on Global CP the policy can be created only in the system namespace:kuma-system"],
    ],
    [
      "names no services there in 2.8",
      object({ namespace: "ns" }, to(mesh, service)),
      "2.8",
      {},
      ["spec.to[1].targetRef.kind: can't use 'MeshService' at this moment"],
    ],
    ["but may in the system namespace", object({ namespace: "kuma-system" }, to(mesh, service)), "2.8", {}, []],
    [
      "does not mix producer and consumer items",
      object({ namespace: "ns" }, to(mesh, service)),
      "2.9",
      {},
      ["it's not allowed to mix producer and consumer items in the same policy"],
    ],
    [
      "does not mix them by labels on main",
      object({ namespace: "ns" }, to(mesh, byName("s"))),
      "main",
      {},
      ["it's not allowed to mix producer and consumer items in the same policy"],
    ],
    [
      "may mix lists in the system namespace",
      object({ namespace: "kuma-system" }, { ...to(mesh), ...from }),
      "2.9",
      {},
      [],
    ],
    [
      "comes from global or a zone",
      object({ labels: { "kuma.io/origin": "x" } }),
      "2.14",
      {},
      ['labels["kuma.io/origin"]: unknown resource origin "x"'],
    ],
    [
      "has its mesh checked first",
      object({ labels: { "kuma.io/mesh": "", "kuma.io/origin": "x" } }),
      "2.14",
      {},
      ["mesh: cannot be empty"],
    ],
    [
      "comes from the zone, in the system namespace of a zone of a larger mesh",
      object({ namespace: "kuma-system" }),
      "2.14",
      federated,
      [
        "Operation not allowed. Applying policies on Zone CP on a system namespace requires 'kuma.io/origin' label to be set to 'zone'.",
      ],
    ],
    [
      "comes from that zone",
      object({ namespace: "ns", labels: { "kuma.io/origin": "zone", "kuma.io/zone": "west" } }),
      "2.11",
      federated,
      ["Operation not allowed. 'kuma.io/zone' label should have 'east' value, got 'west'"],
    ],
    [
      "comes from global on a global control plane",
      object({ namespace: "kuma-system", labels: { "kuma.io/origin": "zone" } }),
      "2.14",
      { mode: "global" },
      ["Operation not allowed. 'kuma.io/origin' label should have 'global' value, got 'zone'"],
    ],
    [
      "has the role that it says in 2.8",
      object({ namespace: "ns", labels: { "kuma.io/policy-role": "system" } }),
      "2.8",
      federated,
      ["Operation not allowed. kuma.io/policy-role label should have consumer value, got system"],
    ],
    [
      "is not moved to another mesh on main",
      object({
        namespace: "ns",
        labels: { "kuma.io/mesh": "m" },
        ownerReferences: [{ apiVersion: "kuma.io/v1alpha1", kind: "Mesh", name: "o", uid: "1" }],
      }),
      "main",
      {},
      [
        'metadata.ownerReferences[0].name: must be the same as the mesh of the resource "m", got "o". A resource cannot be moved between meshes, delete it and apply it again in the new mesh',
      ],
    ],
  ])("%s", (_, resource, line, controlPlane, wanted) => {
    expect(refusals(resource, line, controlPlane)).toEqual(wanted);
  });
});

describe("what a control plane makes of labels", () => {
  const facts = (line: string) => profile(lines.find((release) => release.line === line) ?? expect.fail(line));
  const labelsOf = (resource: object, line: string, controlPlane: ControlPlane = { zone: "z" }): object => {
    const [only] = bundle(resource).resources;
    return Object.fromEntries(computeLabels(only ?? expect.fail("none"), { facts: facts(line), controlPlane }).labels);
  };
  const inZone = { "kuma.io/origin": "zone", "kuma.io/zone": "z" };

  it.each<readonly [string, object, string, ControlPlane | undefined, object]>([
    ["nothing on Universal up to 2.5", universal({ a: "b" }), "2.5", undefined, { a: "b" }],
    [
      "the origin in 2.6, whatever it was",
      universal({ "kuma.io/origin": "global" }),
      "2.6",
      undefined,
      { "kuma.io/origin": "zone" },
    ],
    ["the zone from 2.8 on", universal({}), "2.8", undefined, inZone],
    [
      "mesh and environment from 2.9 on",
      universal({}),
      "2.9",
      undefined,
      { ...inZone, "kuma.io/mesh": "default", "kuma.io/env": "universal" },
    ],
    [
      "no zone for what comes from global",
      universal({ "kuma.io/origin": "global" }),
      "2.14",
      undefined,
      { "kuma.io/origin": "global", "kuma.io/mesh": "default" },
    ],
    [
      "the zone `default` where none is given",
      universal({}),
      "2.8",
      {},
      { "kuma.io/origin": "zone", "kuma.io/zone": "default" },
    ],
    [
      "on main the display name, and the origin anew",
      universal({ "kuma.io/origin": "global" }),
      "main",
      undefined,
      { ...inZone, "kuma.io/mesh": "default", "kuma.io/env": "universal", "kuma.io/display-name": "a" },
    ],
    [
      "on main the origin of a global control plane",
      universal({}),
      "main",
      { mode: "global" },
      { "kuma.io/origin": "global", "kuma.io/mesh": "default", "kuma.io/display-name": "a" },
    ],
    ["the mesh alone on a global one before", universal({}), "2.14", { mode: "global" }, { "kuma.io/mesh": "default" }],
    ["the mesh of an object", object({}), "2.0", undefined, { "kuma.io/mesh": "default" }],
    [
      "namespace and role of an object",
      object({ namespace: "ns" }),
      "2.14",
      undefined,
      {
        ...inZone,
        "kuma.io/display-name": "a",
        "kuma.io/mesh": "default",
        "kuma.io/env": "kubernetes",
        "k8s.kuma.io/namespace": "ns",
        "kuma.io/policy-role": "consumer",
      },
    ],
    [
      "no role for what comes from global",
      object({ namespace: "ns", labels: { "kuma.io/origin": "global" } }),
      "2.14",
      undefined,
      { "kuma.io/origin": "global", "kuma.io/display-name": "a", "kuma.io/mesh": "default" },
    ],
    [
      "the display name of an annotation",
      object({ annotations: { "kuma.io/display-name": "b" } }),
      "2.7",
      undefined,
      { "kuma.io/display-name": "b", "kuma.io/mesh": "default", "kuma.io/origin": "zone" },
    ],
    [
      "nothing but the mesh of what zones do not own",
      { type: "TrafficLog", name: "t", mesh: "m" },
      "2.14",
      undefined,
      { "kuma.io/mesh": "m" },
    ],
    [
      "type and zone listeners of a proxy",
      {
        type: "Dataplane",
        name: "d",
        mesh: "m",
        labels: { "kuma.io/listener-zoneegress": "enabled" },
        networking: { address: "10.0.0.1", listeners: [{ type: "ZoneIngress", address: "10.0.0.1", port: 1 }] },
      },
      "2.14",
      undefined,
      {
        ...inZone,
        "kuma.io/mesh": "m",
        "kuma.io/env": "universal",
        "kuma.io/proxy-type": "sidecar",
        "kuma.io/listener-zoneingress": "enabled",
      },
    ],
  ])("%s", (_, resource, line, controlPlane, wanted) => {
    expect(labelsOf(resource, line, controlPlane)).toEqual(wanted);
  });

  const ref = (kind: string, name: string, namespace?: string) => ({ kind, name, ...(namespace && { namespace }) });
  it.each<readonly [string, object, string, string | undefined]>([
    ["items on the mesh", to(mesh), "2.14", "consumer"],
    ["services of the namespace", to(ref("MeshService", "a", "ns"), ref("MeshService", "b")), "2.14", "producer"],
    ["services of another one", to(ref("MeshService", "a", "other")), "2.14", "consumer"],
    ["routes from 2.11 on", to(ref("MeshHTTPRoute", "a")), "2.11", "producer"],
    ["routes before", to(ref("MeshHTTPRoute", "a")), "2.10", "consumer"],
    ["from", from, "2.14", "workload-owner"],
    ["rules", { rules: [{ default: { backends } }] }, "2.14", "workload-owner"],
    ["both lists in 2.8", { ...to(mesh), ...from }, "2.8", "workload-owner"],
    ["both lists from 2.9 on", { ...to(mesh), ...from }, "2.9", undefined],
    ["both lists on main, where from is none", { ...to(mesh), ...from }, "main", "consumer"],
    [
      "services by display name on main",
      to({ kind: "MeshService", labels: { "kuma.io/display-name": "a", "k8s.kuma.io/namespace": "ns" } }),
      "main",
      "producer",
    ],
    [
      "services by other labels too",
      to({ kind: "MeshService", labels: { "kuma.io/display-name": "a", "kuma.io/zone": "z" } }),
      "main",
      "consumer",
    ],
  ])("the role of a policy with %s", (_, spec, line, role) => {
    expect(labelsOf(object({ namespace: "ns" }, spec), line)).toEqual(
      role === undefined
        ? expect.not.objectContaining({ "kuma.io/policy-role": expect.anything() as string })
        : expect.objectContaining({ "kuma.io/policy-role": role }),
    );
  });

  it("is what is stored of objects, and of Universal resources if that is asked for", () => {
    const release = lines.find(({ line }) => line === "2.14") ?? expect.fail("2.14");
    const stored = (resource: object, controlPlane: ControlPlane) =>
      withStoredLabels(bundle(resource), release, controlPlane).resources[0]?.labels.get("kuma.io/env");
    expect(stored(object({}), {})).toBe("kubernetes");
    expect(stored(object({}), { labels: "asWritten" })).toBeUndefined();
    expect(stored(universal({}), {})).toBeUndefined();
    expect(stored(universal({}), { labels: "computed" })).toBe("universal");
  });
});
