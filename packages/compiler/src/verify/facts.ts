import type { AllocatedOutbound, ControlPlane, ProxyMetadata } from "../kuma/control-plane.ts";
import type { ConfigDump } from "./config-dump.ts";
import { destinationsOf, isOutbound } from "./identify.ts";
import { items, members, word } from "./loose.ts";

/** What names a proxy. */
export interface ProxyName {
  readonly mesh: string;
  readonly name: string;
}

/** The proxy that a dump is of; `undefined` if it does not say (pkg/core/xds/types.go:489@v2.14.3). */
export function proxyOf({ node }: ConfigDump): ProxyName | undefined {
  const dot = node?.id.indexOf(".") ?? -1;
  if (node === undefined || dot < 1 || dot === node.id.length - 1) return undefined;
  return { mesh: node.id.slice(0, dot), name: node.id.slice(dot + 1) };
}

/** What stands among the dynamic metadata and is none. */
const versionPrefix = "version.dependencies";

/** What a proxy reports of itself; `undefined` if the dump does not say (pkg/core/xds/metadata.go:23@v2.14.3). */
function reportedMetadata({ node }: ConfigDump): ProxyMetadata | undefined {
  if (node === undefined) return undefined;
  const { workdir, accessLogSocketPath, features, dynamicMetadata, ipv6Enabled } = node.metadata;
  const dynamic = Object.entries(members(dynamicMetadata)).flatMap(([key, value]) =>
    typeof value === "string" && !key.startsWith(versionPrefix) ? [[key, value] as const] : [],
  );
  const [directory, socket] = [word(workdir), word(accessLogSocketPath)];
  return {
    ...(directory === undefined ? {} : { workdir: directory }),
    ...(socket === undefined ? {} : { accessLogSocketPath: socket }),
    ...(Array.isArray(features) ? { features: items(features).flatMap((one) => word(one) ?? []) } : {}),
    ...(dynamic.length === 0 ? {} : { dynamicMetadata: Object.fromEntries(dynamic) }),
    ...(typeof ipv6Enabled === "boolean" ? { ipv6Enabled } : {}),
  };
}

/** The release of the kuma-dp that runs the proxy (`version.kumaDp.version` of its metadata). */
export function kumaDpVersion({ node }: ConfigDump): string | undefined {
  return word(members(members(node?.metadata["version"])["kumaDp"])["version"]);
}

/** What the control plane listens on for a transparent proxy. */
export interface ReadOutbounds {
  readonly outbounds: readonly AllocatedOutbound[];
  /** The names of outbounds that do not say what they lead to. */
  readonly unidentified: readonly string[];
}

/** Reads the addresses that a control plane allocated; `undefined` for a proxy that is not transparent. */
export function allocatedOutbounds({ listeners }: ConfigDump): ReadOutbounds | undefined {
  const own = listeners.filter(isOutbound);
  if (!own.some(({ isRedirectedTo }) => isRedirectedTo)) return undefined;
  const read = own.map((listener) => {
    const { address, tags } = listener;
    const [destination] = destinationsOf(listener);
    if (address === undefined || destination === undefined) return { name: listener.name };
    const { host, port } = address;
    if (destination.startsWith("kri_")) return { outbound: { address: host, port, resource: destination } };
    const all = tags["kuma.io/service"] === undefined ? { "kuma.io/service": destination } : tags;
    return { outbound: { address: host, port, tags: all } };
  });
  return {
    outbounds: read.flatMap(({ outbound }) => outbound ?? []),
    unidentified: read.flatMap(({ name }) => name ?? []),
  };
}

/** What a dump tells of one proxy, as the document that `--control-plane` reads. */
export function controlPlaneFacts(dump: ConfigDump, { mesh, name }: ProxyName): ControlPlane {
  const metadata = reportedMetadata(dump);
  const allocated = allocatedOutbounds(dump);
  const key = `${mesh}/${name}`;
  return {
    ...(metadata === undefined ? {} : { metadata: { [key]: metadata } }),
    ...(allocated === undefined ? {} : { outbounds: { [key]: allocated.outbounds } }),
  };
}

/** What is known of a control plane, and what the proxy reports of itself where nothing else is said of it. */
export function withReportedMetadata(known: ControlPlane, dump: ConfigDump, { mesh, name }: ProxyName): ControlPlane {
  const key = `${mesh}/${name}`;
  const reported = reportedMetadata(dump);
  const isSaid = Object.hasOwn(known.metadata ?? {}, key) || Object.hasOwn(known.metadata ?? {}, name);
  return reported === undefined || isSaid ? known : { ...known, metadata: { ...known.metadata, [key]: reported } };
}
