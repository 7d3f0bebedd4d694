import type { Diagnostic } from "../../diagnostics.ts";
import type { Resource } from "../../source/resources.ts";
import type { Node, ScalarNode } from "../../source/tree.ts";
import { locate } from "../locate.ts";
import { type MeshLint, sayOf } from "./lint.ts";
import type { Members } from "./members.ts";

/** What beside the MeshAccessLogs of a mesh writes or changes the same logs. */
export const otherLogs: MeshLint = function* ({ resources, members }) {
  yield* trafficLogs(resources.get("TrafficLog") ?? [], members);
  if (!resources.has("TrafficLog")) yield* meshLogging(resources.get("Mesh") ?? [], members);
  for (const resource of [...(resources.get("MeshProxyPatch") ?? []), ...(resources.get("ProxyTemplate") ?? [])]) {
    const patch = resource.spec && findPatch(resource.spec);
    if (patch === undefined) continue;
    yield sayOf(resource, members)("lint/patched-logs", patch, { kind: resource.kind });
  }
};

function* trafficLogs(logs: readonly Resource[], members: Members): Generator<Diagnostic> {
  const affects = members.where(({ hasTrafficLog }) => hasTrafficLog);
  const ignoring = members.where(({ hasTrafficLog }) => !hasTrafficLog);
  for (const resource of logs) {
    const place = locate(resource.node, [resource.shape === "universal" ? "type" : "kind"]);
    const say = sayOf(resource, members);
    if (affects.length > 0) yield say("lint/traffic-log", place, {}, { affects });
    else if (ignoring.length > 0) yield say("lint/ignored-traffic-log", place, {}, { affects: ignoring });
  }
}

function* meshLogging(meshes: readonly Resource[], members: Members): Generator<Diagnostic> {
  for (const resource of meshes) {
    const at = resource.shape === "universal" ? ["logging"] : ["spec", "logging"];
    const { spec } = resource;
    if (spec?.kind !== "map" || spec.get("logging")?.kind !== "map") continue;
    yield sayOf(resource, members)("lint/mesh-logging", locate(resource.node, at), {}, { at });
  }
}

/** What names access loggers in a patch of Envoy's configuration, or the clusters that Kuma makes for them. */
const namesLogs = /access_?log(?:ger|_|"|:|\b)|meshaccesslog:/i;

/** The first key or text of a patch that names access logs. What an alias repeats stands elsewhere in it. */
function findPatch(spec: Node): ScalarNode | undefined {
  const open: Node[] = [spec];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    switch (node.kind) {
      case "scalar":
        if (namesLogs.test(node.text)) return node;
        break;
      case "list":
        for (const { value, alias } of node.items.toReversed()) if (alias === undefined) open.push(value);
        break;
      case "map":
        for (const { key, value, alias, merge } of node.entries.toReversed()) {
          if (merge === undefined && namesLogs.test(key.text)) open.push(key);
          else if (alias === undefined && merge === undefined) open.push(value);
        }
    }
  }
  return undefined;
}
