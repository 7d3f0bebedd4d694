import { compareAge } from "../source/age.ts";
import type { Dataplane, Tags } from "../source/dataplane.ts";
import type { TrafficRoute } from "../source/traffic-route.ts";
import { hasTags, satisfies } from "./select-gateway.ts";
import { addRanks, compareRanks, type Rank, rankOf } from "./tag-rank.ts";

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
  let best: { readonly route: TrafficRoute; readonly rank: Rank } | undefined;
  for (const route of routes) {
    const source = bestRank(route.sources.filter((selector) => hasTags(dataplane, selector)));
    const destination = bestRank(route.destinations.filter((selector) => satisfies(outbound, selector)));
    if (source === undefined || destination === undefined) continue;
    const rank = addRanks(source, destination);
    const compared = best === undefined ? 1 : compareRanks(rank, best.rank);
    if (best === undefined || compared > 0 || (compared === 0 && compareAge(route.resource, best.route.resource) > 0)) {
      best = { route, rank };
    }
  }
  return best?.route;
}

function bestRank(selectors: readonly Tags[]): Rank | undefined {
  return selectors.map(rankOf).sort(compareRanks).at(-1);
}
