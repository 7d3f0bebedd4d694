import { describe, expect, it } from "vitest";
import type { ControlPlane } from "../../src/kuma/control-plane.ts";
import { compiled, logged, shown } from "./compiled.ts";

type Row = readonly [release: string, listeners: readonly string[]];

/** The listeners of the Dataplane `a` of a world, on both sides of each boundary. */
function holds(what: string, world: readonly object[], rows: readonly Row[], controlPlane: ControlPlane = {}): void {
  it.each(rows)(`${what}: %s`, (release, listeners) => {
    expect(shown(compiled(logged(...world), release, "a", controlPlane))).toEqual(listeners);
  });
}

const service = (name: string): object => ({ "kuma.io/service": name });
const dataplane = (name: string, networking: object, rest: object = {}): object => ({
  type: "Dataplane",
  name,
  ...rest,
  networking: { address: "10.0.0.1", ...networking },
});
const inbound = { port: 80, tags: service("a") };
const routeAll = {
  type: "TrafficRoute",
  name: "all",
  sources: [{ match: service("*") }],
  destinations: [{ match: service("*") }],
  conf: { destination: service("*") },
};

describe("the outbounds of a proxy", () => {
  const other = (rest: object): object =>
    dataplane("b", {
      address: "10.0.0.2",
      inbound: [{ port: 80, tags: { ...service("b"), "kuma.io/protocol": "http" }, ...rest }],
    });
  const caller = dataplane("a", {
    inbound: [inbound],
    outbound: [{ port: 81, tags: service("b") }],
  });

  holds(
    "the protocol of a service is that of inbounds in state Ready",
    [routeAll, caller, other({ state: "NotReady" })],
    [
      ["2.5.0", ["inbound:10.0.0.1:80 tcp", "outbound:127.0.0.1:81 http"]],
      ["2.5.1", ["inbound:10.0.0.1:80 tcp", "outbound:127.0.0.1:81 tcp"]],
    ],
  );
  holds(
    "a workload without ports counts for the protocol of its service",
    [caller, other({ port: 49_151 })],
    [
      ["2.6.15", ["inbound:10.0.0.1:80 tcp", "outbound:127.0.0.1:81 http"]],
      ["2.14.3", ["inbound:10.0.0.1:80 tcp", "outbound:127.0.0.1:81 http"]],
    ],
  );
  holds(
    "the field `service` names one where there are no tags",
    [routeAll, dataplane("a", { inbound: [inbound], outbound: [{ port: 81, service: "b" }] })],
    [
      ["2.3.7", ["inbound:10.0.0.1:80 tcp", "outbound:127.0.0.1:81 tcp"]],
      ["2.4.0", ["inbound:10.0.0.1:80 tcp"]],
    ],
  );

  const transparent = { redirectPortInbound: 15_006, redirectPortOutbound: 0 };
  holds(
    "a transparent proxy keeps those of its Dataplane",
    [
      dataplane("a", {
        inbound: [inbound],
        outbound: [{ port: 81, tags: service("x") }],
        transparentProxying: transparent,
      }),
    ],
    [
      ["2.8.8", ["inbound:10.0.0.1:80 tcp", "a tcp", "outbound:127.0.0.1:81 tcp"]],
      ["2.9.0", ["inbound:10.0.0.1:80 tcp", "a tcp"]],
    ],
  );
  holds(
    "services in state Ignored have an address",
    [dataplane("a", { inbound: [{ ...inbound, state: "Ignored" }], transparentProxying: transparent }), routeAll],
    [
      ["2.5.1", ["inbound:10.0.0.1:80 tcp", "a tcp"]],
      ["2.5.2", ["inbound:10.0.0.1:80 tcp"]],
    ],
  );
  holds(
    "services without ports have an address",
    [dataplane("a", { inbound: [{ ...inbound, port: 49_151 }], transparentProxying: transparent })],
    [
      ["2.6.15", ["a tcp"]],
      ["2.7.0", []],
    ],
  );
  holds(
    "a proxy may bind those of a transparent one",
    [dataplane("a", { inbound: [inbound] })],
    [
      ["2.10.11", ["inbound:10.0.0.1:80 tcp"]],
      ["2.11.0", ["inbound:10.0.0.1:80 tcp", "a tcp"]],
    ],
    { metadata: { a: { features: ["feature-bind-outbounds"] } } },
  );
  holds(
    "a reachable MeshExternalService is listed without its port",
    [
      dataplane("a", {
        inbound: [inbound],
        transparentProxying: {
          ...transparent,
          reachableServices: ["none"],
          reachableBackends: { refs: [{ kind: "MeshExternalService", name: "e", port: 443 }] },
        },
      }),
      {
        type: "MeshExternalService",
        name: "e",
        spec: { match: { type: "HostnameGenerator", port: 443, protocol: "tcp" } },
        status: { vip: { ip: "242.0.0.1" } },
      },
    ],
    [
      ["2.11.18", ["inbound:10.0.0.1:80 tcp"]],
      ["2.12.0", ["inbound:10.0.0.1:80 tcp", "outbound:242.0.0.1:443 tcp"]],
    ],
  );
});

