import type { MapNode } from "../source/tree.ts";

/** Where a backend logs to. */
export type BodyName = "tcp" | "file" | "openTelemetry";

/** What a backend has of the fields that say where it logs to. */
export interface Bodies {
  readonly present: readonly BodyName[];
  /** The one that its type names. */
  readonly named: BodyName | undefined;
}

const names: readonly BodyName[] = ["tcp", "file", "openTelemetry"];

/** The body that each type names. */
const bodyOfType: ReadonlyMap<unknown, BodyName> = new Map([
  ["Tcp", "tcp"],
  ["File", "file"],
  ["OpenTelemetry", "openTelemetry"],
]);

/** What was found by what is named, and then by what is present: a bit for each name. */
const known: Readonly<Record<BodyName | "none", Bodies[]>> = { none: [], tcp: [], file: [], openTelemetry: [] };

/** The bodies of a backend; `null` is as if it were not there. The same object for all that have the same. */
export function bodiesOf(backend: MapNode): Bodies {
  const type = backend.get("type");
  const named = type?.kind === "scalar" ? bodyOfType.get(type.value) : undefined;
  let bits = 0;
  for (const name of names) bits = 2 * bits + (isThere(backend, name) ? 1 : 0);
  return (known[named ?? "none"][bits] ??= { present: names.filter((name) => isThere(backend, name)), named });
}

function isThere(backend: MapNode, name: BodyName): boolean {
  const body = backend.get(name);
  return body !== undefined && !(body.kind === "scalar" && body.value === null);
}
