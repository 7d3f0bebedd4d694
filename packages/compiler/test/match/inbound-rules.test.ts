import { describe, expect, it } from "vitest";
import { inboundConfs } from "../../src/match/inbound-rules.ts";
import { profileOf } from "../lower/release.ts";
import { items, logsTo, origin, policy } from "./policies.ts";

const mesh = { kind: "Mesh" };
const conf = { default: logsTo("x") };
const exact = { spiffeID: { type: "Exact", value: "spiffe://a/b" } } as const;
const prefix = { spiffeID: { type: "Prefix", value: "spiffe://a/" } } as const;
const sni = { sni: { type: "Exact", value: "a.b" } } as const;

const withTo = policy("z", { to: items(mesh), from: items(mesh, mesh) });
const withRules = policy("a", { from: items(mesh), rules: [conf, conf] });

describe("an inbound is logged", () => {
  it.each<[release: string, origins: readonly (readonly string[])[]]>([
    // Up to 2.9 there are no `rules`.
    ["2.0.0", [["z:1", "z:2", "a:0"]]],
    ["2.9.19", [["z:1", "z:2", "a:0"]]],
    ["2.10.0", [["z:1", "z:2", "a:1", "a:2"]]],
    ["2.13.10", [["z:1", "z:2", "a:1", "a:2"]]],
    ["2.14.0", [["z:1"], ["z:2"], ["a:1"], ["a:2"]]],
    ["main", [["z:1"], ["z:2"], ["a:1"], ["a:2"]]],
  ])("in Kuma %s by %j", (release, origins) => {
    expect(inboundConfs([withTo, withRules], profileOf(release)).map(origin)).toEqual(origins);
    expect(inboundConfs([], profileOf(release))).toEqual([]);
  });

  it.each(["2.9.19", "2.13.10"])("in Kuma %s by a policy once, though it selects two inbounds there", (release) => {
    expect(inboundConfs([withTo, withTo], profileOf(release)).map(origin)).toEqual([["z:1", "z:2"]]);
  });

  it.each(["2.9.19", "2.13.10"])("in Kuma %s no more, if the strongest says so", (release) => {
    const off = policy("a", { from: [{ targetRef: mesh, default: { backends: [] } }] });
    expect(inboundConfs([withTo, off], profileOf(release)).map((rule) => rule.conf)).toEqual([{ backends: [] }]);
  });
});

describe("independent rules", () => {
  it("stand one for each match, those that demand more first", () => {
    const wide = policy("wide", { rules: [conf, { ...conf, matches: [sni, prefix] }] });
    const narrow = policy("narrow", { rules: [{ ...conf, matches: [{ ...prefix, ...sni }, exact] }, conf] });
    const found = inboundConfs([wide, narrow], profileOf("2.14.0"));
    expect(found.map((rule) => [origin(rule)?.[0], rule.match])).toEqual([
      ["narrow:0", exact],
      ["narrow:0", { ...prefix, ...sni }],
      ["wide:1", prefix],
      ["wide:1", sni],
      ["wide:0", undefined],
      ["narrow:1", undefined],
    ]);
  });

  it("stand once for each inbound that a policy selects on the address", () => {
    const found = inboundConfs([withTo, withTo, withRules], profileOf("2.14.3"));
    expect(found.map(origin)).toEqual([["z:1"], ["z:2"], ["z:1"], ["z:2"], ["a:1"], ["a:2"]]);
  });

  it("follow the order of their policies", () => {
    const zone = policy("z", { rules: [conf] }, { "kuma.io/origin": "zone" });
    const global = policy("a", { rules: [conf] }, { "kuma.io/origin": "global" });
    expect(inboundConfs([zone, global], profileOf("2.14.3")).map(origin)).toEqual([["a:0"], ["z:0"]]);
  });
});