describe("route policies and the outbounds of services", () => {
  const provider = (name: string, protocol: string): object =>
    dataplane(name, {
      address: "10.0.0.2",
      inbound: [{ port: 80, tags: { ...service(name), "kuma.io/protocol": protocol } }],
    });
  const caller = dataplane("a", {
    inbound: [inbound],
    outbound: [
      { port: 81, tags: service("h") },
      { port: 82, tags: service("t") },
    ],
  });
  const world = [caller, provider("h", "http"), provider("t", "tcp")];
  const http = (name: string, backends?: readonly string[]): object => ({
    type: "MeshHTTPRoute",
    name: "r",
    spec: {
      targetRef: { kind: "Mesh" },
      to: [
        {
          targetRef: { kind: "MeshService", name },
          rules: [
            {
              matches: [{ path: { type: "PathPrefix", value: "/" } }],
              default:
                backends === undefined
                  ? {}
                  : { backendRefs: backends.map((one) => ({ kind: "MeshService", name: one })) },
            },
          ],
        },
      ],
    },
  });
  const own = "inbound:10.0.0.1:80 tcp";
  const plain = [own, "outbound:127.0.0.1:81 http", "outbound:127.0.0.1:82 tcp"];
  const bothHttp = [own, "outbound:127.0.0.1:81 http", "outbound:127.0.0.1:82 http"];
  holds(
    "no routes",
    [routeAll, ...world],
    [
      ["2.0.8", plain],
      ["2.5.11", plain],
    ],
  );
  holds("no TrafficRoute leaves a chain without filters", world, [
    ["2.5.11", [own]],
    ["2.6.0", plain],
  ]);
  holds("an HTTP route for a service with TCP, to itself", [routeAll, ...world, http("t")], [["2.5.11", plain]]);
  holds(
    "an HTTP route for a service with TCP, to one with HTTP",
    [routeAll, ...world, http("t", ["h"])],
    [
      ["2.1.7", bothHttp],
      ["2.5.11", bothHttp],
    ],
  );
  holds(
    "an HTTP route for a service with TCP counts for nothing later",
    [...world, http("t", ["h"])],
    [["2.6.15", plain]],
  );
  holds(
    "an HTTP route to HTTP and TCP is dropped, later half of it",
    [...world, http("h", ["h", "t"])],
    [
      ["2.8.8", [own, "outbound:127.0.0.1:82 tcp"]],
      ["2.9.0", plain],
    ],
  );
});

describe("direct access", () => {
  const other = dataplane("b", { address: "10.0.0.2", inbound: [{ port: 90, tags: service("b") }] });
  const direct = (redirects: object, services: readonly string[]): object =>
    dataplane("a", {
      gateway: { tags: service("a") },
      transparentProxying: { ...redirects, directAccessServices: services, reachableServices: ["none"] },
    });
  holds(
    "needs both ports to redirect to, later one",
    [direct({ redirectPortInbound: 15_006 }, ["*"]), other],
    [
      ["2.10.11", []],
      ["2.11.0", ["direct_access_10.0.0.2:90 tcp"]],
    ],
  );
  holds(
    "is for inbounds with tags",
    [direct({ redirectPortInbound: 15_006 }, ["b"]), other],
    [
      ["2.14.3", ["direct_access_10.0.0.2:90 tcp"]],
      ["main", []],
    ],
  );

  const metrics = { enabledBackend: "p", backends: [{ name: "p", type: "prometheus", conf: { port: 1234 } }] };
  const both = { redirectPortInbound: 15_006, redirectPortOutbound: 0 };
  it.each<[what: string, services: readonly string[], own: object, endpoints: readonly string[]]>([
    ["all services", ["*"], {}, ["10.0.0.2:90", "10.0.0.2:1234"]],
    ["that of the metrics", ["dataplane-metrics"], {}, ["10.0.0.2:1234"]],
    ["another", ["b"], {}, ["10.0.0.2:90"]],
    [
      "all, one with a port of its own",
      ["*"],
      { type: "prometheus", conf: { port: 7 } },
      ["10.0.0.2:7", "10.0.0.2:90"],
    ],
  ])("leads to the metrics of others as to a service: %s", (_, services, own, endpoints) => {
    const world = [
      { type: "Mesh", name: "default", metrics },
      ...logged(direct(both, services), { ...other, metrics: own }).slice(1),
    ];
    expect(shown(compiled(world, "2.14.3", "a"))).toEqual(endpoints.map((one) => `direct_access_${one} tcp`));
  });
});

