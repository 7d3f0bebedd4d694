import type { Diagnostic } from "../diagnostics.ts";
import { nameOf } from "../source/duplicate-resources.ts";
import { type Fields, fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";
import { afterLine, blockText, isFlow, lineBreakOf, startOfLine, type Value, withoutEntry } from "./entries.ts";
import { say } from "./say.ts";
import type { Rewriting, Step, Task } from "./step.ts";
import { Store } from "./store.ts";

/**
 * The TrafficLogs of a mesh, with the logging of the Mesh, become one MeshAccessLog. A TrafficLog logs what proxies send
 * (pkg/core/logs/matcher.go@2.9.19), as `to` does; of several the one for the very service counts, which comes last in
 * `to`. meshlog compiles no TrafficLogs, so only those are rewritten whose meaning the other kind has too: for all
 * sources, and for all destinations or single services.
 */
export const trafficLogs: Step = {
  what: "TrafficLog and the logging of a Mesh",
  isWanted: ({ hasTrafficLog }) => !hasTrafficLog,
  readsBoth: ({ hasTrafficLog }) => hasTrafficLog,
  isProvedByPlan: true,
  *plan(task) {
    const store = new Store(task);
    const logs = task.bundle.resources.filter(({ kind }) => kind === "TrafficLog");
    for (const [mesh, own] of Map.groupBy(logs, (one) => one.mesh)) yield* ofMesh(mesh, own, store, task);
  },
};

function* ofMesh(mesh: string, logs: readonly Resource[], store: Store, task: Task): Generator<Rewriting | Diagnostic> {
  const { resources } = task.bundle;
  const owner = resources.find(({ kind, name }) => kind === "Mesh" && name === mesh);
  const logging = fields(owner?.spec).map("logging");
  const items = new Map<string, Item>();
  for (const log of logs) {
    const problem =
      logging === undefined
        ? `the Mesh "${mesh}" with its logging is not in these files`
        : (besides(mesh, resources) ?? gather(log, logging, items, store, task));
    if (problem === undefined) continue;
    for (const one of logs) yield say("migrate/traffic-log", one, nameOf(one), { problem }, task);
    return;
  }
  const [first] = logs;
  if (first === undefined || owner === undefined) return;
  // What is for every service comes first, so that the others override it.
  const to = [...items].sort(([a], [b]) => Number(b === "*") - Number(a === "*")).map(([, item]) => item);
  const document = documentOf(policyOf(first, to, task));
  const rewritings = logs.map((log) => replaced(log, log === first ? document : "", task));
  if (rewritings.includes(undefined)) {
    yield say("migrate/layout", first, nameOf(first), { what: "the TrafficLogs of this mesh" }, task);
    return;
  }
  yield* rewritings.flatMap((one) => one ?? []);
  yield* withoutLogging(owner);
}

/** What else logs what the mesh's proxies send: together with it a MeshAccessLog would not be as a TrafficLog is. */
function besides(mesh: string, resources: readonly Resource[]): string | undefined {
  const other = resources.find((one) => one.kind === "MeshAccessLog" && one.mesh === mesh && fields(one.spec).maps("to").length > 0); // prettier-ignore
  return (
    other &&
    `the MeshAccessLog "${other.name}" logs what proxies send as well, and one of the two would override the other`
  );
}

/** An item of `to`. */
interface Item {
  readonly targetRef: Readonly<Record<string, Value>>;
  /** `undefined` for none: the backend that is named is not there, and Kuma logs nothing. */
  readonly backend: Readonly<Record<string, Value>> | undefined;
}

/** Adds what a TrafficLog logs to that of others. Returns what speaks against it. */
function gather(
  log: Resource,
  logging: Fields,
  items: Map<string, Item>,
  store: Store,
  task: Task,
): string | undefined {
  const spec = fields(log.spec);
  const selectors = (list: string): readonly Readonly<Record<string, string>>[] =>
    spec.maps(list).map((one) => one.record("match"));
  const sources = selectors("sources");
  const isForAll = sources.length > 0 && sources.every((match) => serviceOf(match) === "*");
  if (!isForAll) return "it is for some sources; write a MeshAccessLog on the Dataplanes that send";
  const name = spec.map("conf")?.string("backend") ?? logging.string("defaultBackend") ?? "";
  const backend = logging.maps("backends").find((one) => one.string("name") === name);
  const conf = backend && backendOf(backend);
  if (backend !== undefined && conf === undefined) return `the backend "${name}" is neither a file nor TCP`;
  for (const match of selectors("destinations")) {
    const service = serviceOf(match);
    if (service === undefined) return "it is for destinations with certain tags";
    if (items.has(service)) return `several are for the destination "${service}"`;
    const targetRef = service === "*" ? { kind: "Mesh" } : { kind: "MeshService", labels: { [displayName]: service } };
    const found = service === "*" ? [""] : store.destinations(store.policy(log), targetRef, task.wanted);
    if (found.length !== 1) return `no MeshService of these files has the label ${displayName}: ${service}`;
    items.set(service, { targetRef, backend: conf });
  }
  return undefined;
}

const displayName = "kuma.io/display-name";

/** The service that a selector is for, if it is for nothing else. */
function serviceOf(match: Readonly<Record<string, string>>): string | undefined {
  const { "kuma.io/service": service, ...others } = match;
  return Object.keys(others).length === 0 ? service : undefined;
}

/** A backend of a Mesh as MeshAccessLog has it (convertLoggingBackend, pkg/xds/envoy/listeners/v3/access_log_configurer.go:62@2.9.19). */
function backendOf(backend: Fields): Item["backend"] {
  const plain = backend.string("format") ?? "";
  const format = plain === "" ? {} : { format: { type: "Plain", plain } };
  const conf = backend.map("conf");
  const type = backend.string("type");
  if (type === "file") return { type: "File", file: { path: conf?.string("path") ?? "", ...format } };
  if (type === "tcp") return { type: "Tcp", tcp: { address: conf?.string("address") ?? "", ...format } };
  return undefined;
}

/** The fields of the MeshAccessLog without its items, and these. */
interface Written {
  readonly head: Readonly<Record<string, Value>>;
  readonly to: readonly Item[];
}

function policyOf(
  { shape, mesh, displayName: own }: Resource,
  to: readonly Item[],
  { bundle, controlPlane }: Task,
): Written {
  const kind = "MeshAccessLog";
  const isTaken = bundle.resources.some((one) => one.kind === kind && one.mesh === mesh && one.displayName === own);
  const name = isTaken ? `${own}-outbound` : own;
  const { systemNamespace: namespace = "kuma-system" } = controlPlane;
  const metadata = { name, namespace, labels: { "kuma.io/mesh": mesh } };
  const head = shape === "universal" ? { type: kind, mesh, name } : { apiVersion: "kuma.io/v1alpha1", kind, metadata };
  return { head, to };
}

function documentOf({ head, to }: Written): string {
  const items = to.map(({ targetRef, backend }) => {
    const fieldsOfItem = [blockText({ targetRef }, "      "), "      default:"];
    const backends =
      backend === undefined
        ? "        backends: []"
        : `        backends:\n${asItem(blockText(backend, "            "))}`;
    return asItem([...fieldsOfItem, backends].join("\n"));
  });
  return `${blockText(head)}\nspec:\n  targetRef:\n    kind: Mesh\n  to:\n${items.join("\n")}\n`;
}

/** Puts a dash before the first of some lines. */
function asItem(lines: string): string {
  return lines.replace(/^( *) {2}/, "$1- ");
}

/** Puts a document in the place of a resource that is one. */
function replaced(resource: Resource, document: string, { bundle }: Task): Rewriting | undefined {
  const { node, file } = resource;
  const source = bundle.files.find(({ path }) => path === file)?.text ?? "";
  if (startOfLine(source, node.start) !== node.start || isFlow(node, source)) return undefined;
  const text = document.replaceAll("\n", lineBreakOf(source));
  return { resource, edits: [{ start: node.start, end: afterLine(source, node.end), text }], at: nameOf(resource) };
}

/** Takes the logging out of a Mesh, where its layout lets it. */
function* withoutLogging(owner: Resource): Generator<Rewriting> {
  const { spec } = owner;
  const logging = spec?.kind === "map" ? spec.entry("logging") : undefined;
  const edits = spec?.kind === "map" && logging !== undefined ? withoutEntry(spec, logging, "gone") : undefined;
  if (logging !== undefined && edits !== undefined) yield { resource: owner, edits, at: logging.key };
}
