import type { Diagnostic } from "../diagnostics.ts";
import type { TextEdit } from "@meshlog/parser";
import type { Resource } from "../source/resources.ts";
import type { MapNode } from "../source/tree.ts";
import { type BackendPlace, backendPlaces } from "../validate/format-places.ts";
import { withFirst, withoutEntry } from "./entries.ts";
import { say } from "./say.ts";
import type { Rewriting, Step, Task } from "./step.ts";

/** What `type` calls each body of a backend. */
const bodies = { file: "File", tcp: "Tcp", openTelemetry: "OpenTelemetry" } as const;
const bodyNames = ["file", "tcp", "openTelemetry"] as const;

/**
 * `type` in backends and formats, which Kuma demands from 2.3 on and passes over before. A format that is empty, which
 * 2.0 takes for none, goes.
 */
export const typeDiscriminators: Step = {
  what: "a backend or format without `type`",
  isWanted: ({ backendChecks }) => backendChecks === "by-type",
  readsBoth: ({ backendChecks }) => backendChecks !== "by-type",
  *plan(task) {
    for (const resource of task.bundle.resources) {
      if (resource.kind === "MeshAccessLog" && resource.spec !== undefined) yield* ofPolicy(resource, task);
    }
  },
};

function* ofPolicy(resource: Resource, task: Task): Generator<Rewriting | Diagnostic> {
  const places = [...new Map(backendPlaces(resource.spec ?? resource.node).map((one) => [one.node, one])).values()];
  const edits: TextEdit[] = [];
  for (const place of places) {
    const { node } = place;
    const present = bodyNames.filter((name) => node.get(name)?.kind === "map");
    const [body] = present;
    if (body === undefined) continue;
    if (present.length > 1 && node.get("type") === undefined) {
      const names = present.map((name) => `\`${name}\``).join(" and ");
      yield say("migrate/several-bodies", resource, node.entries[0]?.key ?? node, { bodies: names }, task);
      return;
    }
    const own = [
      ...(node.get("type") === undefined ? [withFirst(node, "type", bodies[body])] : []),
      formatEdits(place),
    ];
    if (own.includes(undefined)) {
      yield say("migrate/layout", resource, node, { what: "this backend" }, task);
      return;
    }
    edits.push(...own.flatMap((some) => some ?? []));
  }
  const [first] = places;
  if (edits.length > 0 && first !== undefined) yield { resource, edits, at: first.node.entries[0]?.key ?? first.node };
}

/** Says of a format whether it is a text or JSON, or takes an empty one out. */
function formatEdits(place: BackendPlace): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  for (const {
    sink,
    place: { node: format },
  } of place.sinks) {
    const body = place.node.get(sink);
    if (body?.kind !== "map" || format.get("type") !== undefined) continue;
    const type = typeOf(format);
    const entry = body.entry("format");
    const some = type === undefined ? entry && withoutEntry(body, entry) : withFirst(format, "type", type);
    if (some === undefined) return undefined;
    edits.push(...some);
  }
  return edits;
}

/** Which of its members a format has, as Kuma 2.0 sees it; `undefined` for none, which means the default. */
function typeOf(format: MapNode): "Plain" | "Json" | undefined {
  const [plain, json] = [format.get("plain"), format.get("json")];
  if (json?.kind === "list" && json.items.length > 0) return "Json";
  return plain?.kind === "scalar" && plain.text !== "" && plain.value !== null ? "Plain" : undefined;
}
