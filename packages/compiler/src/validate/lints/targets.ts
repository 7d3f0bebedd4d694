import type { Diagnostic } from "../../diagnostics.ts";
import { readDataplane } from "../../source/dataplane.ts";
import { fields } from "../../source/fields.ts";
import type { Resource } from "../../source/resources.ts";
import { label } from "../compute-labels.ts";
import { child, type Placed, textAt } from "../placed.ts";
import { type LintedMesh, type LintedPolicy, type MeshLint, type Say, sayOf } from "./lint.ts";

/**
 * References to what the bundle does not hold. A bundle of policies alone says nothing of the rest of the mesh, so a
 * reference counts as dangling only where the bundle holds others of its kind.
 */
export const danglingReferences: MeshLint = function* (mesh) {
  if (!referredKinds.some((kind) => mesh.resources.has(kind))) return;
  const names = knownNames.get(mesh.resources) ?? new Map<string, ReadonlySet<string>>();
  knownNames.set(mesh.resources, names);
  const namesOfKind = (kind: string): ReadonlySet<string> => {
    const known = names.get(kind) ?? namesOf(kind, mesh);
    names.set(kind, known);
    return known;
  };
  for (const policy of mesh.policies()) {
    const say = sayOf(policy.resource, mesh.members);
    for (const target of targetsOf(policy)) {
      const kind = textAt(target, "kind")?.node.text ?? "";
      const labels = child(target, "labels");
      if (labels !== undefined) {
        const wanted = fields(target.node).record("labels");
        const named = wanted[label.displayName];
        const held = kindsByLabels.has(kind) ? (mesh.resources.get(kind) ?? []) : [];
        // A control plane makes MeshServices of Dataplanes and Services.
        if (named !== undefined && isHeld(named, namesOfKind(kind))) continue;
        if (!isDangling(Object.entries(wanted), held)) continue;
        const name = Object.entries(wanted)
          .map((entry) => entry.join("="))
          .join(",");
        const entry = target.node.kind === "map" ? target.node.entry("labels") : undefined;
        const place = entry?.key ?? target.node;
        yield say("lint/dangling-target", place, { kind, name, mesh: mesh.name }, { at: labels.at });
        continue;
      }
      const name = textAt(target, "name");
      if (name === undefined) continue;
      const held = namesOfKind(kind);
      if (held.size === 0 || isHeld(name.node.text, held)) continue;
      const parameters = { kind, name: name.node.text, mesh: mesh.name };
      yield say("lint/dangling-target", name.node, parameters, { at: name.at });
    }
    yield* danglingBackends(mesh, policy, say);
  }
};

/** What was found of the resources of a mesh, by kind: its policies may be looked at one by one. */
const knownNames = new WeakMap<LintedMesh["resources"], Map<string, ReadonlySet<string>>>();

function* danglingBackends(
  { resources, name, members }: LintedMesh,
  { backends }: LintedPolicy,
  say: Say,
): Generator<Diagnostic> {
  const held = resources.get("MeshOpenTelemetryBackend") ?? [];
  const affects = members.where(({ openTelemetryConfig }) => openTelemetryConfig === "top-level");
  if (held.length === 0 || affects.length === 0) return;
  for (const { logger } of backends) {
    const ref = logger && child(logger.place, "backendRef");
    const labels = ref && child(ref, "labels");
    if (ref?.node.kind !== "map" || labels?.node.kind !== "map") continue;
    const wanted = Object.entries(fields(ref.node).record("labels"));
    if (!isDangling(wanted, held)) continue;
    const entry = ref.node.entry("labels");
    yield say("lint/dangling-backend", entry?.key ?? ref.node, { mesh: name }, { affects, at: labels.at });
  }
}

/** The kinds of the resources that references find, or that say under which names something is found. */
const referredKinds: readonly string[] = [
  "Dataplane",
  "ExternalService",
  "MeshExternalService",
  "MeshGateway",
  "MeshHTTPRoute",
  "MeshMultiZoneService",
  "MeshOpenTelemetryBackend",
  "MeshService",
];

/** The kinds that references by labels find. */
const kindsByLabels: ReadonlySet<string> = new Set([
  "MeshService",
  "MeshExternalService",
  "MeshMultiZoneService",
  "MeshHTTPRoute",
]);

/** Whether none of several resources has the labels; of none nothing is known. What a control plane fills in may be it. */
function isDangling(wanted: readonly (readonly [string, string])[], held: readonly Resource[]): boolean {
  const known = wanted.filter(([key]) => !filledIn.has(key) || held.some(({ labels }) => labels.has(key)));
  return held.length > 0 && !held.some((one) => known.every(([key, value]) => labelOf(one, key) === value));
}

/** Labels that say where a resource comes from, which bundles need not write. */
const filledIn: ReadonlySet<string> = new Set([label.zone, label.environment, label.origin, label.mesh]);

/** A label as it is written, or as a control plane fills it in. */
function labelOf({ labels, displayName, namespace }: Resource, key: string): string | undefined {
  const written = labels.get(key);
  if (written !== undefined) return written;
  switch (key) {
    case "kuma.io/display-name":
      return displayName;
    case "k8s.kuma.io/namespace":
      return namespace;
    default:
      return undefined;
  }
}

function* targetsOf({ spec, items }: LintedPolicy): Generator<Placed> {
  const top = child({ node: spec, at: ["spec"] }, "targetRef");
  if (top !== undefined) yield top;
  for (const item of items) {
    const target = child(item, "targetRef");
    if (target !== undefined) yield target;
  }
}

/** The names under which a reference of a kind finds something in the mesh; none where the bundle holds none. */
function namesOf(kind: string, { resources }: LintedMesh): ReadonlySet<string> {
  const held = (of: string): readonly Resource[] => resources.get(of) ?? [];
  const displayed = held(kind).flatMap(({ name, displayName }) => [name, displayName]);
  switch (kind) {
    case "MeshService":
    case "MeshServiceSubset": {
      const services = held("Dataplane").flatMap((resource) => {
        const { inbounds = [], gateway } = readDataplane(resource).value ?? {};
        return [...inbounds.map(({ tags }) => tags), gateway?.tags ?? {}].map((tags) => tags["kuma.io/service"] ?? "");
      });
      const external = held("ExternalService").map(
        (resource) => fields(resource.spec).record("tags")["kuma.io/service"] ?? "",
      );
      const gateways = held("MeshGateway").flatMap((resource) =>
        fields(resource.spec)
          .maps("selectors")
          .map((selector) => selector.record("match")["kuma.io/service"] ?? ""),
      );
      const real = held("MeshService").flatMap(({ name, displayName }) => [name, displayName]);
      const known = [...services, ...external, ...gateways, ...real].filter((name) => name !== "");
      return new Set(known);
    }
    case "MeshExternalService":
    case "MeshMultiZoneService":
    case "MeshHTTPRoute":
    case "MeshGateway":
      return new Set(displayed);
    default:
      // Dataplanes come and go, and on Kubernetes the control plane makes them.
      return new Set();
  }
}

/** A name, or one of the form `name_namespace_svc_port` of a Kubernetes service. */
function isHeld(name: string, held: ReadonlySet<string>): boolean {
  if (held.has(name)) return true;
  const [service = "", namespace = "", svc] = name.split("_");
  return svc === "svc" && (held.has(service) || held.has(`${service}.${namespace}`));
}
