import { describe, expect, it } from "vitest";
import { assertValid } from "../../../../conformance/protobuf/validate.ts";
import type { Cluster } from "../../src/envoy/messages.ts";
import type { ProxyMetadata } from "../../src/kuma/control-plane.ts";
import { linkAll } from "../../src/lower/link.ts";
import { loggerObjects } from "../../src/lower/linked-logger.ts";
import { proxyLinker } from "../../src/lower/proxy-linker.ts";
import { templates } from "../../src/lower/template.ts";
import { load } from "../../src/source/load.ts";
import { readOpenTelemetryBackend } from "../../src/source/open-telemetry-backend.ts";
import type { Backend } from "../../src/validate/policy.ts";
import { profileOf } from "./release.ts";

const { resources } = load([
  {
    path: "mesh.yaml",
    content: `
type: Mesh
name: default
meshServices: { mode: Exclusive }
---
type: MeshOpenTelemetryBackend
mesh: default
name: grpc
labels: { kuma.io/display-name: Near.By }
spec: { protocol: grpc }
---
type: MeshOpenTelemetryBackend
mesh: default
name: http
labels: { tier: http }
spec: { protocol: http, endpoint: { address: collector, port: 4318 } }
`,
  },
]).value;
const backends = resources.filter(({ kind }) => kind !== "Mesh").map(readOpenTelemetryBackend);
const unified = { features: ["feature-unified-resource-naming"] };
const to = (labels: Readonly<Record<string, string>>): Backend => ({
  type: "OpenTelemetry",
  openTelemetry: { backendRef: { kind: "MeshOpenTelemetryBackend", labels } },
});
const at = (endpoint: string): Backend => ({ type: "OpenTelemetry", openTelemetry: { endpoint } });
const near = { "kuma.io/display-name": "Near.By" };

function finish(release: string, conf: readonly Backend[], metadata: ProxyMetadata = {}, address = "10.0.0.1") {
  const profile = profileOf(release);
  const mesh = resources.find(({ kind }) => kind === "Mesh");
  const resource = { mesh: "default", name: "web", labels: new Map<string, string>() };
  const linker = proxyLinker({ resource, address }, { profile, mesh, backends, metadata });
  const values = linker.valuesOf({ sourceService: "web", destinationService: "db", direction: "OUTBOUND" });
  const loggers = loggerObjects([linkAll(templates({ backends: conf }, profile).http, values)]);
  for (const logger of loggers) assertValid("envoy.config.accesslog.v3.AccessLog", logger);
  return { loggers, ...linker.finish() };
}

/** Name, type and address; `h2` where HTTP/2 is spoken. */
function outline(cluster: Cluster): string {
  assertValid("envoy.config.cluster.v3.Cluster", cluster);
  const address = cluster.loadAssignment?.endpoints?.[0]?.lbEndpoints?.[0]?.endpoint?.address;
  const socket = address?.socketAddress;
  const place = address?.pipe?.path ?? `${socket?.address ?? ""} ${socket?.portValue ?? ""}`;
  const h2 = cluster.typedExtensionProtocolOptions === undefined ? "" : " h2";
  return `${cluster.name ?? ""} ${cluster.type ?? ""} ${place}${h2}`;
}

