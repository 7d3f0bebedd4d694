import { readFileSync } from "node:fs";
import { join } from "node:path";
import { kumaReleases } from "../../packages/parser/src/index.ts";
import { describe, expect, it } from "vitest";
import { profile } from "../../packages/compiler/src/kuma/profile.ts";
import { readDocuments } from "../../packages/compiler/src/source/read-documents.ts";
import { decodeFile } from "../../packages/compiler/src/source/source-file.ts";
import { type Json, toJson } from "../../packages/compiler/src/source/tree.ts";
import { assertValid } from "../protobuf/validate.ts";
import { type PluginCase, pluginCases } from "./plugin-case.ts";
import { runPlugin } from "./plugin-run.ts";

const releases = pluginCases();
let listeners = 0;
let clusters = 0;

describe.runIf(releases.length > 0)("Kuma's own unit tests of the plugin hold", () => {
  describe.each(releases.map((release) => [release.version, release] as const))("in Kuma %s", (version, release) => {
    const found = kumaReleases.find(({ name }) => name === version);
    it.each(release.cases.map((test) => [test.name, test] as const))("%s", (_, test) => {
      if (found === undefined) throw new Error(`there is no Kuma ${version}`);
      const ours = runPlugin(version, test, release.harness[test.table], profile(found));
      expect(ours.error).toBeUndefined();
      const golden = (file: string): JsonMap => readGolden(join(release.folder, file));
      for (const expected of test.expected.listeners) {
        const listener = golden(expected.golden);
        const { address, portValue } = map(map(listener["address"])["socketAddress"]);
        const parts = ours.listeners.get(`${text(address)}:${text(portValue)}`);
        expect(parts, expected.golden).toEqual(partsOf(listener, test.table));
        for (const logger of parts?.accessLog ?? []) assertValid("envoy.config.accesslog.v3.AccessLog", logger);
        listeners++;
      }
      const theirs = test.expected.clusters.filter(({ name }) => name.includes("meshaccesslog"));
      expect(ours.clusters).toEqual(theirs.map((cluster) => golden(cluster.golden)));
      for (const cluster of ours.clusters) assertValid("envoy.config.cluster.v3.Cluster", cluster);
      clusters += theirs.length;
    });
  });

  it("and enough of them ran", () => {
    const cases = releases.map(({ version, cases: all }) => `${version}: ${all.length}`);
    console.log(`${listeners} listeners and ${clusters} clusters of plugin cases compared; cases ${cases.join(", ")}`);
    expect(listeners).toBeGreaterThan(100);
  });
});

type JsonMap = Readonly<Record<string, Json>>;

/** The access-log parts of a listener as Kuma's own test expects it. Every chain must have the same loggers. */
function partsOf(listener: JsonMap, table: PluginCase["table"]): object {
  const filters = list(listener["filterChains"]).flatMap((chain) => list(map(chain)["filters"]).map(map));
  const networkFilters = filters.map((filter) => map(filter["typedConfig"])).filter((config) => carries(config));
  const [first = {}] = networkFilters;
  for (const config of networkFilters) expect(config["accessLog"]).toEqual(first["accessLog"]);
  const routes = list(map(first["routeConfig"])["virtualHosts"]).flatMap((host) => list(map(host)["routes"]).map(map));
  const inspectors = list(listener["listenerFilters"]).map((filter) => map(filter)["name"]);
  return {
    accessLog: first["accessLog"] ?? [],
    ...(first["accessLogOptions"] === undefined ? {} : { accessLogOptions: first["accessLogOptions"] }),
    lua: list(first["httpFilters"]).filter((filter, i) => i === 0 && map(filter)["name"] === "envoy.filters.http.lua"),
    routeMetadata: Object.fromEntries(
      routes.flatMap(({ name, metadata }) => (metadata === undefined ? [] : [[text(name), metadata]])),
    ),
    // A gateway has an inspector of its own.
    hasTlsInspector: table === "sidecar" && inspectors.includes("envoy.filters.listener.tls_inspector"),
  };
}

function carries({ "@type": type }: JsonMap): boolean {
  return /\.(?:HttpConnectionManager|TcpProxy)$/.test(text(type));
}

function readGolden(path: string): JsonMap {
  const file = decodeFile({ path, content: readFileSync(path) });
  const [document] = readDocuments(file.value).value;
  if (document?.root === undefined) throw new Error(`nothing in ${path}`);
  return map(toJson(document.root));
}

function map(json: Json | undefined): JsonMap {
  return typeof json === "object" && json !== null && !Array.isArray(json) ? (json as JsonMap) : {};
}

function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

function text(json: Json | undefined): string {
  return typeof json === "string" || typeof json === "number" ? String(json) : "";
}
