import type { Profile } from "../kuma/profile.ts";
import { compareAge } from "../source/age.ts";
import type { BackendRef } from "../source/dataplane.ts";
import { kri } from "../source/kri.ts";
import { type Port, portName, type RealResource } from "../source/real-resources.ts";
import type { Resource } from "../source/resources.ts";

/** The real resources of a mesh, by what a `backendRef` or an identifier names. */
export interface RealResources {
  readonly all: readonly RealResource[];
  /** By identifier, without a section. */
  readonly byId: (id: string) => RealResource | undefined;
  /** What a `backendRef` of a resource names. */
  readonly resolve: (ref: Omit<BackendRef, "port">, from: Resource) => RealResource | undefined;
}

/** Indexes real resources; each is looked for in constant time by name, and among those with one label by labels. */
export function indexRealResources(all: readonly RealResource[], profile: Profile): RealResources {
  const byId = new Map(all.map((one) => [kri(one.resource), one]));
  const byLabel = new Map<string, RealResource[]>();
  for (const one of all) {
    for (const [label, value] of one.resource.labels) {
      const key = JSON.stringify([one.kind, label, value]);
      const known = byLabel.get(key);
      if (known === undefined) byLabel.set(key, [one]);
      else known.push(one);
    }
  }
  const byLabels = (kind: string, labels: Readonly<Record<string, string>>): RealResource | undefined => {
    const wanted = Object.entries(labels);
    const lists = wanted.map(([label, value]) => byLabel.get(JSON.stringify([kind, label, value])) ?? []);
    const [shortest = []] = lists.sort((a, b) => a.length - b.length);
    return shortest
      .filter(({ resource }) => wanted.every(([label, value]) => resource.labels.get(label) === value))
      .sort((a, b) => compareAge(a.resource, b.resource))[0];
  };
  return {
    all,
    byId: (id) => byId.get(id),
    resolve(ref, from) {
      const labels = labelsOf(ref, from, profile);
      if (labels !== undefined) return byLabels(ref.kind, labels);
      const { name = "", namespace = from.labels.get(namespaceLabel) ?? "" } = ref;
      const zone = from.labels.get("kuma.io/zone") ?? "";
      const named = new Map([
        ["kuma.io/zone", zone],
        [namespaceLabel, namespace],
      ]);
      return byId.get(kri({ kind: ref.kind, mesh: from.mesh, labels: named, displayName: name }));
    },
  };
}

const namespaceLabel = "k8s.kuma.io/namespace";
const displayName = "kuma.io/display-name";

/**
 * The labels by which a `backendRef` is found; `undefined` where it is by name. On main a name is a label like others, and
 * the namespace is that of the Dataplane (pkg/xds/context/backendref_normalization.go:14@main).
 */
function labelsOf(
  { kind, name = "", labels, namespace }: Omit<BackendRef, "port">,
  from: Resource,
  { backendRefs }: Profile,
): Readonly<Record<string, string>> | undefined {
  const byLabels = Object.keys(labels).length > 0;
  if (backendRefs === "by-name") return byLabels ? labels : undefined;
  const wanted = byLabels ? labels : { [displayName]: name, ...serviceParts(kind, name) };
  const own = namespace ?? from.labels.get(namespaceLabel);
  const needsNamespace = Object.hasOwn(wanted, displayName) && !Object.hasOwn(wanted, namespaceLabel);
  return needsNamespace && own !== undefined ? { ...wanted, [namespaceLabel]: own } : wanted;
}

/** `backend_ns_svc_80` is the service `backend` in the namespace `ns`. */
function serviceParts(kind: string, name: string): Readonly<Record<string, string>> {
  const parts = name.split("_");
  const [service = "", namespace = ""] = parts;
  if (kind !== "MeshService" || parts.length !== 4 || parts[2] !== "svc") return {};
  return { [displayName]: service, [namespaceLabel]: namespace };
}

/** A port of a real resource by its number or name; a MeshExternalService takes any. */
export function findPort({ kind, ports }: RealResource, nameOrNumber: string): Port | undefined {
  if (kind === "MeshExternalService") return ports[0];
  return ports.find((port) => portName(port) === nameOrNumber || String(port.port) === nameOrNumber);
}
