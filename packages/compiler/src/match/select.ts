import type { Profile } from "../kuma/profile.ts";
import type { Dataplane, Inbound, Tags } from "../source/dataplane.ts";
import type { GatewayListener, MeshGateway } from "../source/mesh-gateway.ts";
import type { TargetRef } from "../validate/policy.ts";
import { hashedName } from "./hashed-name.ts";
import { comparePrecedence } from "./order.ts";
import { satisfies } from "./select-gateway.ts";
import { roleOf, type SelectingPolicy, selectionOf } from "./selecting-policy.ts";
import { isInZone } from "./zone.ts";

/** A policy that selects a proxy, and the keys by which it does. */
export interface Selection<P extends SelectingPolicy> {
  readonly policy: P;
  /**
   * Address and port of inbounds, gateway listeners and embedded listeners; one that is shared stands there once for
   * each. None for a delegated gateway, which is selected as a whole.
   */
  readonly keys: readonly ListenerKey[];
}

/** An address and a port of a Dataplane, by which Kuma knows what policies select there. */
export type ListenerKey = `${string}|${number}`;

/** The key of an address and a port. */
export function listenerKey(address: string, port: number): ListenerKey {
  return `${address}|${port}`;
}

/** A proxy, and the MeshGateway that configures it. */
export interface SelectedProxy {
  readonly dataplane: Dataplane;
  readonly gateway?: MeshGateway;
}

/**
 * The policies of a mesh by one thing that each demands of a proxy, so that the cost of a proxy grows with the policies
 * that can select it and not with all of them.
 */
export type PolicyIndex<P extends SelectingPolicy> = ReadonlyMap<Demand, readonly Indexed<P>[]>;

interface Indexed<P> {
  readonly policy: P;
  /** Its place among all, lowest precedence first. */
  readonly rank: number;
}

/** A name, a label or a tag that a proxy must have; `anything` for policies that demand none. */
type Demand = "anything" | "builtin-gateway" | `${"name" | "label" | "tag"}:${string}`;

/** Indexes the policies of one mesh, given in the order of the store. */
export function indexPolicies<P extends SelectingPolicy>(policies: readonly P[], profile: Profile): PolicyIndex<P> {
  // Sorting keeps the order of the store, which decides between policies of one precedence.
  return Map.groupBy(
    policies.toSorted(comparePrecedence(profile)).map((policy, rank) => ({ policy, rank })),
    ({ policy }) => demandOf(policy, profile),
  );
}

function demandOf(policy: SelectingPolicy, { policyScope }: Profile): Demand {
  if (policyScope === "zone-and-namespace" && isNamespaced(policy))
    return labelDemand(namespaceLabel, namespaceOf(policy));
  const { kind, name = "", namespace = "", labels, tags = {} } = selectionOf(policy);
  switch (kind) {
    case "MeshGateway":
      return "builtin-gateway";
    case "MeshService":
    case "MeshServiceSubset":
      return `tag:kuma.io/service=${name}`;
    case "MeshSubset": {
      const exact = Object.entries(tags).find(([, value]) => value !== "*");
      return exact === undefined ? "anything" : `tag:${exact[0]}=${exact[1]}`;
    }
    case "Dataplane": {
      // By name or by labels: by one of them alone only where the other is not there.
      if (labels === undefined) return name === "" && namespace === "" ? "anything" : `name:${name}`;
      const [label] = Object.entries(labels);
      return name !== "" || label === undefined ? "anything" : labelDemand(...label);
    }
    default:
      return "anything";
  }
}

/** A label without a value is as good as none. */
function labelDemand(label: string, value = ""): Demand {
  return value === "" ? "anything" : `label:${label}=${value}`;
}

/** Everything that a policy can demand and this proxy has. */
function whatItHas({ dataplane, gateway }: SelectedProxy, profile: Profile): ReadonlySet<Demand> {
  const { resource, inbounds } = dataplane;
  const tags = [
    ...inbounds.map((inbound) => inbound.tags),
    ...(dataplane.gateway === undefined ? [] : [dataplane.gateway.tags]),
    ...(gateway?.listeners.map((listener) => tagsOf(listener, dataplane, gateway)) ?? []),
  ];
  return new Set<Demand>([
    "anything",
    ...(dataplane.gateway?.isBuiltin === true ? (["builtin-gateway"] as const) : []),
    `name:${resource.displayName}`,
    ...Array.from(labelsOf(dataplane, profile), ([key, value]): Demand => `label:${key}=${value}`),
    ...tags.flatMap((one) => Object.entries(one).map(([key, value]): Demand => `tag:${key}=${value}`)),
  ]);
}

