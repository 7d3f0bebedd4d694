import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readControlPlane } from "../../src/documents/control-plane.ts";
import { prettyVerification } from "../../src/cli/reporters/verify/pretty.ts";
import { readConfigDump } from "../../src/verify/config-dump.ts";
import { controlPlaneFacts, kumaDpVersion, proxyOf } from "../../src/verify/facts.ts";
import { verify } from "../../src/verify/verify.ts";
import { compiled, file, mesh, policy, sidecar } from "../diff/bundles.ts";

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

  it("is read, compared and described as far as it goes, whatever is in it", () => {
    const proxy = compiled([mesh, sidecar("web"), policy("p", "rules", file("x"))]);
    const [web] = proxy.proxies;
    if (web === undefined) throw new Error("not compiled");
    fc.assert(
      fc.property(damaged, (dump) => {
        const { value } = read(dump);
        if (value === undefined) return;
        const found = verify(web, value);
        const report = { header: proxy.header, proxy: web, ...found };
        expect(prettyVerification(report, { color: false })).toContain("default/web: ");
        controlPlaneFacts(value, web);
      }),
      { numRuns: 1000 },
    );
  });
});

/** A dump with everything in it that is read. */
const whole = {
  configs: [
    bootstrap,
    {
      "@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump",
      dynamic_listeners: [
        {
          name: "inbound:10.0.0.1:80",
          error_state: { details: "no" },
          active_state: {
            listener: {
              name: "inbound:10.0.0.1:80",
              address: { socket_address: { address: "10.0.0.1", port_value: 80 } },
              metadata: { filter_metadata: { "io.kuma.tags": { "kuma.io/service": "web" } } },
              listener_filters: [{ name: "envoy.filters.listener.tls_inspector" }],
              filter_chains: [
                {
                  filters: [
                    {
                      typed_config: {
                        "@type": "x.HttpConnectionManager",
                        access_log: [
                          {
                            name: "a",
                            filter: { metadata_filter: {} },
                            typed_config: {
                              "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
                              path: "/log",
                              log_format: { text_format_source: { inline_string: "x" }, json_format: { address: "a" } },
                            },
                          },
                          { typed_config: { "@type": "x.StdoutAccessLog" } },
                        ],
                        http_filters: [{ typed_config: { default_source_code: { inline_string: "kuma.routes" } } }],
                        route_config: {
                          name: "r",
                          virtual_hosts: [
                            {
                              routes: [{ name: "r", metadata: { filter_metadata: { "envoy.filters.http.lua": {} } } }],
                            },
                          ],
                        },
                      },
                    },
                  ],
                },
              ],
            },
          },
        },
      ],
    },
    {
      "@type": "type.googleapis.com/envoy.admin.v3.ClustersConfigDump",
      dynamic_active_clusters: [
        {
          cluster: {
            name: "meshaccesslog:opentelemetry:0",
            load_assignment: {
              endpoints: [
                { lb_endpoints: [{ endpoint: { address: { socket_address: { address: "o", port_value: 1 } } } }] },
              ],
            },
          },
        },
      ],
    },
  ],
};

/** The same with other values in some places. */
const damaged = fc
  .array(fc.tuple(fc.nat(), fc.constantFrom<unknown>(null, 1, true, "", "x", [], {}, [1], ["x", null])), {
    maxLength: 3,
  })
  .map((changes) =>
    changes.reduce<unknown>((dump, [at, value]) => {
      const places = JSON.stringify(dump).match(/[:[,]/g)?.length ?? 1;
      let place = at % Math.max(places, 1);
      return JSON.parse(JSON.stringify(dump), (_key, inner: unknown) => (place-- === 0 ? value : inner));
    }, whole),
  );
