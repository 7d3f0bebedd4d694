import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { kumaReleases } from "../../packages/parser/src/index.ts";
import { describe, expect, it } from "vitest";
import type { AccessLog, Cluster } from "../../packages/compiler/src/envoy/messages.ts";
import { type Profile, profile } from "../../packages/compiler/src/kuma/profile.ts";
import { linkAll } from "../../packages/compiler/src/lower/link.ts";
import { itemsOf } from "../../packages/compiler/src/lower/lower.ts";
import { proxyLinker, type ProxySurroundings } from "../../packages/compiler/src/lower/proxy-linker.ts";
import { type BackendTemplate, templates } from "../../packages/compiler/src/lower/template.ts";
import { type Dataplane, readDataplane } from "../../packages/compiler/src/source/dataplane.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { readOpenTelemetryBackend } from "../../packages/compiler/src/source/open-telemetry-backend.ts";
import type { Resource } from "../../packages/compiler/src/source/resources.ts";
import { toJson } from "../../packages/compiler/src/source/tree.ts";
import type { MeshAccessLogSpec } from "../../packages/compiler/src/validate/policy.ts";
import { assertValid } from "../protobuf/validate.ts";
import { goldensFolder } from "./shared-folder.ts";
import { readWorlds, type World } from "./worlds.ts";

/** Whatever selects and orders policies: each logger that Kuma made is one that the lowering makes of a backend. */
describe.each(lines())("every logger of a recorded world is one of ours: Kuma %s", (version, folder) => {
  const release = kumaReleases.find(({ name }) => name === version);
  if (release === undefined) throw new Error(`there is no Kuma ${version}`);
  const facts = profile(release);
  const found = { loggers: 0, clusters: 0, errors: 0 };

  it.each(readWorlds(version, folder).map((world) => [world.id, world] as const))("%s", (_, world) => {
    const known = knownOf(world, facts);
    for (const [name, { listeners = {}, clusters = {}, error }] of Object.entries(world.expected)) {
      const proxy = proxyOf(name, world, known, facts);
      if (error !== undefined) {
        expect(proxy.errors()).toContain(withoutNumber(error));
        found.errors++;
      }
      for (const [listener, { filterChains }] of Object.entries(listeners)) {
        for (const { accessLog = [] } of filterChains.flatMap(({ filters }) => filters)) {
          for (const logger of accessLog) {
            if (!proxy.makes(logger, listener)) expect.fail(`${name} ${listener} ${JSON.stringify(logger)}`);
            found.loggers++;
          }
        }
      }
      for (const cluster of Object.values(clusters)) {
        expect(proxy.clusters()).toContain(canonical(cluster, besideCluster));
        found.clusters++;
      }
    }
  });

  it("and there are some", () => {
    const { loggers, clusters, errors } = found;
    console.log(`Kuma ${version}: ${loggers} loggers, ${clusters} clusters, ${errors} errors`);
    expect(found.loggers).toBeGreaterThan(1000);
  });
});

/** The lines whose worlds are here, or beside the repository. */
function lines(): readonly (readonly [version: string, folder: string])[] {
  const own = join(import.meta.dirname, "worlds");
  const shared = join(goldensFolder ?? "", "../worlds");
  const folder = goldensFolder !== undefined && existsSync(shared) ? shared : own;
  return readdirSync(folder).flatMap((file) => {
    const [, version] = /^(.*)\.jsonl\.gz$/.exec(file) ?? [];
    return version === undefined ? [] : [[version, folder] as const];
  });
}

/** What a world holds that loggers are made of. */
interface Known {
  readonly resources: readonly Resource[];
  readonly backends: readonly BackendTemplate[];
  /** Everything that could be called a service. */
  readonly services: readonly string[];
}

