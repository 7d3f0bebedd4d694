import type { AccessLog } from "../envoy/messages.ts";
import type { CompiledItem, CompiledPolicy } from "../emit/compiled.ts";
import type { TrafficKind } from "../lower/traffic-kind.ts";
import type { ItemChange, PolicyChange } from "./changes.ts";
import { diffLoggers, type LoggerChanges } from "./diff-loggers.ts";
import { pair } from "./pair.ts";
import { stableJson } from "./stable-json.ts";

/** Compares policies as templates, by mesh and name: what a change means where no proxy is known. */
export function diffPolicies(
  before: readonly CompiledPolicy[],
  after: readonly CompiledPolicy[],
): readonly PolicyChange[] {
  const { both, removed, added } = pair(before, after, [({ mesh, name }) => JSON.stringify([mesh, name])]);
  return [
    ...removed.map((policy) => oneSided("removed", policy)),
    ...both.flatMap(([from, to]): readonly PolicyChange[] => {
      const items = diffItems(from.items, to.items);
      return items.length === 0 ? [] : [{ change: "changed", ...identityOf(to), items }];
    }),
    ...added.map((policy) => oneSided("added", policy)),
  ];
}

function oneSided(change: "added" | "removed", policy: CompiledPolicy): PolicyChange {
  return { change, ...identityOf(policy), items: policy.items.map((item) => oneSidedItem(change, item)) };
}

function identityOf({ mesh, name, file }: CompiledPolicy): Pick<PolicyChange, "mesh" | "name" | "file"> {
  return { mesh, name, file };
}

/** Items for the same traffic belong together; of the rest those at the same place. */
function diffItems(before: readonly CompiledItem[], after: readonly CompiledItem[]): readonly ItemChange[] {
  const { both, removed, added } = pair(before, after, [
    ({ path, targetRef, matches }) => stableJson([listOf(path), targetRef, matches]),
    ({ path }) => path,
  ]);
  return [
    ...removed.map((item) => oneSidedItem("removed", item)),
    ...both.flatMap(([from, to]): readonly ItemChange[] => {
      const changes = kinds.map((kind) => diffLoggers(from.accessLog[kind], to.accessLog[kind])).find(isChange);
      const isElsewhere = stableJson([from.targetRef, from.matches]) !== stableJson([to.targetRef, to.matches]);
      if (changes === undefined && !isElsewhere) return [];
      return [{ change: "changed", ...placeOf(to), ...(changes ?? { loggers: [], isReordered: false }) }];
    }),
    ...added.map((item) => oneSidedItem("added", item)),
  ];
}

/** What differs only where there is a default format is the same change of each kind of traffic: the first stands for all. */
const kinds: readonly TrafficKind[] = ["http", "tcp", "passthrough"];

function isChange({ loggers, isReordered }: LoggerChanges): boolean {
  return loggers.length > 0 || isReordered;
}

function oneSidedItem(change: "added" | "removed", item: CompiledItem): ItemChange {
  const loggers = item.accessLog.http.map((accessLog: AccessLog) => ({ change, accessLog }));
  return { change, ...placeOf(item), loggers, isReordered: false };
}

function placeOf({ path, targetRef, matches }: CompiledItem): Pick<ItemChange, "path" | "targetRef" | "matches"> {
  return {
    path,
    ...(targetRef === undefined ? {} : { targetRef }),
    ...(matches === undefined ? {} : { matches }),
  };
}

/** `spec.to` of `spec.to[0]` */
function listOf(path: string): string {
  return path.slice(0, path.lastIndexOf("["));
}
