import type { Profile } from "../kuma/profile.ts";
import { kri } from "../source/kri.ts";
import { type Port, portName } from "../source/real-resources.ts";
import type { Resource } from "../source/resources.ts";
import type { TargetingItem } from "./selecting-policy.ts";

/** Something that an item of `to` can be for: the Mesh, a real resource, a MeshHTTPRoute. */
export interface Destination {
  readonly resource: Resource;
  /** Only real resources have some. */
  readonly ports: readonly Port[];
}

/** Which destinations an item of `to` is for. */
export interface Target {
  readonly kind: string;
  /** By identifier or by labels, all of which they must have; neither for the Mesh. */
  readonly id?: string;
  readonly labels?: readonly (readonly [name: string, value: string])[];
  /** Of these only those that have a port of this name, or of this number. */
  readonly section?: string;
  readonly port?: number;
}

/** What an item of `to` is for; `undefined` for nothing (`TargetRef`, pkg/plugins/policies/core/rules/resolve/targetref.go:52@v2.14.3). */
export function targetOf({ policy, targetRef }: TargetingItem, profile: Profile): Target | undefined {
  const { kind, name = "", labels, namespace = "", sectionName: section = "" } = targetRef;
  if (kind === "Mesh") return { kind };
  const old = profile.targetsByName && kind === "MeshService" && section === "" ? serviceTag(name, profile) : undefined;
  if (old !== undefined) return { kind, ...old };
  const part = section === "" ? {} : { section };
  const wanted = labels && Object.entries(labels);
  if (!profile.targetsByName) return wanted && { kind, labels: wanted, ...part };
  if (wanted !== undefined && wanted.length > 0) return { kind, labels: wanted, ...part };
  const own = policy.resource;
  const place = new Map(own.labels);
  if (namespace !== "") place.set("k8s.kuma.io/namespace", namespace);
  return { kind, id: kri({ kind, mesh: own.mesh, labels: place, displayName: name }), ...part };
}

/** The port of a workload without ports; only the first line with real resources looks for it. */
const portOfServiceless = 49_151;

/** The Kubernetes service that a `kuma.io/service` was made of: `name_namespace_svc_port`, or without a port. */
function serviceTag(
  name: string,
  { targetSections }: Profile,
): (Required<Pick<Target, "labels">> & Pick<Target, "port">) | undefined {
  const parts = name.split("_");
  const [service = "", namespace = "", , last = ""] = parts;
  if (parts.length !== 3 && parts.length !== 4) return undefined;
  const number = parts.length === 4 ? parsePort(last) : targetSections === "unseen" ? portOfServiceless : 0;
  if (number === undefined) return undefined;
  const labels = [
    ["kuma.io/display-name", service],
    ["k8s.kuma.io/namespace", namespace],
  ] as const;
  return number === 0 ? { labels } : { labels, port: number };
}

/** What Go reads as a 32-bit integer. */
function parsePort(text: string): number | undefined {
  const number = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
  return number >= -(2 ** 31) && number < 2 ** 31 ? number : undefined;
}

/** By what items are found: one that selects a destination has one of its {@link destinationKeys}. */
export function targetKey({ kind, id, labels }: Target): string {
  const [first] = labels ?? [];
  return id ?? (first === undefined ? kind : labelKey(kind, ...first));
}

/** By what the items are found that may select a destination. */
export function destinationKeys({ resource }: Destination): readonly string[] {
  const { kind, labels } = resource;
  return [kri(resource), kind, ...Array.from(labels, ([name, value]) => labelKey(kind, name, value))];
}

function labelKey(kind: string, name: string, value: string): string {
  return `${kind} ${name}=${value}`;
}

/**
 * The port of a destination that an item is for, by its name; empty for all of it, `undefined` if the item is not for the
 * destination, which has no such port.
 *
 * @param destination one that has a key of the target.
 */
export function sectionFor(target: Target, destination: Destination, profile: Profile): string | undefined {
  const { labels = [], section, port } = target;
  if (!labels.every(([name, value]) => destination.resource.labels.get(name) === value)) return undefined;
  if (section === undefined && port === undefined) return "";
  const { ports } = destination;
  switch (profile.targetSections) {
    case "unseen":
      return section ?? ports.findLast((one) => one.port === port)?.name ?? "";
    case "name-or-number":
      return nameOf(
        ports.find((one) => one.port === port || (section !== undefined && isNamedOrNumbered(one, section))),
      );
    case "port-name":
      return nameOf(ports.find((one) => one.port === port || portName(one) === section));
  }
}

function isNamedOrNumbered({ name, port }: Port, section: string): boolean {
  return name === undefined ? /^\d+$/.test(section) && Number(section) === port : name === section;
}

function nameOf(port: Port | undefined): string | undefined {
  return port && portName(port);
}