describe("the clusters of a proxy", () => {
  it.each<[release: string, what: string, conf: readonly Backend[], metadata: ProxyMetadata, clusters: string[]]>([
    [
      "2.13.10",
      "numbered in the order of first use",
      [at("a"), at("b:1"), at("a:4317")],
      {},
      ["meshaccesslog:opentelemetry:0 STRICT_DNS a 4317 h2", "meshaccesslog:opentelemetry:1 STRICT_DNS b 1 h2"],
    ],
    [
      "2.11.18",
      "never unified before 2.12",
      [at("a")],
      unified,
      ["meshaccesslog:opentelemetry:0 STRICT_DNS a 4317 h2"],
    ],
    ["2.12.14", "unified", [at("A.b_c")], unified, ["system_meshaccesslog_--b_c-4317 STRICT_DNS A.b_c 4317 h2"]],
    [
      "main",
      "always unified",
      [to({ tier: "http" })],
      {},
      ["system_meshaccesslog_collector-4318 STRICT_DNS collector 4318"],
    ],
    [
      "2.14.3",
      "on the node where a backend has no address",
      [to(near)],
      { dynamicMetadata: { HOST_IP: "fd00::9" } },
      ["meshaccesslog:opentelemetry:0 STATIC fd00::9 4317 h2"],
    ],
    [
      "2.14.3",
      "through kuma-dp, in HTTP/2 always; an endpoint directly",
      [to({ tier: "http" }), at("a")],
      { workdir: "/work//", features: ["feature-otel-via-kuma-dp"] },
      [
        "meshaccesslog:opentelemetry:0 STATIC /work/kuma-otel-http.sock h2",
        "meshaccesslog:opentelemetry:1 STRICT_DNS a 4317 h2",
      ],
    ],
    [
      "2.14.3",
      "through kuma-dp and unified",
      [to(near)],
      { workdir: "/work", features: ["feature-otel-via-kuma-dp", ...unified.features] },
      ["system_meshaccesslog_otel_-ear--y STATIC /work/kuma-otel-Near.By.sock h2"],
    ],
    ["2.14.3", "none for a backend that is not there", [to({ tier: "no" }), to({})], {}, []],
  ])("Kuma %s: %s", (release, _, conf, metadata, clusters) => {
    const linked = finish(release, conf, metadata);
    expect(linked.clusters.map(outline)).toEqual(clusters);
    if (clusters.length === 0) expect(linked.loggers).toEqual([]);
  });

  it("resolve names to any family where the proxy is on IPv6", () => {
    expect(finish("2.5.11", [at("a")]).clusters[0]).toMatchObject({
      dnsLookupFamily: "V4_ONLY",
      connectTimeout: "10s",
    });
    expect(finish("2.6.15", [at("a")], {}, "fd00::1").clusters[0]).not.toHaveProperty("dnsLookupFamily");
  });

  it("track what remains of their circuit breakers from 2.14 on", () => {
    expect(finish("2.13.10", [at("a")]).clusters[0]).not.toHaveProperty("circuitBreakers");
    expect(finish("2.14.0", [at("a")]).clusters[0]).toHaveProperty("circuitBreakers");
  });

  it("leave the proxy without any where Kuma refuses one", () => {
    const { clusters, error } = finish("2.13.10", [at("a"), at(":99999")]);
    expect(clusters).toEqual([]);
    expect(error).toMatch(
      /^invalid resource "meshaccesslog:opentelemetry:1": .*: invalid SocketAddress.Address: value length must be at least 1 runes; invalid SocketAddress.PortValue: value must be less than or equal to 65535$/,
    );
  });
});

describe("the socket for the records of TCP loggers is", () => {
  const tcp: Backend = { type: "Tcp", tcp: { address: "a:1" } };
  it.each<[release: string, metadata: ProxyMetadata, path: string]>([
    ["2.3.7", { workdir: "/w", accessLogSocketPath: "/x" }, "/tmp/kuma-al-web-default.sock"],
    ["2.4.10", { workdir: "/w", accessLogSocketPath: "/x" }, "/x"],
    ["2.7.29", { workdir: "/w" }, "/tmp/kuma-al-web-default.sock"],
    ["2.8.8", { workdir: "/w/../v/", accessLogSocketPath: "/x" }, "/v/kuma-al-web-default.sock"],
    ["main", {}, "kuma-al-web-default.sock"],
    ["main", { workdir: `/${"d".repeat(200)}` }, `/${"d".repeat(97)}.sock`],
  ])("Kuma %s, %j: %s", (release, metadata, path) => {
    expect(finish(release, [tcp], metadata).loggers[0]?.typedConfig).toMatchObject({ path });
  });
});