describe("the listeners of a MeshGateway", () => {
  const gateway = {
    type: "MeshGateway",
    name: "g",
    selectors: [{ match: service("a") }],
    conf: {
      listeners: [
        { port: 1, protocol: "HTTP", tags: { l: "one" } },
        { port: 2, protocol: "HTTPS", hostname: "a.com", tags: { l: "two" } },
        { port: 3, protocol: "TCP", tags: { l: "three" } },
        { port: 4, protocol: "TLS", hostname: "b.com", tags: { l: "four" } },
      ],
    },
  };
  const builtin = dataplane("a", { gateway: { type: "BUILTIN", tags: service("a") } });
  const sidecar = dataplane("a", { inbound: [inbound] });
  const route = (type: string, targetRef: object): object => ({
    type,
    name: type.toLowerCase(),
    spec: { targetRef, to: [{ targetRef: { kind: "Mesh" }, rules: [{ default: {} }] }] },
  });
  const subset = (l: string): object => ({ kind: "MeshSubset", tags: { l } });
  const all = ["g:HTTP:1 http", "g:HTTPS:2 http"];

  it.each<[what: string, release: string, world: readonly object[], listeners: readonly string[]]>([
    ["no routes", "2.14.3", [builtin], all],
    ["an HTTP route on the Mesh", "2.14.3", [builtin, route("MeshHTTPRoute", { kind: "Mesh" })], all],
    [
      "an HTTP route on one listener leaves the HTTPS of others without chains",
      "2.14.3",
      [builtin, route("MeshHTTPRoute", subset("one"))],
      ["g:HTTP:1 http"],
    ],
    [
      "an HTTP route on the gateway by name",
      "2.14.3",
      [builtin, route("MeshHTTPRoute", { kind: "MeshGateway", name: "g", tags: { l: "two" } })],
      all,
    ],
    ["which has no say yet", "2.5.11", [builtin, route("MeshHTTPRoute", subset("one"))], all],
    [
      "a TCP route on one listener",
      "2.14.3",
      [builtin, route("MeshTCPRoute", subset("four"))],
      [...all, "g:TLS:4 tcp"],
    ],
    [
      "a TCP route on all",
      "2.14.3",
      [builtin, route("MeshTCPRoute", { kind: "Mesh" })],
      [...all, "g:TCP:3 tcp", "g:TLS:4 tcp"],
    ],

    ["a sidecar without routes", "2.14.3", [sidecar], ["inbound:10.0.0.1:80 tcp"]],
    [
      "a sidecar and a route on the Mesh",
      "2.14.3",
      [sidecar, route("MeshHTTPRoute", { kind: "Mesh" })],
      ["inbound:10.0.0.1:80 tcp", ...all],
    ],
    [
      "a sidecar and a route on one listener",
      "2.6.15",
      [sidecar, route("MeshHTTPRoute", subset("one"))],
      ["inbound:10.0.0.1:80 tcp", "g:HTTP:1 http"],
    ],
    [
      "a sidecar and a route that selects its inbound only",
      "2.14.3",
      [
        dataplane("a", { inbound: [{ port: 80, tags: { ...service("a"), v: "1" } }] }),
        route("MeshHTTPRoute", { kind: "MeshSubset", tags: { v: "1" } }),
      ],
      ["inbound:10.0.0.1:80 tcp"],
    ],
    [
      "a sidecar before there were such",
      "2.5.11",
      [sidecar, route("MeshHTTPRoute", { kind: "Mesh" })],
      ["inbound:10.0.0.1:80 tcp"],
    ],
  ])("%s: %s", (_, release, world, listeners) => {
    expect(shown(compiled(logged(gateway, ...world), release, "a"))).toEqual(listeners);
  });

  it("for other meshes need mutual TLS", () => {
    const crossMesh = { ...gateway, conf: { listeners: [{ port: 1, protocol: "HTTP", crossMesh: true }] } };
    const [, ...others] = logged(crossMesh, builtin);
    const error = (mtls: object): string | undefined =>
      compiled([{ type: "Mesh", name: "default", ...mtls }, ...others], "2.14.3", "a").error;
    expect(error({})).toBe(
      'imports[0]{name="gateway-proxy"}: gateway.Generator failed: mTLS must be enabled for crossMesh-enabled MeshGateways',
    );
    expect(error({ mtls: { enabledBackend: "ca", backends: [{ name: "ca", type: "builtin" }] } })).toBeUndefined();
  });

  it("are those of the best one of all zones, though no policy selects them", () => {
    const foreign = { ...gateway, labels: { "kuma.io/origin": "zone", "kuma.io/zone": "other" } };
    const here = { ...builtin, labels: { "kuma.io/zone": "here" } };
    const proxy = compiled(logged(foreign, here), "2.14.3", "a");
    expect(shown(proxy)).toEqual(all);
    expect(proxy.policies).toEqual([]);
    expect(proxy.listeners.flatMap(({ accessLog }) => accessLog)).toEqual([]);
  });
});

