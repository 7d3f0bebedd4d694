import type { TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { ControlPlane, ProxyMetadata } from "../kuma/control-plane.ts";
import { readOpenTelemetryBackend } from "../source/open-telemetry-backend.ts";
import type { Resource } from "../source/resources.ts";
import type { MapNode } from "../source/tree.ts";
import { backendPlaces } from "../validate/format-places.ts";
import { type Endpoint, isIpAddress, urlEndpoint } from "../validate/open-telemetry-endpoint.ts";
import { documentBeside } from "./documents.ts";
import { blockText, replacedEntry } from "./entries.ts";
import { say } from "./say.ts";
import type { Rewriting, Step, Task } from "./step.ts";

/**
 * `openTelemetry.endpoint` becomes a `backendRef` to a MeshOpenTelemetryBackend, which is written beside the first policy
 * that needs it; one that is there already serves.
 */
export const endpointToBackendRef: Step = {
  what: "`openTelemetry.endpoint`",
  isWanted: ({ deprecatesEndpoint, openTelemetryDestination }) =>
    deprecatesEndpoint || openTelemetryDestination === "backend-ref",
  readsBoth: ({ openTelemetryDestination }) => openTelemetryDestination === "endpoint-or-backend-ref",
  *plan(task) {
    const collectors = new Collectors(task);
    for (const resource of task.bundle.resources) {
      if (resource.kind === "MeshAccessLog" && resource.spec !== undefined) yield* ofPolicy(resource, collectors, task);
    }
  },
  proofIn: withoutKumaDp,
};

/**
 * A proxy that sends through kuma-dp does so with a `backendRef` only: the collector is the same, and the way to it is
 * Kuma's.
 */
function withoutKumaDp(controlPlane: ControlPlane): ControlPlane {
  const { metadata = {} } = controlPlane;
  const without = ({ features = [], ...rest }: ProxyMetadata): ProxyMetadata => ({
    ...rest,
    features: features.filter((one) => one !== "feature-otel-via-kuma-dp"),
  });
  const proxies = Object.entries(metadata).map(([name, one]) => [name, without(one)] as const);
  return { ...controlPlane, metadata: Object.fromEntries(proxies) };
}

function* ofPolicy(resource: Resource, collectors: Collectors, task: Task): Generator<Rewriting | Diagnostic> {
  const loggers = backendPlaces(resource.spec ?? resource.node).flatMap(({ node }) => {
    const logger = node.get("openTelemetry");
    return logger?.kind === "map" && logger.get("backendRef") === undefined ? [logger] : [];
  });
  const edits: TextEdit[] = [];
  let first: MapNode | undefined;
  for (const logger of new Set(loggers)) {
    const endpoint = logger.entry("endpoint");
    if (endpoint?.value.kind !== "scalar" || endpoint.value.text === "") continue;
    const { address, port } = urlEndpoint(endpoint.value.text);
    if (!isAddress(address)) {
      yield say("migrate/endpoint", resource, endpoint.value, { endpoint: endpoint.value.text }, task);
      return;
    }
    const backend = collectors.at({ address, port }, resource);
    const reference = { kind: "MeshOpenTelemetryBackend", labels: backend?.labels ?? {} };
    const some = replacedEntry(logger, endpoint, "backendRef", reference);
    if (backend === undefined || some === undefined) {
      yield say("migrate/layout", resource, endpoint.key, { what: "`endpoint`" }, task);
      return;
    }
    edits.push(...some, ...backend.written);
    first ??= logger;
  }
  if (first !== undefined) yield { resource, edits, at: first.entry("endpoint")?.key ?? first };
}

/** What Kuma takes for the address of a MeshOpenTelemetryBackend (meshopentelemetrybackend/api/v1alpha1/validator.go:44@v2.14.3). */
function isAddress(address: string): boolean {
  return isIpAddress(address) || (address.length <= 255 && /^\w[\w-]{0,62}(?:\.\w[\w-]{0,62})*[._]?$/.test(address));
}

interface Collector {
  readonly labels: Readonly<Record<string, string>>;
  /** The edit that writes it; none where it is there already. */
  readonly written: readonly TextEdit[];
}

/** The MeshOpenTelemetryBackends that there are, and those that are written. */
class Collectors {
  readonly #task: Task;
  readonly #known = new Map<string, Readonly<Record<string, string>>>();
  readonly #names = new Set<string>();

  constructor(task: Task) {
    this.#task = task;
    const backends = task.bundle.resources.filter(({ kind }) => kind === "MeshOpenTelemetryBackend");
    const labelled = Map.groupBy(backends, ({ mesh, labels }) => keyOf(mesh, labels.get(displayName) ?? ""));
    for (const resource of backends) {
      this.#names.add(keyOf(resource.mesh, resource.displayName));
      const { address, port, protocol } = readOpenTelemetryBackend(resource);
      const label = resource.labels.get(displayName);
      // A label that two have leads to one of them only.
      const isAlone = label !== undefined && labelled.get(keyOf(resource.mesh, label))?.length === 1;
      if (address === undefined || protocol !== "grpc" || !isAlone) continue;
      const key = keyOf(resource.mesh, address, port);
      if (!this.#known.has(key)) this.#known.set(key, { [displayName]: label });
    }
  }

  /** The backend of an endpoint in the mesh of a policy; `undefined` where there is no place for one beside it. */
  at(endpoint: Endpoint, policy: Resource): Collector | undefined {
    const key = keyOf(policy.mesh, endpoint.address, endpoint.port);
    const known = this.#known.get(key);
    if (known !== undefined) return { labels: known, written: [] };
    const source = this.#task.bundle.files.find(({ path }) => path === policy.file)?.text ?? "";
    const name = this.#freeName(endpoint, policy.mesh);
    const document = blockText(backendOf(name, endpoint, policy, this.#task.controlPlane));
    const edit = documentBeside(policy, source, document);
    if (edit === undefined) return undefined;
    const labels = { [displayName]: name };
    this.#known.set(key, labels);
    this.#names.add(keyOf(policy.mesh, name));
    return { labels, written: [edit] };
  }

  #freeName({ address, port }: Endpoint, mesh: string): string {
    const words = address
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, "-")
      .replaceAll(/^-|-$/g, "");
    const base = `${words.startsWith("otel") ? "" : "otel-"}${words.slice(0, 60)}-${port}`;
    for (let i = 1; ; i++) {
      const name = i === 1 ? base : `${base}-${i}`;
      if (!this.#names.has(keyOf(mesh, name))) return name;
    }
  }
}

const displayName = "kuma.io/display-name";

const keyOf = (...parts: readonly (string | number)[]): string => JSON.stringify(parts);

/**
 * A MeshOpenTelemetryBackend of the shape of a policy. An endpoint of a policy heeded no variables of kuma-dp's
 * environment, so this does not either. On Kubernetes it belongs to the system namespace
 * (meshopentelemetrybackend.go:12@v2.14.3).
 */
function backendOf(
  name: string,
  { address, port }: Endpoint,
  { shape, mesh }: Resource,
  { systemNamespace = "kuma-system" }: ControlPlane,
): Parameters<typeof blockText>[0] {
  const kind = "MeshOpenTelemetryBackend";
  const spec = { endpoint: { address, port }, protocol: "grpc", env: { mode: "Disabled" } };
  const labels = { [displayName]: name };
  if (shape === "universal") return { type: kind, mesh, name, labels, spec };
  const metadata = { name, namespace: systemNamespace, labels: { "kuma.io/mesh": mesh, ...labels } };
  return { apiVersion: "kuma.io/v1alpha1", kind, metadata, spec };
}