/** The policies that select a proxy, lowest precedence first (pkg/plugins/policies/core/matchers/dataplane.go@v2.14.3). */
export function select<P extends SelectingPolicy>(
  index: PolicyIndex<P>,
  proxy: SelectedProxy,
  profile: Profile,
): readonly Selection<P>[] {
  if (index.size === 0) return [];
  return [...whatItHas(proxy, profile)]
    .flatMap((demand) => index.get(demand) ?? [])
    .sort((a, b) => a.rank - b.rank)
    .flatMap(({ policy }) => {
      const keys = selectedKeys(policy, proxy, profile);
      return typeof keys === "string" ? [] : { policy, keys };
    });
}

/** The names by which policies select single Dataplanes, and the values of labels by which they select any. */
export function namedDataplanes(index: PolicyIndex<SelectingPolicy>): readonly string[] {
  return [...index.values()].flat().flatMap(({ policy }) => {
    const { kind, name = "", labels = {} } = selectionOf(policy);
    return kind === "Dataplane" ? [name, ...Object.values(labels)] : [];
  });
}

/**
 * Why Kuma fails to tell which policies select a proxy, in its words: what a control plane logs of a panic
 * (pkg/plugins/policies/core/matchers/dataplane.go:228@2.4.10).
 */
export function selectionFailure<P extends SelectingPolicy>(
  index: PolicyIndex<P>,
  { gateway }: SelectedProxy,
  { gatewayPolicies }: Profile,
): string | undefined {
  return gatewayPolicies === "break-others" && gateway === undefined && index.has("builtin-gateway")
    ? "runtime error: invalid memory address or nil pointer dereference"
    : undefined;
}

/** The policies that select a key, lowest precedence first; one stands there once for each time that it selects it. */
export function selectedAt<P extends SelectingPolicy>(
  selections: readonly Selection<P>[],
  key: ListenerKey,
): readonly P[] {
  const selected: P[] = [];
  for (const { policy, keys } of selections) for (const one of keys) if (one === key) selected.push(policy);
  return selected;
}

/** A policy of a zone counts in its own zone only; a producer's goes with its service to all. (dataplane.go:275@v2.14.3) */
function isOfZone(policy: SelectingPolicy, { dataplane, gateway }: SelectedProxy): boolean {
  const { labels } = (gateway ?? dataplane).resource;
  const origin = labels.get("kuma.io/origin");
  if (roleOf(policy) === "producer" || origin === undefined || origin === "global") return true;
  const zone = policy.resource.labels.get("kuma.io/zone");
  return policy.resource.labels.get("kuma.io/origin") !== "zone" || zone === undefined || isInZone(labels, zone);
}

/** Policies of consumers and workload owners count in their own namespace only. (dataplane.go:262@v2.14.3) */
function isOfNamespace(policy: SelectingPolicy, { dataplane }: SelectedProxy): boolean {
  if (!isNamespaced(policy)) return true;
  const namespace = namespaceOf(policy);
  return namespace !== undefined && namespace === (dataplane.resource.labels.get(namespaceLabel) ?? "");
}

const namespaceLabel = "k8s.kuma.io/namespace";

function isNamespaced(policy: SelectingPolicy): boolean {
  const role = roleOf(policy);
  return role === "consumer" || role === "workload-owner";
}

function namespaceOf({ resource }: SelectingPolicy): string | undefined {
  return resource.labels.get(namespaceLabel);
}

/**
 * Why a policy does not select a proxy, the first thing that is against it: it is a shadow, of another zone or of another
 * namespace; it is not for such a kind of proxy, not for this gateway, not for proxies of gateways at all; no inbound has
 * the tags, the Dataplane not the name or labels, or no part of that name; there is nothing that could be selected; or
 * policies on this kind select nothing.
 */
export type Miss =
  | "shadow"
  | "zone"
  | "namespace"
  | "proxy-type"
  | "tags"
  | "gateway"
  | "not-a-gateway"
  | "of-a-gateway"
  | "name"
  | "labels"
  | "section"
  | "nothing-there"
  | "kind";

