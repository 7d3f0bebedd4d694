import { ownTextsOf } from "../diff/group.ts";
import { readDataplane } from "../source/dataplane.ts";
import type { Bundle } from "../source/load.ts";

/** What is a proxy's own in any of some bundles, for its changes to be put together with those of others. */
export function ownTexts(
  bundles: readonly Bundle[],
): (proxy: { readonly mesh: string; readonly name: string }) => readonly string[] {
  const key = (mesh: string, name: string): string => JSON.stringify([mesh, name]);
  const dataplanes = Map.groupBy(
    bundles.flatMap(({ resources }) => resources.filter(({ kind }) => kind === "Dataplane")),
    ({ mesh, name }) => key(mesh, name),
  );
  return ({ mesh, name }) =>
    (dataplanes.get(key(mesh, name)) ?? []).flatMap((resource) => {
      const { value } = readDataplane(resource);
      return value === undefined ? [] : ownTextsOf(value);
    });
}
