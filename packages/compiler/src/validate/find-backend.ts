import type { ItemList } from "../kuma/policy-facts.ts";
import type { Backend, MeshAccessLogSpec } from "./policy.ts";
import type { Path } from "./violation.ts";

/** The lists in Kuma's order. */
export const itemLists: readonly ItemList[] = ["to", "from", "rules"];

/** Finds the first backend in some lists of a spec that something is true of, and the way to it. */
export function findBackend(
  spec: MeshAccessLogSpec,
  lists: readonly ItemList[],
  isMeant: (backend: Backend) => boolean,
): { readonly backend: Backend; readonly at: Path } | undefined {
  for (const list of lists) {
    const items = spec[list];
    if (items === undefined) continue;
    for (let i = 0; i < items.length; i++) {
      const { backends } = items[i]?.default ?? {};
      const j = backends === undefined ? -1 : backends.findIndex(isMeant);
      const backend = backends?.[j];
      if (backend !== undefined) return { backend, at: ["spec", list, i, "default", "backends", j] };
    }
  }
  return undefined;
}