describe("passthrough", () => {
  const proxy = dataplane("a", {
    gateway: { tags: service("a") },
    transparentProxying: { redirectPortInbound: 15_006, redirectPortOutbound: 15_001, ipFamilyMode: "DualStack" },
  });
  const passes = (type: string, value: string, protocol: string): object => ({
    type: "MeshPassthrough",
    name: "p",
    spec: { default: { appendMatch: [{ type, value, protocol, port: 80 }] } },
  });
  const listeners = (...filters: readonly (readonly ["ipv4" | "ipv6", "http" | "tcp"])[]): readonly string[] => [
    "a tcp",
    ...filters.map(([family, filter]) => `outbound:passthrough:${family} ${filter}`),
  ];
  const plain = listeners(["ipv4", "tcp"], ["ipv6", "tcp"]);
  holds(
    "a MeshPassthrough gives it chains with HTTP",
    [proxy, other(), passes("Domain", "a.com", "http")],
    [
      ["2.7.29", plain],
      ["2.8.0", listeners(["ipv4", "http"], ["ipv6", "http"])],
      ["2.14.3", listeners(["ipv4", "http"], ["ipv6", "http"])],
    ],
  );
  holds(
    "an address of one family leaves the other alone, later",
    [proxy, other(), passes("IP", "10.0.0.9", "tcp")],
    [
      ["2.8.8", listeners(["ipv4", "tcp"])],
      ["2.9.0", plain],
    ],
  );
  holds(
    "an address with HTTP counts for both, at first",
    [proxy, other(), passes("IP", "10.0.0.9", "http")],
    [
      ["2.8.8", listeners(["ipv4", "http"], ["ipv6", "http"])],
      ["2.9.0", listeners(["ipv4", "http"], ["ipv6", "tcp"])],
    ],
  );

  function other(): object {
    return dataplane("b", { address: "10.0.0.2", inbound: [inbound] });
  }
});

describe("the zone egress that a Dataplane embeds", () => {
  const embedding = dataplane(
    "a",
    { inbound: [inbound], listeners: [{ type: "ZoneEgress", port: 10_002, name: "egress" }] },
    { labels: { app: "a", team: "x" } },
  );
  const external = { type: "MeshExternalService", name: "e", spec: { match: { port: 443, protocol: "tcp" } } };
  const identity = (name: string, matchLabels: object, status: string): object => ({
    type: "MeshIdentity",
    name,
    spec: { selector: { dataplane: { matchLabels } } },
    status: { conditions: [{ type: "Ready", status }] },
  });
  it.each<[what: string, identities: readonly object[], exists: boolean]>([
    ["none", [], false],
    ["one that selects all", [identity("i", {}, "True")], true],
    ["one that selects others", [identity("i", { app: "b" }, "True")], false],
    ["one that is not ready", [identity("i", {}, "False")], false],
    ["the best of two is ready", [identity("i", {}, "False"), identity("j", { app: "a" }, "True")], true],
    ["the best of two is not ready", [identity("i", {}, "True"), identity("j", { app: "a" }, "False")], false],
    ["the first of two is ready", [identity("j", { app: "a" }, "False"), identity("i", { team: "x" }, "True")], true],
  ])("needs the identity of the Dataplane to be ready: %s", (_, identities, exists) => {
    const world = [
      { type: "Mesh", name: "default", meshServices: { mode: "Exclusive" } },
      ...logged(embedding, external, ...identities).slice(1),
    ];
    const listeners = shown(compiled(world, "2.14.3", "a"));
    expect(listeners.includes("self_zoneegress_dp_egress tcp")).toBe(exists);
  });
});
