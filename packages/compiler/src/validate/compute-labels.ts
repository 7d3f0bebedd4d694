import type { KumaRelease } from "@meshlog/parser";
import type { ControlPlane } from "../kuma/control-plane.ts";
import type { LabelFacts } from "../kuma/label-facts.ts";
import { profile } from "../kuma/profile.ts";
import { fields } from "../source/fields.ts";
import { kinds } from "../source/kinds.ts";
import type { Bundle } from "../source/load.ts";
import { type Resource, writtenLabels } from "../source/resources.ts";
import { textOf } from "../source/tree.ts";
import { policyRole, type Role, type RoleLists } from "./policy-role.ts";
import { setProxyLabels } from "./proxy-labels.ts";

/** Which control plane a resource is applied to. */
export interface LabelEnvironment {
  readonly facts: LabelFacts;
  readonly controlPlane: ControlPlane;
}

/** The labels that a control plane stores a resource with. */
export interface ComputedLabels {
  readonly labels: ReadonlyMap<string, string>;
  /** Why the resource is refused instead, in Kuma's words: it can have no role. */
  readonly refusal?: string;
}

/** Whether a resource counts as applied, so that its labels are computed and checked, or as stored. */
export function isApplied({ shape }: Resource, { labels }: ControlPlane): boolean {
  return (labels ?? (shape === "universal" ? "asWritten" : "computed")) === "computed";
}

/** A bundle as a control plane stores it: with labels as written or computed, whichever is asked for. */
export function withStoredLabels(bundle: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): Bundle {
  return { ...bundle, resources: bundle.resources.map(storedResource(kuma, controlPlane)) };
}

/** What gives a resource the labels that it has when a control plane holds it. */
export function storedResource(kuma: KumaRelease, controlPlane: ControlPlane): (resource: Resource) => Resource {
  const environment = { facts: profile(kuma), controlPlane };
  return (resource) => {
    if (!isApplied(resource, controlPlane)) return resource;
    const { labels } = computeLabels(resource, environment);
    return { ...resource, labels, displayName: labels.get(label.displayName) ?? resource.displayName };
  };
}

/**
 * What a control plane makes of the labels of a resource when it is applied, whatever it is asked to do with them. The
 * labels that are written stay, with few exceptions (pkg/core/resources/labels/compute.go:101@v2.14.3, before 2.8 in
 * resource_endpoints.go and webhooks/defaulter.go).
 */
export function computeLabels(resource: Resource, { facts, controlPlane }: LabelEnvironment): ComputedLabels {
  const { shape, namespace = "", mesh } = resource;
  const { mode = "zone", zone = "default", systemNamespace = defaultSystemNamespace } = controlPlane;
  const { scope, ofZones, isPolicy } = kinds[resource.kind] ?? noKind;
  const onKubernetes = shape === "kubernetes";
  const labels = new Map(writtenLabels(resource.node, shape));
  const fill = (key: string, value: string): void => {
    if (!labels.has(key)) labels.set(key, value);
  };

  if (onKubernetes && facts.displayNameLabel !== "none") labels.set(label.displayName, objectDisplayName(resource));
  if (onKubernetes && facts.namespaceLabel === "always" && namespace !== "") fill(label.namespace, namespace);
  if (scope === "mesh" && (onKubernetes || facts.meshLabel === "everywhere")) fill(label.mesh, mesh);
  if (facts.displayNameLabel === "everywhere" && !onKubernetes) labels.set(label.displayName, resource.name);

  const getsZone = mode === "zone" && (facts.zoneLabelsOf === "every-kind" || ofZones);
  fillOrigin(labels, { onKubernetes, mode, getsZone }, facts);
  if (getsZone && labels.get(label.origin) !== "global") {
    if (facts.zoneLabel) fill(label.zone, zone);
    if (facts.environmentLabel) fill(label.environment, shape);
  }

  const origin = labels.get(label.origin) ?? "";
  const isOwn = origin === "" || origin === mode;
  if (onKubernetes && facts.namespaceLabel === "of-own-objects" && namespace !== "" && isOwn) {
    fill(label.namespace, namespace);
  }
  setProxyLabels(labels, resource, facts);
  if (facts.policyRole === "none" || isPolicy !== true) return { labels };

  const isGiven = facts.policyRole === "by-lists";
  const roleNamespace = isGiven ? labels.get(label.namespace) : namespace;
  if (roleNamespace === undefined || roleNamespace === "" || !(isGiven || isOwn)) return { labels };
  const found = roleIn(resource, { namespace: roleNamespace, systemNamespace }, facts);
  if ("refusal" in found) return { labels, refusal: found.refusal };
  if (isGiven) fill(label.role, found.role);
  else labels.set(label.role, found.role);
  return { labels };
}

/** The labels that mean something to Kuma. */
export const label = {
  displayName: "kuma.io/display-name",
  environment: "kuma.io/env",
  mesh: "kuma.io/mesh",
  namespace: "k8s.kuma.io/namespace",
  origin: "kuma.io/origin",
  role: "kuma.io/policy-role",
  zone: "kuma.io/zone",
} as const;

/** Where Kuma runs on Kubernetes unless it is told otherwise. */
export const defaultSystemNamespace = "kuma-system";

const noKind = { scope: "mesh", ofZones: false, isPolicy: undefined } as const;

/** The role of a policy in a namespace. */
export function roleIn(
  { spec }: Pick<Resource, "spec">,
  { namespace, systemNamespace }: { readonly namespace: string; readonly systemNamespace: string },
  facts: LabelFacts,
): Role {
  return namespace === systemNamespace ? { role: "system" } : policyRole(listsOf(spec), namespace, facts);
}

function listsOf(spec: Resource["spec"]): RoleLists {
  const lists = fields(spec);
  const to = lists.maps("to").map((item) => {
    const ref = item.map("targetRef") ?? fields(undefined);
    return {
      ...given("kind", ref.string("kind")),
      ...given("name", ref.string("name")),
      ...given("namespace", ref.string("namespace")),
      labels: ref.record("labels"),
    };
  });
  return { to, hasFrom: lists.maps("from").length > 0 };
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, string>);
}

interface OriginContext {
  readonly onKubernetes: boolean;
  readonly mode: "zone" | "global";
  readonly getsZone: boolean;
}

function fillOrigin(
  labels: Map<string, string>,
  { onKubernetes, mode, getsZone }: OriginContext,
  { originLabel }: LabelFacts,
): void {
  switch (originLabel) {
    case "none":
      return;
    case "set":
      labels.set(label.origin, mode);
      return;
    case "set-on-universal":
      if (mode === "zone" && !(onKubernetes && (labels.get(label.origin) ?? "") !== ""))
        labels.set(label.origin, "zone");
      return;
    case "if-absent":
      if (getsZone && !labels.has(label.origin)) labels.set(label.origin, "zone");
      return;
  }
}

/** An object keeps its display name in an annotation (KubernetesMetaAdapter, store.go:318@v2.14.3). */
function objectDisplayName({ node }: Resource): string {
  const metadata = node.get("metadata");
  if (metadata?.kind !== "map") return "";
  const annotations = metadata.get("annotations");
  const annotation = annotations?.kind === "map" ? textOf(annotations.get(label.displayName)) : undefined;
  return annotation ?? textOf(metadata.get("name")) ?? "";
}