/** The keys that a policy selects, or why it does not select the proxy. */
export function selectedKeys(
  policy: SelectingPolicy,
  proxy: SelectedProxy,
  profile: Profile,
): readonly ListenerKey[] | Miss {
  const { dataplane } = proxy;
  if (profile.shadowPolicies !== "effective" && policy.resource.labels.get("kuma.io/effect") === "shadow")
    return "shadow";
  if (profile.policyScope !== "mesh") {
    if (!isOfZone(policy, proxy)) return "zone";
    if (!isOfNamespace(policy, proxy)) return "namespace";
  }
  const target = selectionOf(policy);
  if (target.kind === "Dataplane") return keysOfDataplane(target, policy, proxy, profile);
  const selector = selectorOf(policy, proxy, profile);
  if (typeof selector === "string") return selector;
  const ofInbounds = selectsInbounds(target, profile) ? inboundKeys(selector, dataplane, profile) : [];
  const ofGateways = gatewayKeys(gatewayListeners(target, selector, proxy, profile), dataplane, profile);
  const embedded = target.kind === "Mesh" ? embeddedKeys(dataplane, undefined, profile) : [];
  return atLeastOne(
    ofGateways.length + embedded.length === 0 ? ofInbounds : [...ofInbounds, ...ofGateways, ...embedded],
    isDelegated(dataplane, selector, profile),
    target.kind === "Mesh" ? "nothing-there" : "tags",
  );
}

/** The parts of a Dataplane that a policy on Dataplanes selects. */
function keysOfDataplane(
  target: TargetRef,
  policy: SelectingPolicy,
  { dataplane, gateway }: SelectedProxy,
  profile: Profile,
): readonly ListenerKey[] | Miss {
  if (gateway !== undefined) return "of-a-gateway";
  const miss = missedDataplane(target, policy, dataplane, profile);
  if (miss !== undefined) return miss;
  const { sectionName = "" } = target;
  return atLeastOne(
    [...keysBySection(dataplane, sectionName, profile), ...embeddedKeys(dataplane, sectionName, profile)],
    profile.delegatedGateways === "by-tags-or-dataplane" && dataplane.gateway?.isBuiltin === false,
    sectionName === "" ? "nothing-there" : "section",
  );
}

/** The tags by which a policy selects, or why it does not select this proxy, or none by tags. */
function selectorOf(policy: SelectingPolicy, proxy: SelectedProxy, profile: Profile): Tags | Miss {
  const target = selectionOf(policy);
  const { kind, name = "", tags = {} } = target;
  switch (kind) {
    case "Mesh":
      return isSelectedType(target, proxy.dataplane) ? {} : "proxy-type";
    case "MeshSubset":
      return isSelectedType(target, proxy.dataplane) ? tags : "proxy-type";
    case "MeshService":
      return { "kuma.io/service": name };
    case "MeshServiceSubset":
      return { "kuma.io/service": name, ...tags };
    case "MeshGateway":
      return missedGateway(name, policy.resource.mesh, proxy, profile) ?? tags;
    default:
      return "kind";
  }
}

/** The listeners of its MeshGateway, in their order, that a policy selects on a proxy. */
export function selectedGatewayListeners(
  policy: SelectingPolicy,
  proxy: SelectedProxy,
  profile: Profile,
): readonly GatewayListener[] {
  const selector = selectorOf(policy, proxy, profile);
  return typeof selector === "string" ? [] : gatewayListeners(selectionOf(policy), selector, proxy, profile);
}

function gatewayListeners(
  { kind }: TargetRef,
  selector: Tags,
  { dataplane, gateway }: SelectedProxy,
  { gatewayPolicyTags }: Profile,
): readonly GatewayListener[] {
  if (gateway === undefined) return [];
  const ownTags = kind === "MeshGateway" && gatewayPolicyTags === "listener";
  return gateway.listeners.filter((listener) =>
    satisfies(ownTags ? listener.tags : tagsOf(listener, dataplane, gateway), selector),
  );
}

/** A proxy is selected by a key at least; a delegated gateway may do without. */
function atLeastOne(
  keys: readonly ListenerKey[],
  isDelegatedGateway: boolean,
  otherwise: Miss,
): readonly ListenerKey[] | Miss {
  return keys.length > 0 || isDelegatedGateway ? keys : otherwise;
}

function isDelegated({ gateway }: Dataplane, selector: Tags, { delegatedGateways }: Profile): boolean {
  return delegatedGateways !== "by-inbounds" && gateway?.isBuiltin === false && satisfies(gateway.tags, selector);
}

/** A list of proxy types that is not empty must name that of the Dataplane. */
function isSelectedType({ proxyTypes = [] }: TargetRef, { gateway }: Dataplane): boolean {
  return proxyTypes.length === 0 || proxyTypes.includes(gateway === undefined ? "Sidecar" : "Gateway");
}

/** A policy on a MeshGateway was for its listeners only. */
function selectsInbounds({ kind }: TargetRef, { gatewayPolicyTags }: Profile): boolean {
  return kind !== "MeshGateway" || gatewayPolicyTags === "all";
}

