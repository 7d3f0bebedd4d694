import type { Profile } from "../kuma/profile.ts";
import { labelsOf, type Miss, type SelectedProxy } from "../match/select.ts";
import { roleOf, type SelectingPolicy, selectionOf } from "../match/selecting-policy.ts";
import type { TargetRef } from "../validate/policy.ts";

/** Says why a policy does not select a proxy. */
export function sayMiss(miss: Miss, policy: SelectingPolicy, proxy: SelectedProxy, profile: Profile): string {
  return texts[miss](policy, proxy, profile);
}

/** What a targetRef selects, in a few words: `Dataplane app=web`. */
export function targetRefText({
  kind,
  name,
  namespace,
  sectionName,
  labels,
  tags,
  proxyTypes = [],
}: TargetRef): string {
  return [
    kind,
    ...(name === undefined ? [] : [namespace === undefined ? name : `${namespace}/${name}`]),
    ...pairs({ ...labels, ...tags }),
    ...(sectionName === undefined ? [] : [`section ${sectionName}`]),
    ...(proxyTypes.length === 0 ? [] : [`proxyTypes ${proxyTypes.join(", ")}`]),
  ].join(" ");
}

type Text = (policy: SelectingPolicy, proxy: SelectedProxy, profile: Profile) => string;

const texts: Readonly<Record<Miss, Text>> = {
  shadow: () => "it is a shadow policy: its label kuma.io/effect is shadow",
  zone: ({ resource }, { dataplane, gateway }) =>
    `it is of the zone ${label(resource.labels, "kuma.io/zone")}, ${gateway === undefined ? "the Dataplane" : "the MeshGateway"} ` +
    `of ${label((gateway ?? dataplane).resource.labels, "kuma.io/zone")}`,
  namespace: (policy, { dataplane }) =>
    `a policy of the role ${roleOf(policy)} counts in its own namespace alone, ` +
    `${label(policy.resource.labels, namespaceLabel)}; the Dataplane is in ${label(dataplane.resource.labels, namespaceLabel)}`,
  "proxy-type": (_, { dataplane }) => `the proxy is a ${dataplane.gateway === undefined ? "Sidecar" : "Gateway"}`,
  tags: (policy, { gateway }) => {
    const { kind, name = "", tags = {} } = selectionOf(policy);
    const service = kind === "MeshService" || kind === "MeshServiceSubset" ? { "kuma.io/service": name } : {};
    const where = gateway === undefined ? "no inbound" : "no inbound or listener of the gateway";
    return `${where} has ${pairs({ ...service, ...tags }).join(" and ")}`;
  },
  gateway: (_, { gateway }) => `the MeshGateway of this proxy is ${gateway?.resource.name ?? "another"}`,
  "not-a-gateway": () => "no MeshGateway configures this proxy",
  "of-a-gateway": () => "a MeshGateway configures this proxy, and policies on Dataplanes pass over it",
  name: (policy, { dataplane }) =>
    dataplane.resource.displayName === selectionOf(policy).name
      ? "the Dataplane that it names is of another zone or namespace"
      : `the Dataplane is called ${dataplane.resource.displayName}`,
  labels: (policy, { dataplane }, profile) => {
    const own = labelsOf(dataplane, profile);
    const [missed = ""] =
      Object.entries(selectionOf(policy).labels ?? {}).find(([key, value]) => (own.get(key) ?? "") !== value) ?? [];
    const value = own.get(missed);
    return value === undefined
      ? `the Dataplane has no label ${missed}`
      : `the label ${missed} of the Dataplane is ${value}`;
  },
  section: (policy) => `no inbound or listener of the Dataplane is called ${selectionOf(policy).sectionName ?? ""}`,
  "nothing-there": () => "the Dataplane has no inbound and no listener that could be selected",
  kind: (policy) => `policies on ${selectionOf(policy).kind} select no proxy`,
};

const namespaceLabel = "k8s.kuma.io/namespace";

function label(labels: ReadonlyMap<string, string>, name: string): string {
  return labels.get(name) ?? "none";
}

function pairs(record: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(record).map(([key, value]) => `${key}=${value}`);
}
