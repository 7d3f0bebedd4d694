import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { omit } from "../diff/omit.ts";
import type { Cluster } from "../envoy/messages.ts";
import { report } from "../messages.ts";
import { decodeFile, type SourceFile } from "../source/source-file.ts";
import { camelCased, camelKeys } from "./camel-case.ts";
import { type LiveListener, liveListener } from "./live-listener.ts";
import { items, members, word } from "./loose.ts";

/** What a proxy runs with, as far as access logs go. */
export interface ConfigDump {
  /** Only in the dump of an Envoy that says how it was started. */
  readonly node?: LiveNode;
  readonly listeners: readonly LiveListener[];
  /** What comes from a route discovery service, by name; in protobuf JSON. */
  readonly routeConfigs: ReadonlyMap<string, unknown>;
  readonly clusters: readonly Cluster[];
}

/** How an Envoy introduces itself to its control plane. */
export interface LiveNode {
  /** `mesh.name` */
  readonly id: string;
  /** As written. */
  readonly metadata: Readonly<Record<string, unknown>>;
}

/**
 * Reads the configuration of a live proxy: Envoy's `/config_dump`, whole or of some resources, or what Kuma's control
 * plane answers to `/meshes/MESH/dataplanes/NAME/_config`.
 */
export function readConfigDump(source: SourceFile): Result<ConfigDump | undefined, Diagnostic> {
  const { value: file, diagnostics } = decodeFile(source);
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  const refuse = (problem: string): Result<undefined, Diagnostic> => {
    const place = { file: file.path, start: 0, end: 0 };
    return { value: undefined, diagnostics: [report("io/config-dump", place, { problem })] };
  };
  if (depthOf(file.text) > deepest) return refuse("it is nested too deep");
  let document: unknown;
  try {
    document = JSON.parse(file.text);
  } catch (error) {
    return refuse(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  const { configs, xds } = members(document);
  if (Array.isArray(configs)) return { value: ofEnvoy(items(configs).map(members)), diagnostics: [] };
  if (typeof xds === "object" && xds !== null) return { value: ofControlPlane(members(xds)), diagnostics: [] };
  return refuse(
    'it has neither the key "configs", as the /config_dump of an Envoy has, nor "xds", as the _config of a control plane has',
  );
}

/** Protobuf itself reads no deeper than 100 messages. */
const deepest = 500;

/** How deep lists and objects stand in one another in a JSON text. */
function depthOf(text: string): number {
  let [depth, most, isInText] = [0, 0, false];
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (isInText && character === "\\") i++;
    else if (character === '"') isInText = !isInText;
    else if (!isInText && (character === "{" || character === "[")) most = Math.max(most, ++depth);
    else if (!isInText && (character === "}" || character === "]")) depth--;
  }
  return most;
}

type Loose = Readonly<Record<string, unknown>>;

/** What `/config_dump` writes: one section for each kind of resource, or the resources that were asked for. */
function ofEnvoy(sections: readonly Loose[]): ConfigDump {
  const isOf = (section: Loose, type: string): boolean => word(section["@type"])?.endsWith(`.${type}`) ?? false;
  const of = (type: string): readonly Loose[] => sections.filter((section) => isOf(section, type));
  const inside = (type: string, ...lists: readonly string[]): readonly Loose[] =>
    of(type).flatMap((section) => {
      const known = camelKeys(section);
      return lists.flatMap((list) => items(known[list]).map(members));
    });
  const [node] = of("BootstrapConfigDump").flatMap(({ bootstrap }) => liveNode(members(bootstrap)["node"]) ?? []);
  const listeners = [
    ...inside("ListenersConfigDump", "staticListeners"),
    ...of("ListenersConfigDump.StaticListener"),
    ...inside("ListenersConfigDump", "dynamicListeners"),
    ...of("ListenersConfigDump.DynamicListener"),
  ];
  const routes = [
    ...inside("RoutesConfigDump", "staticRouteConfigs", "dynamicRouteConfigs"),
    ...of("RoutesConfigDump.StaticRouteConfig"),
    ...of("RoutesConfigDump.DynamicRouteConfig"),
  ];
  const clusters = [
    ...inside("ClustersConfigDump", "staticClusters", "dynamicActiveClusters", "dynamicWarmingClusters"),
    ...of("ClustersConfigDump.StaticCluster"),
    ...of("ClustersConfigDump.DynamicCluster"),
  ];
  return {
    ...(node === undefined ? {} : { node }),
    listeners: listeners.flatMap((one) => envoyListener(one) ?? []),
    routeConfigs: byName(routes.map((one) => camelCased(camelKeys(one)["routeConfig"]))),
    clusters: clusters.flatMap(({ cluster }) => liveCluster(camelCased(cluster))),
  };
}

/** A static listener, or a dynamic one: the configuration that it runs with, not one that is on its way in or out. */
function envoyListener(entry: Loose): LiveListener | undefined {
  const { name, listener, activeState, drainingState, errorState } = camelKeys(entry);
  const active = listener ?? members(activeState)["listener"];
  const refusal = word(members(errorState)["details"]);
  if (active === undefined && drainingState !== undefined && refusal === undefined) return undefined;
  return liveListener(word(name), camelCased(active), refusal);
}

/** What the control plane answers: resources by type and name. */
function ofControlPlane(xds: Loose): ConfigDump {
  const of = (type: string): readonly (readonly [string, unknown])[] =>
    Object.entries(xds)
      .filter(([url]) => url.endsWith(`/${type}`))
      .flatMap(([, resources]) => Object.entries(members(resources)))
      .map(([name, resource]) => [name, camelCased(resource)]);
  return {
    listeners: of("envoy.config.listener.v3.Listener").flatMap(([name, one]) => liveListener(name, one) ?? []),
    routeConfigs: new Map(of("envoy.config.route.v3.RouteConfiguration")),
    clusters: of("envoy.config.cluster.v3.Cluster").flatMap(([, one]) => liveCluster(one)),
  };
}

function liveNode(node: unknown): LiveNode | undefined {
  const { id, metadata } = members(node);
  const name = word(id);
  return name === undefined ? undefined : { id: name, metadata: members(metadata) };
}

function byName(resources: readonly unknown[]): ReadonlyMap<string, unknown> {
  return new Map(resources.map((one) => [word(members(one)["name"]) ?? "", one]));
}

/** A cluster with a name. One inside of a dump says its type; one by itself does not. */
function liveCluster(cluster: unknown): readonly Cluster[] {
  const { name } = members(cluster);
  return word(name) === undefined ? [] : [omit(members(cluster), "@type")];
}