function knownOf({ world, violations = {} }: World, facts: Profile): Known {
  const { resources } = load([{ path: "world.yaml", content: world }]).value;
  const confs = resources
    .filter(({ kind, name }) => kind === "MeshAccessLog" && !Object.hasOwn(violations, name))
    .flatMap((resource) => {
      const spec = (resource.spec === undefined ? {} : toJson(resource.spec)) as MeshAccessLogSpec;
      return itemsOf({ resource, spec }).map((item) => item.default);
    });
  const backends = confs.flatMap((conf) => {
    const { http, tcp, passthrough } = templates(conf, facts);
    return [...http, ...tcp, ...passthrough];
  });
  const tags = [...world.matchAll(/kuma\.io\/(?:service|workload): ['"]?([^\s'",}]+)/g)].map(([, tag = ""]) => tag);
  const names = resources.flatMap(({ name, displayName }) => [name, displayName]);
  return { resources, backends, services: [...new Set(["unknown", "external", "*", ...tags, ...names])] };
}

interface Proxy {
  /** Whether some backend becomes this logger in this proxy. */
  readonly makes: (logger: AccessLog, listener: string) => boolean;
  /** The clusters that any of the backends could need. */
  readonly clusters: () => readonly string[];
  /** What any of the backends could leave the proxy without configuration with. */
  readonly errors: () => readonly string[];
}

function proxyOf(name: string, { metadata }: World, known: Known, profileOf: Profile): Proxy {
  const resource = known.resources.find((candidate) => candidate.kind === "Dataplane" && candidate.name === name);
  if (resource === undefined) throw new Error(`there is no Dataplane ${name}`);
  const { value: dataplane } = readDataplane(resource);
  if (dataplane === undefined) throw new Error(`the Dataplane ${name} is none`);
  const ofKind = (kind: string) => known.resources.filter((candidate) => candidate.kind === kind);
  const surroundings: ProxySurroundings = {
    profile: profileOf,
    mesh: ofKind("Mesh").find((mesh) => mesh.name === resource.mesh),
    backends: ofKind("MeshOpenTelemetryBackend")
      .filter(({ mesh }) => mesh === resource.mesh)
      .map(readOpenTelemetryBackend),
    metadata: metadata[name] ?? {},
  };
  const linker = proxyLinker(dataplane, surroundings);
  // Each backend for itself: one that is refused takes the others along.
  const alone = known.backends.map((backend) => {
    const own = proxyLinker(dataplane, surroundings);
    linkAll([backend], own.valuesOf({ sourceService: "", destinationService: "", direction: "INBOUND" }));
    return own.finish();
  });
  const made = new Map<string, ReadonlySet<string>>();
  const madeFor = (values: Parameters<typeof linker.valuesOf>[0]): ReadonlySet<string> => {
    const key = JSON.stringify(values);
    const before = made.get(key);
    if (before !== undefined) return before;
    const loggers = linkAll(known.backends, linker.valuesOf(values));
    for (const logger of loggers) assertValid("envoy.config.accesslog.v3.AccessLog", logger);
    const texts = new Set(loggers.map((logger) => canonical(logger, besideLogger)));
    made.set(key, texts);
    return texts;
  };
  return {
    makes(logger, listener) {
      const wanted = canonical(logger, besideLogger);
      const mentioned = [...known.services, ...inboundNames(dataplane), listener].filter((service) =>
        wanted.includes(service),
      );
      const services = mentioned.length === 0 ? ["none"] : mentioned;
      return services.some((sourceService) =>
        services.some((destinationService) =>
          (["OUTBOUND", "INBOUND", "UNSPECIFIED"] as const).some((direction) =>
            madeFor({ sourceService, destinationService, direction }).has(wanted),
          ),
        ),
      );
    },
    clusters: () => alone.flatMap(({ clusters }) => clusters.map((cluster) => canonical(cluster, besideCluster))),
    errors: () => alone.flatMap(({ error }) => (error === undefined ? [] : withoutNumber(error))),
  };
}

/** What inbounds are called without tags. */
function inboundNames({ resource, inbounds }: Dataplane): readonly string[] {
  const { mesh, labels, displayName } = resource;
  const own = `kri_dp_${mesh}_${labels.get("kuma.io/zone") ?? ""}_${labels.get("k8s.kuma.io/namespace") ?? ""}_${displayName}_`;
  return inbounds.map(({ name = "" }) => `${own}${name}`);
}

/** What does not come from the backend: who is logged, and the number of the cluster, which depends on the listeners before. */
const besideLogger: readonly string[] = ["filter", "clusterName"];
const besideCluster: readonly string[] = ["name", "altStatName", "clusterName"];

/** A message as a text that is the same for the same message, without some of its fields. */
function canonical(message: AccessLog | Cluster, ignored: readonly string[]): string {
  return JSON.stringify(message, (key, value: unknown) => {
    if (ignored.includes(key)) return undefined;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function withoutNumber(error: string): string {
  return error.replace(/opentelemetry:\d+/, "opentelemetry:0");
}
