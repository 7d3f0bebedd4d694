import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readControlPlane } from "../../src/documents/control-plane.ts";
import type { CompiledProxy } from "../../src/emit/compiled.ts";
import { readConfigDump } from "../../src/verify/config-dump.ts";
import { controlPlaneFacts, kumaDpVersion, proxyOf } from "../../src/verify/facts.ts";
import { verify } from "../../src/verify/verify.ts";

const read = (document: unknown): ReturnType<typeof readConfigDump> =>
  readConfigDump({ path: "dump.json", content: JSON.stringify(document) });

const node = {
  id: "default.web-1.shop",
  metadata: {
    workdir: "/run/kuma",
    features: ["feature-unified-resource-naming"],
    dynamicMetadata: { HOST_IP: "10.0.0.9", "version.dependencies.coredns": "1" },
    version: { kumaDp: { version: "2.12.1" } },
    "dataplane.admin.port": "9901",
  },
};
const bootstrap = { "@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump", bootstrap: { node } };

const outbound = (port: number, more: object): object => ({
  name: `outbound:240.0.0.1:${String(port)}`,
  address: { socketAddress: { address: "240.0.0.1", portValue: port } },
  bindToPort: false,
  ...more,
});
const tagged = (tags: object): object => ({ metadata: { filterMetadata: { "io.kuma.tags": tags } } });
const ofControlPlane = (...listeners: readonly object[]): object => ({
  xds: {
    "type.googleapis.com/envoy.config.listener.v3.Listener": Object.fromEntries(listeners.map((one, i) => [i, one])),
  },
});

describe("facts", () => {
  it("are what the proxy reports of itself", () => {
    const { value } = read({ configs: [bootstrap] });
    if (value === undefined) throw new Error("not read");
    expect(proxyOf(value)).toEqual({ mesh: "default", name: "web-1.shop" });
    expect(kumaDpVersion(value)).toBe("2.12.1");
    const facts = controlPlaneFacts(value, { mesh: "default", name: "web-1.shop" });
    expect(facts).toEqual({
      metadata: {
        "default/web-1.shop": {
          workdir: "/run/kuma",
          features: ["feature-unified-resource-naming"],
          dynamicMetadata: { HOST_IP: "10.0.0.9" },
        },
      },
    });
    expect(readControlPlane({ path: "facts.json", content: JSON.stringify(facts) })).toEqual({
      value: facts,
      diagnostics: [],
    });
  });

  it("are the addresses of a transparent proxy", () => {
    const dump = ofControlPlane(
      outbound(80, tagged({ "kuma.io/service": "web", version: "v1" })),
      outbound(81, tagged({ "kuma.io/unified-name": "kri_msvc_default_z_shop_web_http" })),
      outbound(82, {}),
      { name: "outbound:passthrough:ipv4" },
    );
    const { value } = read(dump);
    if (value === undefined) throw new Error("not read");
    expect(controlPlaneFacts(value, { mesh: "default", name: "a" })).toEqual({
      outbounds: {
        "default/a": [
          { address: "240.0.0.1", port: 80, tags: { "kuma.io/service": "web", version: "v1" } },
          { address: "240.0.0.1", port: 81, resource: "kri_msvc_default_z_shop_web_http" },
        ],
      },
    });
  });

  it("have no addresses of a proxy that is not transparent", () => {
    const { value } = read(ofControlPlane(outbound(80, { bindToPort: true })));
    if (value === undefined) throw new Error("not read");
    expect(controlPlaneFacts(value, { mesh: "default", name: "a" })).toEqual({});
  });
});

describe("a file that is no dump", () => {
  it.each([
    ["no JSON", "{", "it is not JSON"],
    ["another document", "{}", 'it has neither the key "configs"'],
    ["a list", "[]", 'it has neither the key "configs"'],
    ["nothing", "", "it is not JSON"],
    ["a bomb", `${"[".repeat(100_000)}${"]".repeat(100_000)}`, "it is nested too deep"],
  ])("%s", (_, content, message) => {
    const { value, diagnostics } = readConfigDump({ path: "dump.json", content });
    expect(value).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "io/config-dump", message: expect.stringContaining(message) as string },
    ]);
  });

  it("is read as far as it goes, whatever is in it", () => {
    const types = ["ListenersConfigDump", "BootstrapConfigDump", "RoutesConfigDump", "ClustersConfigDump"];
    const keys = ["dynamic_listeners", "static_listeners", "active_state", "listener", "filter_chains", "filters"];
    const more = ["name", "typed_config", "access_log", "bootstrap", "node", "id", "metadata", "address", "@type"];
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "medium" },
        fc.constantFrom<unknown>(null, 1, true, "", "kuma", "x.HttpConnectionManager"),
        fc.array(tie("tree"), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...keys, ...more), tie("tree"), { maxKeys: 4 }),
      ),
    }));
    const typed = fc.tuple(fc.constantFrom(...types), fc.dictionary(fc.constantFrom(...keys, ...more), tree));
    const proxy: CompiledProxy = { mesh: "m", name: "n", labels: {}, policies: [], listeners: [], clusters: [] };
    fc.assert(
      fc.property(fc.array(typed), tree, (sections, xds) => {
        const configs = sections.map(([type, content]) => ({ ...content, "@type": `x.${type}` }));
        for (const document of [{ configs }, { xds }, { xds: { "a/envoy.config.listener.v3.Listener": xds } }]) {
          const { value } = read(document);
          if (value === undefined) continue;
          expect(verify(proxy, value).listeners.length).toBe(value.listeners.length);
          controlPlaneFacts(value, { mesh: "m", name: "n" });
        }
      }),
    );
  });
});
