import { readdirSync, readFileSync } from "node:fs";
import { kumaReleases } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { explainProxy } from "../../src/explain/explain-proxy.ts";
import type { ProxyExplanation } from "../../src/explain/proxy-explanation.ts";
import { proxyText } from "../../src/explain/proxy-text.ts";
import { type Bundle, load } from "../../src/source/load.ts";

const quickstart = new URL("../../../../examples/quickstart/bundle/", import.meta.url);
const bundles: Readonly<Record<string, Bundle>> = {
  quickstart: load(readdirSync(quickstart).map((path) => ({ path, content: readFileSync(new URL(path, quickstart)) })))
    .value,
  shop: load([{ path: "shop.yaml", content: readFileSync(new URL("fixtures/shop.yaml", import.meta.url)) }]).value,
};

function explain(bundle: Bundle | undefined, mesh: string, name: string, release = "2.14.3"): ProxyExplanation {
  const kuma = kumaReleases.find((one) => one.name === release);
  const value = bundle && kuma && explainProxy(bundle, kuma, { mesh, name }).value;
  if (value === undefined) throw new Error(`nothing is known of ${name}`);
  return value;
}

describe("the whole explanation of a proxy", () => {
  it.each([
    ["quickstart", "default", "demo-app-1", "2.14.3"],
    ["quickstart", "default", "redis-1", "2.14.3"],
    ["shop", "shop", "cart-1", "2.14.3"],
    ["shop", "shop", "cart-1", "2.13.9"],
    ["shop", "shop", "edge-1", "2.14.3"],
    ["shop", "shop", "search-1", "2.14.3"],
  ])("%s: %s/%s in Kuma %s", async (bundle, mesh, name, release) => {
    const text = proxyText(explain(bundles[bundle], mesh, name, release), (line) => line);
    await expect(text).toMatchFileSnapshot(`proxies/${name}-${release}.txt`);
  });
});

const dataplane =
  "type: Dataplane\nname: a\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: a}}]\n";
const policy = (name: string, spec: string): string => `---\ntype: MeshAccessLog\nname: ${name}\nspec: ${spec}\n`;

it("names ten of the policies that do not select a proxy, and counts the rest", () => {
  const others = Array.from({ length: 13 }, (_, i) =>
    policy(`p${i + 10}`, "{targetRef: {kind: Dataplane, name: other}, rules: [{default: {backends: []}}]}"),
  );
  const bundle = load([
    { path: "a.yaml", content: `type: Mesh\nname: default\n---\n${dataplane}${others.join("")}` },
  ]).value;
  const explanation = explain(bundle, "default", "a");
  expect(explanation.notSelected).toHaveLength(13);
  const text = proxyText(explanation, (line) => line);
  expect(text.match(/the Dataplane is called a/g)).toHaveLength(10);
  expect(text).toContain("\n  and 3 more\n");
});

it("makes every line fit for a terminal", () => {
  const hostile = policy('"\\e[31m"', "{rules: [{default: {backends: [{type: File, file: {path: /tmp/log}}]}}]}");
  const bundle = load([{ path: "a.yaml", content: dataplane + hostile }]).value;
  const text = proxyText(explain(bundle, "default", "a"), (line) => line.replaceAll("\u001b", "<escape>"));
  expect(text).not.toContain("\u001b");
});

describe("a listener that logs nothing says why", () => {
  it.each<[reason: string | undefined, spec: string | undefined]>([
    [undefined, "{rules: [{default: {backends: [{type: File, file: {path: /log}}]}}]}"],
    ["no-policy", undefined],
    ["no-item", "{to: [{targetRef: {kind: Mesh}, default: {backends: []}}]}"],
    ["off", "{rules: [{default: {backends: []}}]}"],
    [
      "dangling",
      "{rules: [{default: {backends: [{type: OpenTelemetry, openTelemetry: {backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}}}]}}]}",
    ],
  ])("%s: %s", (reason, spec) => {
    const content = dataplane + (spec === undefined ? "" : policy("p", spec));
    const { listeners } = explain(load([{ path: "a.yaml", content }]).value, "default", "a");
    expect(listeners.map(({ name, nothing }) => [name, nothing?.reason])).toEqual([["inbound:10.0.0.1:80", reason]]);
  });
});

it("a later item without backends is passed over, an earlier one with backends is replaced", () => {
  const spec = (backends: string): string => `{rules: [{default: {${backends}}}]}`;
  const content = [
    dataplane,
    policy("c", spec("backends: [{type: File, file: {path: /weak}}]")),
    policy("b", spec("backends: [{type: File, file: {path: /strong}}]")),
    policy("a", spec("")),
  ].join("");
  const { listeners } = explain(load([{ path: "a.yaml", content }]).value, "default", "a", "2.13.9");
  expect(listeners[0]?.because).toMatchObject([
    {
      policy: "b",
      path: "spec.rules[0]",
      line: 13,
      backends: ["File /strong"],
      overrides: [
        { policy: "c", reason: "replaced" },
        { policy: "a", reason: "no-backends" },
      ],
    },
  ]);
});

it("there is nothing to say of a Dataplane that is not there", () => {
  const [kuma] = kumaReleases;
  if (kuma === undefined) throw new Error("there is no Kuma");
  const { value, diagnostics } = explainProxy(load([]).value, kuma, { mesh: "default", name: "a" });
  expect({ value, diagnostics }).toEqual({ value: undefined, diagnostics: [] });
});
