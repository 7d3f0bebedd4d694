import type { Cluster } from "../envoy/messages.ts";
import type { ClusterChange } from "./changes.ts";
import { fieldChanges } from "./field-changes.ts";
import { pair } from "./pair.ts";

/** Compares the clusters of a proxy, by their names. */
export function diffClusters(before: readonly Cluster[], after: readonly Cluster[]): readonly ClusterChange[] {
  const { both, removed, added } = pair(before, after, [nameOf]);
  return [
    ...removed.map((cluster): ClusterChange => ({ change: "removed", name: nameOf(cluster), cluster })),
    ...both.flatMap(([from, to]): readonly ClusterChange[] => {
      const fields = fieldChanges(from, to);
      return fields.length === 0 ? [] : [{ change: "changed", name: nameOf(to), fields }];
    }),
    ...added.map((cluster): ClusterChange => ({ change: "added", name: nameOf(cluster), cluster })),
  ];
}

function nameOf({ name = "" }: Cluster): string {
  return name;
}