function inboundKeys(selector: Tags, { inbounds }: Dataplane, { ignoredInbounds }: Profile): readonly ListenerKey[] {
  const keys: ListenerKey[] = [];
  for (const inbound of inbounds) {
    const counts = ignoredInbounds === "selected" || inbound.state !== "Ignored";
    if (counts && satisfies(inbound.tags, selector)) keys.push(keyOf(inbound));
  }
  return keys;
}

/** Why a policy on a MeshGateway is not for a proxy; `undefined` if the proxy is a builtin gateway of the one it names. */
function missedGateway(
  name: string,
  mesh: string,
  { dataplane, gateway }: SelectedProxy,
  profile: Profile,
): Miss | undefined {
  if (gateway === undefined || dataplane.gateway?.isBuiltin !== true) return "not-a-gateway";
  return isNamed(name, mesh, gateway, profile) ? undefined : "gateway";
}

/** Whether a policy names a MeshGateway (IsReferenced, pkg/core/resources/model/resource.go@2.6.13 and @v2.14.3). */
function isNamed(name: string, mesh: string, { resource }: MeshGateway, { gatewayNames }: Profile): boolean {
  switch (gatewayNames) {
    case "name":
      return name === resource.name;
    case "name-or-hashed":
      return (
        name === resource.name || hashedName(mesh, name) === resource.name || hashedName(mesh, resource.name) === name
      );
    case "display-name":
      return name === resource.displayName;
  }
}

function gatewayKeys(
  listeners: readonly GatewayListener[],
  { address }: Dataplane,
  profile: Profile,
): readonly ListenerKey[] {
  if (listeners.length === 0) return [];
  const keys = listeners.map(({ port }) => listenerKey(address, port));
  return profile.gatewayKeys === "by-port" ? [...new Set(keys)] : keys;
}

/** The tags of a gateway listener, as Kuma puts them together: later ones win. */
function tagsOf(listener: GatewayListener, dataplane: Dataplane, gateway: MeshGateway): Tags {
  return { ...dataplane.gateway?.tags, ...gateway.tags, ...listener.tags };
}

function keyOf({ address, port }: Pick<Inbound, "address" | "port">): ListenerKey {
  return listenerKey(address, port);
}

function keysBySection(
  { inbounds }: Dataplane,
  section = "",
  { dataplaneSections, ignoredInboundsOfDataplanes }: Profile,
): readonly ListenerKey[] {
  const nameOf = ({ name, port }: Inbound): string =>
    name ?? (dataplaneSections === "name-or-port" ? String(port) : "");
  return inbounds
    .filter(({ state }) => ignoredInboundsOfDataplanes === "selected" || state !== "Ignored")
    .filter((inbound) => section === "" || nameOf(inbound) === section)
    .map(keyOf);
}

function embeddedKeys({ listeners }: Dataplane, section = "", { embeddedListeners }: Profile): readonly ListenerKey[] {
  if (embeddedListeners === "unknown" || listeners.length === 0) return [];
  return listeners.filter(({ name, port }) => section === "" || (name ?? String(port)) === section).map(keyOf);
}

/**
 * By name, in the zone and namespace of the policy, by labels, or any (dataplane.go:243@v2.14.3).
 *
 * @returns what keeps the Dataplane from being selected; `undefined` if it is.
 */
function missedDataplane(
  { name = "", namespace = "", labels }: TargetRef,
  policy: SelectingPolicy,
  dataplane: Dataplane,
  profile: Profile,
): "name" | "labels" | undefined {
  if (name === "" && namespace === "" && labels === undefined) return undefined;
  const { resource } = dataplane;
  const same = (label: string, wanted: string | undefined): boolean =>
    (resource.labels.get(label) ?? "") === (wanted ?? "");
  if (
    name !== "" &&
    resource.displayName === name &&
    same("kuma.io/zone", policy.resource.labels.get("kuma.io/zone")) &&
    same(namespaceLabel, namespace === "" ? namespaceOf(policy) : namespace)
  ) {
    return undefined;
  }
  if (labels === undefined) return "name";
  const own = labelsOf(dataplane, profile);
  return Object.entries(labels).every(([key, value]) => (own.get(key) ?? "") === value) ? undefined : "labels";
}

/** The labels of a Dataplane that policies select by. */
export function labelsOf({ resource }: Dataplane, { dataplaneLabels }: Profile): ReadonlyMap<string, string> {
  switch (dataplaneLabels) {
    case "as-written":
      return resource.labels;
    case "with-display-name":
      return new Map(resource.labels).set("kuma.io/display-name", resource.displayName);
  }
}
