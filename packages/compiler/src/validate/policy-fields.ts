import { defaultTarget, type KumaRelease } from "@meshlog/parser";
import { profile } from "../kuma/profile.ts";
import type { Resource } from "../source/resources.ts";
import { type MeshAccessLogSchema, meshAccessLogSchema } from "./mesh-access-log-schema.ts";
import type { Schema } from "./schema.ts";
import type { Path } from "./violation.ts";

/** What a policy may have at a place: what an editor offers and explains there. */
export interface PolicyField {
  readonly name: string;
  /** What it is for (Markdown). */
  readonly means?: string;
  readonly type: NonNullable<Schema["type"]> | "any";
  readonly isRequired: boolean;
  /** Kuma writes it, and nobody else. */
  readonly isReadOnly: boolean;
  readonly values?: readonly string[];
  readonly default?: string | boolean;
  /** Kuma warns of it. */
  readonly isDeprecated: boolean;
  /** The values that Kuma warns of. */
  readonly deprecatedValues: readonly string[];
}

/**
 * The fields of a MeshAccessLog's map at a path, in the order of the schema: those that every one of some releases has,
 * with the values that every one takes, and else as the newest has them.
 *
 * @param kumas oldest first; by default the newest stable one.
 */
export function policyFields(
  shape: Resource["shape"],
  at: Path,
  kumas: readonly KumaRelease[] = newest,
): readonly PolicyField[] {
  const { properties = {} } = schemaAt(shape, at, kumas.at(-1)) ?? {};
  return Object.keys(properties).flatMap((name) => {
    const known = kumas.map((kuma) => fieldIn(shape, [...at, name], kuma));
    const field = known.at(-1);
    return field === undefined || known.includes(undefined) ? [] : { ...field, ...sharedValues(known) };
  });
}

/**
 * What stands at a path of a MeshAccessLog, as the newest of some releases that knows it has it: a field, or an item of a
 * list; `undefined` if none knows anything there.
 *
 * @param kumas oldest first; by default the newest stable one.
 */
export function policyField(
  shape: Resource["shape"],
  at: Path,
  kumas: readonly KumaRelease[] = newest,
): PolicyField | undefined {
  const known = kumas.flatMap((kuma) => fieldIn(shape, at, kuma) ?? []);
  const field = known.at(-1);
  return field && { ...field, ...sharedValues(known) };
}

/** The values that every release takes. */
function sharedValues(known: readonly (PolicyField | undefined)[]): Pick<PolicyField, "values"> {
  const lists = known.flatMap((field) => (field?.values === undefined ? [] : [field.values]));
  const newest = lists.at(-1);
  return newest === undefined ? {} : { values: newest.filter((value) => lists.every((list) => list.includes(value))) };
}

function fieldIn(shape: Resource["shape"], at: Path, kuma: KumaRelease): PolicyField | undefined {
  const schema = schemaAt(shape, at, kuma);
  if (schema === undefined) return undefined;
  const name = at.findLast((step) => typeof step === "string") ?? "";
  const last = at.at(-1);
  const { required = [] } = schemaAt(shape, at.slice(0, -1), kuma) ?? {};
  const means = meaningOf(at);
  const { deprecatesFrom, deprecatesEndpoint, deprecatedTopKinds } = profile(kuma);
  const path = at.filter((step) => typeof step === "string").join(".");
  return {
    name,
    ...(means !== undefined && { means }),
    type: schema.type ?? "any",
    isRequired: typeof last === "string" && required.includes(last),
    isReadOnly: at.length === 1 && readOnly.has(name),
    ...(schema.enum && { values: schema.enum }),
    ...(schema.default !== undefined && { default: schema.default }),
    isDeprecated:
      (deprecatesFrom && path === "spec.from") || (deprecatesEndpoint && path.endsWith("openTelemetry.endpoint")),
    deprecatedValues: path === "spec.targetRef.kind" ? Object.keys(deprecatedTopKinds) : [],
  };
}

/** The schema at a path. */
function schemaAt(shape: Resource["shape"], at: Path, kuma: KumaRelease | undefined): Schema | undefined {
  if (kuma === undefined) return undefined;
  return at.reduce<Schema | undefined>(
    (schema, step) =>
      typeof step === "number"
        ? schema?.items
        : Object.hasOwn(schema?.properties ?? {}, step)
          ? schema?.properties?.[step]
          : schema?.additionalProperties,
    schemaOf(kuma)[shape],
  );
}

const newest: readonly KumaRelease[] = defaultTarget.members.slice(-1).flatMap(({ kuma }) => kuma ?? []);

const schemas = new Map<KumaRelease, MeshAccessLogSchema>();

