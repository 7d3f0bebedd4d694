import type { Dataplane, Tags } from "../source/dataplane.ts";
import type { TrafficRoute } from "../source/traffic-route.ts";
import { hasTags, satisfies } from "./select-gateway.ts";
import { addRanks, compareRanks, mostSpecific, type Rank, rankOf } from "./tag-rank.ts";

/**
 * The TrafficRoute for an outbound: of those whose sources have the proxy and whose destinations have the outbound the
 * one with the most specific selectors, then the youngest, then the first by name
 * (pkg/core/policy/connection_matcher.go:63@2.3.7).
 *
 * @param routes in the order of their names.
 */
export function selectTrafficRoute(
  routes: readonly TrafficRoute[],
  dataplane: Dataplane,
  outbound: Tags,
): TrafficRoute | undefined {
  return mostSpecific(
    routes.flatMap((value) => {
      const source = bestRank(value.sources.filter((selector) => hasTags(dataplane, selector)));
      const destination = bestRank(value.destinations.filter((selector) => satisfies(outbound, selector)));
      return source === undefined || destination === undefined ? [] : { value, rank: addRanks(source, destination) };
    }),
  );
}

function bestRank(selectors: readonly Tags[]): Rank | undefined {
  return selectors.map(rankOf).sort(compareRanks).at(-1);
}
