import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import type { CompiledProxy } from "../../packages/compiler/src/emit/compiled.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { kumaReleases } from "../../packages/parser/src/index.ts";
import { e2eWorld } from "./e2e-world.ts";
import { type Json, type JsonMap, list, map, readJson, readYaml, text } from "./rule-goldens.ts";
import { goldensFolder } from "./shared-folder.ts";

/** What a running Kuma sent to the Envoys of its own end-to-end tests. */
interface E2eGolden {
  readonly release: string;
  readonly folder: string;
  readonly input: string;
  readonly dataplane: string;
  readonly expected: JsonMap;
}

const goldens = globSync("*/e2e/*/accesslogs.json", { cwd: goldensFolder ?? "/nowhere" })
  .sort()
  .map((file) => join(goldensFolder ?? "", file))
  .flatMap((file): readonly E2eGolden[] => {
    const { cases, kumaTag, identicalInTags } = readJson(file);
    const tags = new Set([kumaTag, ...list(identicalInTags)].map((tag) => text(tag).replace(/^v/, "")));
    // The commit of main has no name.
    const releases = [...tags].map((tag) => (tag.includes(".") ? tag : "main"));
    return [...new Set(releases)].flatMap((release) =>
      list(cases).map((one) => {
        const expected = map(one);
        const { input, dataplane } = expected;
        return { release, folder: dirname(file), input: text(input), dataplane: text(dataplane), expected };
      }),
    );
  });

describe.runIf(goldens.length > 0)("Kuma's own end-to-end tests hold", () => {
  const compared = { listeners: 0, loggers: 0, luaFilters: 0, routes: 0 };
  describe.each([...Map.groupBy(goldens, ({ release }) => release)])("in Kuma %s", (_, cases) => {
    it.each(cases.map((golden) => [`${golden.input} ${golden.dataplane}`, golden] as const))("%s", (__, golden) => {
      const { expected } = golden;
      const proxy = proxyOf(golden);
      const theirs = list(expected["listeners"])
        .map(map)
        .filter(({ listener }) => !others.test(text(listener)))
        .map(({ listener, filters, accessLogs }): readonly [string, object] => [
          text(listener),
          { filters: carriersOf(list(filters)), accessLog: list(map(list(accessLogs)[0])["accessLog"]) },
        ]);
      const ours = proxy.listeners.map(({ name, filter, accessLog }): readonly [string, object] => [
        redacted(name ?? ""),
        { filters: [filter], accessLog: redacted(accessLog) },
      ]);
      expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
      expect(ours.length).toBe(theirs.length);

      const lua = list(expected["luaFilters"]).map((one) => map(one)["httpFilter"]);
      expect(proxy.listeners.flatMap(({ httpFilters = [] }) => httpFilters)).toEqual(lua);
      const routes = list(expected["routeMetadata"]).map(map);
      const metadata = Object.fromEntries(routes.map(({ route, metadata: added }) => [text(route), added]));
      expect(Object.assign({}, ...proxy.listeners.map(({ routeMetadata = {} }) => routeMetadata))).toEqual(metadata);
      expect(proxy.clusters.map(({ name }) => name)).toEqual(
        list(expected["otelClusters"]).map((cluster) => text(map(cluster)["name"])),
      );

      compared.listeners += ours.length;
      compared.loggers += proxy.listeners.reduce((sum, { accessLog }) => sum + accessLog.length, 0);
      compared.luaFilters += lua.length;
      compared.routes += routes.length;
    });
  });

  afterAll(() => {
    console.log(`${goldens.length} end-to-end goldens: ${Object.entries(compared).flat().join(" ")}; none left out`);
  });

  it("and enough of them ran", () => {
    expect(goldens.length).toBeGreaterThan(100);
  });
});

/** Listeners that never log: of inbound passthrough and of the administration. */
const others = /^(?:inbound:passthrough:|self_transparentproxy_passthrough_inbound_|kuma:|system_)/;

function proxyOf({ release: name, folder, input, dataplane }: E2eGolden): CompiledProxy {
  const release = kumaReleases.find((one) => one.name === name);
  if (release === undefined) throw new Error(`there is no Kuma ${name}`);
  const documents = readYaml(join(folder, input)).map(map);
  const world = e2eWorld(input.startsWith("sidecars") ? "sidecars" : "builtingateway", name === "main", documents);
  const content = world.map((one) => JSON.stringify(one)).join("\n---\n");
  const { value, diagnostics } = compile(load([{ path: "world.yaml", content }]).value, release, {
    controlPlane: { zone: "kuma-3", metadata: { [dataplane]: { workdir: "/tmp" } } },
  });
  expect(diagnostics.filter(({ kuma, severity }) => kuma !== undefined && severity === "error")).toEqual([]);
  const found = [...value.proxies].find((proxy) => proxy.name === dataplane);
  if (found === undefined) throw new Error(`there is no proxy ${dataplane}`);
  return found;
}

/** The types of filters that loggers stand in, each once. */
function carriersOf(chains: readonly Json[]): readonly string[] {
  const names = chains.flatMap((chain) => list(chain).map(text));
  return [...new Set(names.filter((name) => /\.(?:http_connection_manager|tcp_proxy)$/.test(name)))];
}

/** As the tests of Kuma write addresses. */
function redacted<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replaceAll(/\d+\.\d+\.\d+\.\d+/g, "IP_REDACTED")) as T;
}