/** The schema of a release, made once. */
function schemaOf(kuma: KumaRelease): MeshAccessLogSchema {
  const known = schemas.get(kuma) ?? meshAccessLogSchema(profile(kuma));
  schemas.set(kuma, known);
  return known;
}

const readOnly: ReadonlySet<string> = new Set(["creationTime", "modificationTime", "kri", "status"]);

/** What fields are for, by the end of their path; the longest that fits counts. */
const meanings: Readonly<Record<string, string>> = {
  type: "The kind of the resource.",
  kind: "The kind of the resource.",
  apiVersion: "`kuma.io/v1alpha1`.",
  metadata: "Name, namespace and labels. The label `kuma.io/mesh` names the mesh.",
  mesh: "The mesh that the policy is of.",
  name: "The name of the resource, of lower-case letters, digits, `-` and `.`.",
  labels: "Labels of the resource.",
  spec: "What is logged, and whose traffic.",
  "spec.targetRef": "Which proxies log. Without it, all of the mesh.",
  "targetRef.kind": "The kind of what is selected.",
  "targetRef.name": "The name of what is selected.",
  "targetRef.namespace": "The namespace of what is selected.",
  "targetRef.mesh": "The mesh of what is selected.",
  "targetRef.labels": "Selects resources by all of these labels instead of by name.",
  "targetRef.tags": "Selects proxies by all of these tags.",
  "targetRef.sectionName": "One listener of what is selected: an inbound or a port, by its name.",
  "targetRef.proxyTypes": "Only proxies of these types.",
  "spec.to": "Outgoing traffic: what selected proxies send to each destination.",
  "spec.from": "Incoming traffic. Deprecated since Kuma 2.10: use `rules`.",
  "spec.rules": "Incoming traffic: what selected proxies receive.",
  "to.targetRef": "Which destination.",
  "from.targetRef": "Which source; Kuma takes only `kind: Mesh`.",
  "rules.matches": "Logs only connections that meet one of these.",
  "matches.spiffeID": "The SPIFFE ID of the client.",
  "matches.sni": "The server name that the client asked for.",
  "spiffeID.type": "How the ID is compared.",
  "spiffeID.value": "A SPIFFE ID, or what it begins with.",
  "sni.type": "How the server name is compared.",
  "sni.value": "A server name.",
  default: "How this traffic is logged.",
  "default.backends": "Where every line goes. An empty list switches logging off.",
  "backends.type": "Which of `tcp`, `file` and `openTelemetry` the backend is.",
  "backends.tcp": "Sends lines to a server.",
  "backends.file": "Writes lines to a file of the proxy.",
  "backends.openTelemetry": "Sends records to an OpenTelemetry collector.",
  "tcp.address": "The server, `host:port`.",
  "file.path": "The file, such as `/dev/stdout`.",
  format: "What a line holds. Without it, Kuma's default format of the protocol.",
  "format.type": "Whether lines are text (`plain`) or JSON (`json`).",
  "format.plain": "The line, with operators such as `%START_TIME%` and `%KUMA_MESH%`. Kuma ends it with a line break.",
  "format.json": "The keys of a JSON object and the format of each value.",
  "format.omitEmptyValues": "Leaves out what has no value, instead of writing `-` or `null`.",
  "json.key": "A key of the JSON object.",
  "json.value": "The format of the value.",
  "openTelemetry.endpoint": "The collector, `host:port`. Deprecated since Kuma 2.14.1: use `backendRef`.",
  "openTelemetry.backendRef": "The MeshOpenTelemetryBackend that says where the collector is.",
  "openTelemetry.attributes": "Attributes of every record.",
  "openTelemetry.body": "The body of every record: a text or an OTLP `AnyValue`, with operators in its strings.",
  "attributes.key": "The name of the attribute.",
  "attributes.value": "The format of the attribute.",
  "backendRef.kind": "The kind of the backend.",
  "backendRef.labels": "Selects the backend by all of these labels.",
  status: "Written by Kuma.",
  creationTime: "Written by Kuma.",
  modificationTime: "Written by Kuma.",
  kri: "Written by Kuma.",
};

/** What the field at a path is for (Markdown); `undefined` for an entry of a map. */
export function meaningOf(at: Path): string | undefined {
  const names = at.filter((step) => typeof step === "string");
  const [last = "", before = ""] = names.toReversed();
  const pair = meanings[`${before}.${last}`];
  if (pair !== undefined) return pair;
  // A short name means this only at the root, but for those that mean the same everywhere.
  return names.length === 1 || last === "default" || last === "format" ? meanings[last] : undefined;
}
