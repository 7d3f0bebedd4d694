import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { kumaReleases } from "@meshlog/parser";
import { describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { compile } from "../../src/compile.ts";
import type { CompiledProxy } from "../../src/emit/compiled.ts";
import { load } from "../../src/source/load.ts";
import { type ConfigDump, readConfigDump } from "../../src/verify/config-dump.ts";
import { verify } from "../../src/verify/verify.ts";
import { goldensFolder } from "../../../../conformance/kuma/shared-folder.ts";

/** What a suite of Kuma's end-to-end tests sets up before the policies of a test. */
interface Suite {
  readonly mesh: { readonly name: string };
  readonly dataplanes: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly generatedMeshServices?: readonly { readonly name: string; readonly ports: readonly object[] }[];
  readonly resources?: readonly { readonly name: string }[];
}

interface Golden {
  /** The release that the suite ran against. */
  readonly kuma: string;
  readonly suite: "sidecars" | "builtingateway";
  readonly name: string;
  readonly proxy: string;
  readonly folder: string;
  readonly topology: string;
}

/** The suites replace every address by a text. */
function redacted<T>(value: T): T {
  return JSON.parse(JSON.stringify(value).replace(/\d+\.\d+\.\d+\.\d+/g, "IP_REDACTED")) as T;
}

const zone = "kuma-3";
/** What the control plane computes when a resource is applied. */
const labelled = (name: string) => ({ "kuma.io/zone": zone, "kuma.io/origin": "zone", "kuma.io/display-name": name });

describe.skipIf(goldensFolder === undefined)("what a control plane sent in Kuma's end-to-end tests", () => {
  test.each(goldens().map((golden) => [`${golden.kuma} ${golden.name} ${golden.proxy}`, golden] as const))(
    "%s is so too where the addresses of services are not known",
    (_, golden) => {
      const compiled = compileGolden(golden, "without addresses");
      const { listeners } = verify(compiled, readGolden(golden));
      expect(listeners.filter(({ status, name }) => status === "different" || name === null)).toEqual([]);
    },
  );

  test.each(goldens().map((golden) => [`${golden.kuma} ${golden.name} ${golden.proxy}`, golden] as const))(
    "%s is what its resources compile to",
    (_, golden) => {
      const compiled = compileGolden(golden);
      const dump = readGolden(golden);
      const { listeners, clusters } = verify(compiled, dump);
      const told = listeners.filter(({ status }) => status !== "unknown");
      expect(told.filter(({ status }) => status !== "equal")).toEqual([]);
      expect(clusters).toEqual([]);
      expect(told).toHaveLength(new Set(compiled.listeners.map(({ name }) => name)).size);
      expect(listeners.filter((one) => one.status === "unknown" && one.loggers > 0)).toEqual([]);
      // What it tells is not said of every world: without the policies the loggers of the proxy are different.
      const logs = dump.listeners.some(({ filters }) => filters.some(({ accessLog }) => accessLog.length > 0));
      const unlogged = verify({ ...compiled, listeners: compiled.listeners.map(silent), clusters: [] }, dump);
      expect(unlogged.listeners.some(({ status }) => status === "different")).toBe(logs);
    },
  );
});

function silent<T extends object>(listener: T): T & { readonly accessLog: [] } {
  return { ...listener, accessLog: [] };
}

function goldens(): readonly Golden[] {
  if (goldensFolder === undefined) return [];
  return readdirSync(goldensFolder).flatMap((version) => {
    const folder = join(goldensFolder ?? "", version, "e2e");
    return subfolders(folder).flatMap((kuma) =>
      (["sidecars", "builtingateway"] as const).flatMap((suite) =>
        filesIn(join(folder, kuma, suite)).flatMap((file): readonly Golden[] => {
          const [, name, proxy] = /^(.*?)\.(.*)\.golden\.json$/.exec(file) ?? [];
          if (name === undefined || proxy === undefined) return [];
          const topology = join(folder, "topology.yaml");
          return [{ kuma, suite, name, proxy, folder: join(folder, kuma, suite), topology }];
        }),
      ),
    );
  });
}

function subfolders(folder: string): readonly string[] {
  return filesIn(folder).filter((name) => !name.includes("topology"));
}

function filesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function compileGolden(
  { kuma, suite, name, proxy, folder, topology }: Golden,
  addresses: "with addresses" | "without addresses" = "with addresses",
): CompiledProxy {
  const suites = parse(readFileSync(topology, "utf8")) as Readonly<Record<Golden["suite"], Suite>>;
  const policies = parseAllDocuments(readFileSync(join(folder, `${name}.input.yaml`), "utf8")).map((document) => {
    // The tests ask for the configuration with these policies although they are in the shadow.
    const applied = document.toJS() as { readonly name: string };
    return { ...applied, labels: labelled(applied.name) };
  });
  const content = JSON.stringify({ items: [...resourcesOf(suites[suite], policies, addresses)] });
  const release = kumaReleases.find((one) => one.name === kuma);
  if (release === undefined) throw new Error(`there is no Kuma ${kuma}`);
  const { value } = load([{ path: "world.json", content }]);
  const { value: compiled } = compile(value, release, { controlPlane: { zone }, wants: (one) => one.name === proxy });
  const [only] = compiled.proxies;
  if (only === undefined) throw new Error(`there is no proxy ${proxy}`);
  return redacted(only);
}

function* resourcesOf(
  { mesh, dataplanes, generatedMeshServices = [], resources = [] }: Suite,
  policies: readonly object[],
  addresses: "with addresses" | "without addresses",
): Generator<object> {
  yield { ...mesh, type: "Mesh" };
  const called = (name: string) => ({ mesh: mesh.name, name, labels: labelled(name) });
  let address = 0;
  const nextAddress = (): string => `10.0.0.${String(++address)}`;
  for (const [name, { transparentProxying, labels: own = {}, ...networking }] of Object.entries(dataplanes)) {
    const redirects = { redirectPortInbound: 15006, redirectPortOutbound: 15001, ipFamilyMode: "DualStack" };
    yield {
      ...called(name),
      type: "Dataplane",
      labels: { ...labelled(name), ...(own as object) },
      networking: {
        address: nextAddress(),
        ...networking,
        ...(transparentProxying === true ? { transparentProxying: redirects } : {}),
      },
    };
  }
  for (const { name, ports } of generatedMeshServices) {
    yield {
      ...called(name),
      type: "MeshService",
      spec: { ports, selector: { dataplaneTags: { "kuma.io/service": name } } },
      ...(addresses === "with addresses" ? { status: { vips: [{ ip: nextAddress() }] } } : {}),
    };
  }
  for (const resource of resources) yield { ...called(resource.name), ...resource };
  for (const policy of policies) yield { ...policy };
}

function readGolden({ folder, name, proxy }: Golden): ConfigDump {
  const path = join(folder, `${name}.${proxy}.golden.json`);
  const { value } = readConfigDump({ path, content: readFileSync(path) });
  if (value === undefined) throw new Error(`${path} cannot be read`);
  return value;
}
