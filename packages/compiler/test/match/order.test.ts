import { describe, expect, it } from "vitest";
import { comparePrecedence, compareToItems } from "../../src/match/order.ts";
import { toItems } from "../../src/match/policy-items.ts";
import type { TargetRef } from "../../src/validate/policy.ts";
import { profileOf } from "../lower/release.ts";
import { items, policy } from "./policies.ts";

type Labels = Readonly<Record<string, string>>;
type Row = readonly [name: string, targetRef?: TargetRef, labels?: Labels];

const to = (kind: string, rest: Omit<TargetRef, "kind"> = {}): TargetRef => ({ kind, ...rest });
const origin = (value: string): Labels => ({ "kuma.io/origin": value });
const role = (value: string): Labels => ({ "kuma.io/policy-role": value });
const mesh = to("Mesh");

describe("of two policies, the second is stronger", () => {
  it.each<[release: string, weaker: Row, stronger: Row]>([
    ["2.0.0", ["z", mesh], ["a", to("MeshSubset")]],
    ["2.0.0", ["z", to("MeshService")], ["a", to("MeshServiceSubset")]],
    ["2.3.7", ["z"], ["a", to("MeshService")]],
    ["2.4.0", ["z", to("MeshSubset")], ["a", to("MeshGateway")]],
    ["2.4.0", ["z", to("MeshGateway")], ["a", to("MeshService")]],
    ["2.10.0", ["a", to("Dataplane")], ["z", to("MeshSubset")]],
    ["2.10.0", ["a", mesh], ["z", to("Dataplane")]],
    ["main", ["a", mesh], ["z", to("Dataplane")]],

    // Up to 2.5 the last name wins, whatever labels say; then the first.
    ["2.5.11", ["a", mesh, { "kuma.io/display-name": "a" }], ["b", mesh, { "kuma.io/display-name": "b" }]],
    ["2.5.11", ["a", mesh, origin("zone")], ["b", mesh, origin("global")]],
    ["2.6.0", ["b", mesh], ["a", mesh]],
    ["2.6.0", ["a", mesh, { "kuma.io/display-name": "z" }], ["b", mesh]],

    ["2.6.0", ["a", mesh, origin("global")], ["z", mesh]],
    ["2.6.0", ["a", mesh], ["z", mesh, origin("zone")]],
    ["2.6.0", ["a", mesh, origin("global")], ["z", mesh, origin("other")]],
    ["2.8.8", ["z", mesh], ["a", mesh, origin("other")]],
    ["2.9.0", ["a", mesh, origin("other")], ["z", mesh, origin("global")]],

    ["2.6.0", ["a", to("MeshGateway", { tags: {} })], ["z", to("MeshGateway", { tags: { a: "b" } })]],
    ["2.14.3", ["a", to("MeshGateway")], ["z", to("MeshGateway", { tags: { a: "b" } })]],
    // Tags of a MeshSubset count for nothing.
    ["2.14.3", ["z", to("MeshSubset", { tags: { a: "b" } })], ["a", to("MeshSubset")]],

    ["2.7.29", ["z", mesh, role("consumer")], ["a", mesh, role("system")]],
    ["2.8.0", ["a", mesh], ["z", mesh, role("producer")]],
    ["2.8.0", ["a", mesh, role("producer")], ["z", mesh, role("consumer")]],
    ["2.8.0", ["z", mesh, role("workload-owner")], ["a", mesh, role("consumer")]],
    ["2.8.0", ["a", mesh, role("producer")], ["z", mesh, role("other")]],
    ["2.9.0", ["a", mesh, role("consumer")], ["z", mesh, role("workload-owner")]],
    ["2.9.0", ["a", mesh, role("other")], ["z", mesh, role("system")]],
    // Origin goes before role.
    ["2.9.0", ["a", mesh, { ...origin("global"), ...role("consumer") }], ["z", mesh, origin("zone")]],

    ["2.10.0", ["a", to("Dataplane", { labels: { a: "b" } })], ["z", to("Dataplane", { name: "x" })]],
    [
      "2.10.0",
      ["a", to("Dataplane", { labels: { a: "b" }, sectionName: "http" })],
      ["z", to("Dataplane", { name: "x" })],
    ],
    ["2.10.0", ["a", to("Dataplane", { name: "x" })], ["z", to("Dataplane", { name: "y", sectionName: "http" })]],
    ["2.10.0", ["z", to("Dataplane")], ["a", to("Dataplane", { name: "x" })]],
    // Dataplanes go before origin.
    ["2.14.3", ["a", to("Dataplane"), origin("zone")], ["z", to("Dataplane", { sectionName: "x" }), origin("global")]],
    ["main", ["a", to("Dataplane", { labels: { a: "b" } })], ["z", to("Dataplane", { sectionName: "x" })]],
  ])("Kuma %s: %j, %j", (release, weaker, stronger) => {
    const compare = comparePrecedence(profileOf(release));
    const [a, b] = [weaker, stronger].map(([name, targetRef, labels]) =>
      policy(name, targetRef === undefined ? {} : { targetRef }, labels),
    );
    if (a === undefined || b === undefined) throw new Error("no policies");
    expect(compare(a, b)).toBeLessThan(0);
    expect(compare(b, a)).toBeGreaterThan(0);
    expect(compare(a, a)).toBe(0);
  });
});

it("items of `to` are ordered by what they are for before the names of their policies", () => {
  const service = to("MeshService", { name: "web" });
  const port = to("MeshService", { name: "web", sectionName: "http" });
  const external = to("MeshExternalService", { name: "web" });
  const policies = [
    policy("a", { to: items(mesh, port, external) }),
    policy("b", { to: items(service, mesh) }),
    policy("c", { targetRef: to("Dataplane"), to: items(mesh) }),
    // For whole policies one tag more is stronger; for items their name decides.
    policy("d", { targetRef: to("MeshGateway"), to: items(mesh) }),
    policy("e", { targetRef: to("MeshGateway", { tags: { a: "b" } }), to: items(mesh) }),
  ];
  const sorted = policies.flatMap(toItems).sort(compareToItems(profileOf("2.14.3")));
  expect(sorted.map((one) => `${one.policy.resource.name}:${one.item}`)).toEqual([
    ...["b:1", "a:0", "b:0", "a:1", "a:2"],
    ...["c:0", "e:0", "d:0"],
  ]);
});
