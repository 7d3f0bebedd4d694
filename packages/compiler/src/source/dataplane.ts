import type { Result } from "@meshlog/parser";
import { boundedMemory } from "../bounded-memory.ts";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { identityOf } from "./load.ts";
import { type Fields, fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** What access logs depend on in a Dataplane. */
export interface Dataplane {
  readonly resource: Resource;
  readonly address: string;
  /** The address under which others reach it, if it is another one. */
  readonly advertisedAddress?: string;
  readonly inbounds: readonly Inbound[];
  readonly outbounds: readonly Outbound[];
  readonly gateway?: { readonly isBuiltin: boolean; readonly tags: Tags };
  readonly transparentProxying?: TransparentProxying;
  /** Its own configuration of the metrics for Prometheus, which goes before that of the Mesh. */
  readonly metrics?: MetricsConf;
  /** The zone-proxy listeners that it embeds (`networking.listeners`). */
  readonly listeners: readonly EmbeddedListener[];
}

/** Where Prometheus finds the metrics of a Dataplane, as far as it is written. */
export interface MetricsConf {
  readonly port?: number;
  readonly tags?: Tags;
}

/** Tags of an inbound, a gateway or an outbound. */
export type Tags = Readonly<Record<string, string>>;

export interface Inbound {
  readonly name?: string;
  readonly address: string;
  readonly port: number;
  /** The port of the workload, if it is another one. */
  readonly servicePort?: number;
  /** The field `protocol`. */
  readonly protocol?: string;
  readonly tags: Tags;
  readonly state: string;
  /** Not `health.ready: false`. */
  readonly isReady: boolean;
}

/** An outbound by tags, or with a `backendRef` to a real resource. */
export interface Outbound {
  readonly address: string;
  readonly port: number;
  readonly tags: Tags;
  /** The field `service`, which the oldest releases read where there are no tags. */
  readonly service?: string;
  readonly backendRef?: BackendRef;
}

/** What names a real resource, and a port of it. */
export interface BackendRef {
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly port?: number;
}

export interface TransparentProxying {
  readonly redirectPortInbound: number;
  readonly redirectPortOutbound: number;
  readonly redirectPortInboundV6: number;
  readonly ipFamilyMode?: string;
  readonly reachableServices: readonly string[];
  /** Without it, everything is reachable; with an empty list, nothing. */
  readonly reachableBackends?: readonly BackendRef[];
  readonly directAccessServices: readonly string[];
}

/** A zone ingress or egress inside a Dataplane. */
export interface EmbeddedListener {
  readonly type: string;
  readonly address: string;
  readonly port: number;
  readonly name?: string;
}

/** The port of a Dataplane whose workload has none: it is no listener and no endpoint (IsServiceLess). */
export const servicelessPort = 49_151;

/**
 * Reads a Dataplane.
 *
 * @returns no value, and why, for one that no control plane would hold: its values go into file names and log lines.
 */
export function readDataplane(resource: Resource): Result<Dataplane | undefined, Diagnostic> {
  const before = readings.get(resource);
  if (before !== undefined) return before;
  const read = readAnew(resource);
  readings.set(resource, read);
  return read;
}

/** Each is read once. */
const readings = new WeakMap<Resource, Result<Dataplane | undefined, Diagnostic>>();

/**
 * Reads a Dataplane from a tree that is about to go.
 *
 * @param resource what is kept of it: {@link readDataplane} knows it from now on.
 * @param whole the same with its tree.
 */
export function keepDataplane(resource: Resource, whole: Resource): void {
  const { value, diagnostics } = readAnew(whole);
  readings.set(resource, { value: value && { ...value, resource }, diagnostics });
}

function readAnew(resource: Resource): Result<Dataplane | undefined, Diagnostic> {
  const dataplane = dataplaneOf(resource);
  const problem = problemOf(dataplane);
  if (problem === undefined) return { value: dataplane, diagnostics: [] };
  const { start, end } = resource.node.entries[0]?.key ?? resource.node;
  const details = { resource: identityOf(resource) };
  const place = { file: resource.file, start, end };
  return {
    value: undefined,
    diagnostics: [report("io/invalid-resource", place, { kind: resource.kind, name: resource.name, problem }, details)],
  };
}

/** What Kuma's API would not take, as far as access logs depend on it. */
function problemOf({
  resource,
  address,
  advertisedAddress = address,
  inbounds,
  outbounds,
  listeners,
}: Dataplane): string | undefined {
  if (resource.name === "") return "it has no name";
  if (!isAddress(address)) return "networking.address is no address";
  if (!isAddress(advertisedAddress)) return "networking.advertisedAddress is no address";
  const values = ["kuma.io/zone", "kuma.io/workload", "k8s.kuma.io/namespace"].map(
    (label) => resource.labels.get(label) ?? "",
  );
  if (![resource.mesh, ...values].every(isTagValue))
    return "its mesh or a label of Kuma's has characters that none can have";
  const everything = [...inbounds, ...outbounds, ...listeners];
  if (everything.some((one) => !isAddress(one.address)))
    return "an inbound, outbound or listener has an address that is none";
  if (everything.some(({ port }) => !isPort(port)))
    return "an inbound, outbound or listener has no port from 1 to 65535";
  return [...inbounds, ...outbounds].some(({ tags }) => !Object.values(tags).every(isTagValue))
    ? "a tag has a value with other characters than letters, digits and . - _ : /"
    : undefined;
}

function isAddress(text: string): boolean {
  return text.length <= 253 && /^[A-Za-z0-9.:_-]+$/.test(text);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isTagValue(text: string): boolean {
  return text.length <= 253 && /^[A-Za-z0-9.:/_*-]*$/.test(text);
}

function dataplaneOf(resource: Resource): Dataplane {
  const networking = fields(resource.spec).map("networking") ?? fields(undefined);
  const address = networking.string("address") ?? "";
  const gateway = networking.map("gateway");
  const proxying = networking.map("transparentProxying");
  const metrics = fields(resource.spec).map("metrics");
  return {
    resource,
    address,
    ...optional("advertisedAddress", networking.string("advertisedAddress")),
    inbounds: networking.maps("inbound").map((inbound) => readInbound(inbound, address)),
    outbounds: readOutbounds(networking.maps("outbound")),
    ...(gateway === undefined
      ? {}
      : { gateway: { isBuiltin: gateway.string("type") === "BUILTIN", tags: gateway.record("tags") } }),
    ...(metrics?.string("type") === "prometheus" ? { metrics: readMetricsConf(metrics.map("conf")) } : {}),
    ...(proxying === undefined ? {} : { transparentProxying: readTransparentProxying(proxying) }),
    listeners: networking.maps("listeners").map((listener) => readListener(listener, address)),
  };
}

/** Reads the `conf` of a Prometheus backend. */
export function readMetricsConf(conf: Fields | undefined): MetricsConf {
  const port = conf?.number("port") ?? 0;
  return {
    ...present("port", port === 0 ? undefined : port),
    ...(conf?.has("tags") === true ? { tags: conf.record("tags") } : {}),
  };
}

function readInbound(inbound: Fields, address: string): Inbound {
  const servicePort = inbound.number("servicePort") ?? 0;
  return {
    ...optional("name", inbound.string("name")),
    ...optional("protocol", inbound.string("protocol")),
    address: inbound.string("address") ?? address,
    port: inbound.number("port") ?? 0,
    ...present("servicePort", servicePort === 0 ? undefined : servicePort),
    tags: inbound.record("tags"),
    state: inbound.string("state") ?? "Ready",
    isReady: inbound.map("health")?.boolean("ready") ?? true,
  };
}

function readOutbound(outbound: Fields): Outbound {
  return {
    address: outbound.string("address") ?? "127.0.0.1",
    port: outbound.number("port") ?? 0,
    tags: outbound.record("tags"),
    ...(outbound.has("tags") ? {} : optional("service", outbound.string("service"))),
    ...present("backendRef", readBackendRef(outbound.map("backendRef"))),
  };
}

/** One list for all that are equal, and of others the equal outbounds: the replicas of a workload have the same. */
function readOutbounds(list: readonly Fields[]): readonly Outbound[] {
  const read = list.map(readOutbound);
  const keys = read.map((outbound) => JSON.stringify(outbound));
  return knownLists(keys.join(), () => read.map((outbound, i) => knownOutbounds(keys[i] ?? "", () => outbound)));
}

const knownLists = boundedMemory<readonly Outbound[]>(1000);
const knownOutbounds = boundedMemory<Outbound>(10_000);

function readBackendRef(ref: Fields | undefined): BackendRef | undefined {
  return (
    ref && {
      kind: ref.string("kind") ?? "",
      ...optional("name", ref.string("name")),
      ...optional("namespace", ref.string("namespace")),
      labels: ref.record("labels"),
      ...present("port", ref.number("port")),
    }
  );
}

function readTransparentProxying(proxying: Fields): TransparentProxying {
  const reachable = proxying.map("reachableBackends");
  return {
    redirectPortInbound: proxying.number("redirectPortInbound") ?? 0,
    redirectPortOutbound: proxying.number("redirectPortOutbound") ?? 0,
    redirectPortInboundV6: proxying.number("redirectPortInboundV6") ?? 0,
    ...optional("ipFamilyMode", proxying.string("ipFamilyMode")),
    ...present(
      "reachableBackends",
      reachable?.maps("refs").flatMap((ref) => readBackendRef(ref) ?? []),
    ),
    reachableServices: proxying.strings("reachableServices"),
    directAccessServices: proxying.strings("directAccessServices"),
  };
}

function readListener(listener: Fields, address: string): EmbeddedListener {
  return {
    type: listener.string("type") ?? "",
    address: listener.string("address") ?? address,
    port: listener.number("port") ?? 0,
    ...optional("name", listener.string("name")),
  };
}

/** A property that is there only if it has a value. */
function present<K extends string, V>(name: K, value: V | undefined): Readonly<Partial<Record<K, V>>> {
  return (value === undefined ? {} : { [name]: value }) as Partial<Record<K, V>>;
}

/** A text that is there only if it is not empty, as Go has it. */
function optional<K extends string>(name: K, value: string | undefined): Readonly<Partial<Record<K, string>>> {
  return present(name, value === "" ? undefined : value);
}
