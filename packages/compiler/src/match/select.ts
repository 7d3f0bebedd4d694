import type { Profile } from "../kuma/profile.ts";
import type { Dataplane, Inbound } from "../source/dataplane.ts";
import type { Policy, TargetRef } from "../validate/policy.ts";
import { comparePrecedence, role } from "./order.ts";

/** A policy that selects a proxy, and the inbounds by which it does. */
export interface Selection {
  readonly policy: Policy;
  /** In the order of the Dataplane; one on a shared address and port stands there once for each. */
  readonly inbounds: readonly Inbound[];
}

/**
 * The policies of a mesh by one thing that each demands of a proxy, so that the cost of a proxy grows with the policies
 * that can select it and not with all of them.
 */
export type PolicyIndex = ReadonlyMap<Demand, readonly Indexed[]>;

interface Indexed {
  readonly policy: Policy;
  /** Its place in the store, which decides between policies of one precedence. */
  readonly place: number;
}

/** A name, a label or a tag that a proxy must have; `anything` for policies that demand none. */
type Demand = "anything" | `${"name" | "label" | "tag"}:${string}`;

/** Indexes the policies of one mesh, given in the order of the store. Shadow policies select nothing (2.7+). */
export function indexPolicies(policies: readonly Policy[]): PolicyIndex {
  const effective = policies
    .map((policy, place) => ({ policy, place }))
    .filter(({ policy }) => policy.resource.labels.get("kuma.io/effect") !== "shadow");
  return Map.groupBy(effective, ({ policy }) => demandOf(policy.spec.targetRef ?? { kind: "Mesh" }));
}

function demandOf({ kind, name = "", labels = {}, tags = {} }: TargetRef): Demand {
  const tag = ([key, value]: readonly [string, string]): Demand => `tag:${key}=${value}`;
  switch (kind) {
    case "MeshService":
    case "MeshServiceSubset":
      return tag(["kuma.io/service", name]);
    case "MeshSubset": {
      const exact = Object.entries(tags).find(([, value]) => value !== "*");
      return exact === undefined ? "anything" : tag(exact);
    }
    case "Dataplane": {
      const [label] = Object.entries(labels);
      return name !== "" ? `name:${name}` : label === undefined ? "anything" : `label:${label[0]}=${label[1]}`;
    }
    default:
      return "anything";
  }
}

/** Everything that a policy can demand and this proxy has. */
function whatItHas({ resource, inbounds }: Dataplane): ReadonlySet<Demand> {
  const tags = inbounds.flatMap((inbound) => Object.entries(inbound.tags));
  return new Set<Demand>([
    "anything",
    `name:${resource.displayName}`,
    ...Array.from(resource.labels, ([key, value]): Demand => `label:${key}=${value}`),
    ...tags.map(([key, value]): Demand => `tag:${key}=${value}`),
  ]);
}

/**
 * The policies that select a sidecar, lowest precedence first. One without inbounds is selected by none
 * (pkg/plugins/policies/core/matchers/dataplane.go@v2.14.3).
 */
export function select(index: PolicyIndex, dataplane: Dataplane, profile: Profile): readonly Selection[] {
  const compare = comparePrecedence(profile);
  return [...whatItHas(dataplane)]
    .flatMap((demand) => index.get(demand) ?? [])
    .filter(({ policy }) => inZone(policy, dataplane) && inNamespace(policy, dataplane))
    .map(({ policy, place }) => ({ policy, place, inbounds: selectedInbounds(policy, dataplane) }))
    .filter(({ inbounds }) => inbounds.length > 0)
    .sort((a, b) => compare(a.policy, b.policy) || a.place - b.place);
}

/** A policy of a zone applies in its own zone only; a producer's goes with its service to all. (dataplane.go:275@v2.14.3) */
function inZone(policy: Policy, { resource }: Dataplane): boolean {
  const { labels } = policy.resource;
  const origin = resource.labels.get("kuma.io/origin");
  if (role(policy) === "producer" || origin === undefined || origin === "" || origin === "global") return true;
  const zone = labels.get("kuma.io/zone");
  if (labels.get("kuma.io/origin") !== "zone" || zone === undefined || zone === "") return true;
  const own = resource.labels.get("kuma.io/zone");
  return own === undefined || own === "" || own === zone;
}

/** Policies of consumers and workload owners select in their own namespace only. (dataplane.go:300@v2.14.3) */
function inNamespace(policy: Policy, { resource }: Dataplane): boolean {
  if (role(policy) !== "consumer" && role(policy) !== "workload-owner") return true;
  const namespace = policy.resource.labels.get("k8s.kuma.io/namespace");
  return namespace !== undefined && namespace === resource.labels.get("k8s.kuma.io/namespace");
}

function selectedInbounds(policy: Policy, dataplane: Dataplane): readonly Inbound[] {
  const targetRef = policy.spec.targetRef ?? { kind: "Mesh" };
  switch (targetRef.kind) {
    case "Mesh":
      return isSelectedType(targetRef) ? dataplane.inbounds : [];
    case "MeshSubset":
      return isSelectedType(targetRef) ? withTags(dataplane, targetRef.tags ?? {}) : [];
    case "MeshService":
      return withTags(dataplane, { "kuma.io/service": targetRef.name ?? "" });
    case "MeshServiceSubset":
      return withTags(dataplane, { ...targetRef.tags, "kuma.io/service": targetRef.name ?? "" });
    case "Dataplane":
      return isSelectedDataplane(targetRef, policy, dataplane) ? withSection(dataplane, targetRef.sectionName) : [];
    default:
      return [];
  }
}

/** A list of proxy types that is not empty must name sidecars. */
function isSelectedType({ proxyTypes = [] }: TargetRef): boolean {
  return proxyTypes.length === 0 || proxyTypes.includes("Sidecar");
}

/** Every tag of the selector must be there and equal; `*` stands for any value. */
function withTags({ inbounds }: Dataplane, selector: Readonly<Record<string, string>>): readonly Inbound[] {
  return inbounds.filter(({ tags }) =>
    Object.entries(selector).every(([key, value]) => (value === "*" ? Object.hasOwn(tags, key) : tags[key] === value)),
  );
}

/** By section: the name of an inbound, or its port if it has none. */
function withSection({ inbounds }: Dataplane, section: string | undefined): readonly Inbound[] {
  if (section === undefined || section === "") return inbounds;
  return inbounds.filter(({ name, port }) => (name ?? String(port)) === section);
}

/** By name, in the zone and namespace of the policy, by labels, or any (dataplane.go:197@v2.14.3). */
function isSelectedDataplane(targetRef: TargetRef, policy: Policy, { resource }: Dataplane): boolean {
  const { name = "", namespace = "", labels = {} } = targetRef;
  if (name !== "" || namespace !== "") {
    const wanted = policy.resource.labels;
    return (
      resource.displayName === name &&
      (resource.labels.get("kuma.io/zone") ?? "") === (wanted.get("kuma.io/zone") ?? "") &&
      (resource.labels.get("k8s.kuma.io/namespace") ?? "") ===
        (namespace || (wanted.get("k8s.kuma.io/namespace") ?? ""))
    );
  }
  return Object.entries(labels).every(([key, value]) => resource.labels.get(key) === value);
}
