import type { Profile } from "../kuma/profile.ts";
import type { Dataplane, Tags } from "../source/dataplane.ts";
import type { MeshGateway } from "../source/mesh-gateway.ts";
import { mostSpecific, rankOf } from "./tag-rank.ts";
import { isInZone } from "./zone.ts";

/**
 * The MeshGateway that configures a Dataplane: of those whose selector the gateway or an inbound satisfies the one with
 * the most tags, then with the most exact ones, then the youngest, then the first by name
 * (pkg/core/policy/dataplane_matcher.go:28@v2.14.3).
 *
 * @param gateways in the order of their names.
 */
export function selectGateway(
  gateways: readonly MeshGateway[],
  dataplane: Dataplane,
  { gatewaySelection, gatewayCandidates }: Profile,
): MeshGateway | undefined {
  if (gatewaySelection === "none") return undefined;
  if (gatewaySelection === "builtin-gateways" && dataplane.gateway?.isBuiltin !== true) return undefined;
  const candidates = gateways.filter((gateway) => gatewayCandidates === "mesh" || isCandidate(gateway, dataplane));
  return mostSpecific(
    candidates.flatMap((value) =>
      (value.selectors.length === 0 ? [{}] : value.selectors)
        .filter((selector) => hasTags(dataplane, selector))
        .map((selector) => ({ value, rank: rankOf(selector) })),
    ),
  );
}

/** Whether tags satisfy a selector: each of its tags is there with an equal value; `*` stands for any. */
export function satisfies(tags: Tags, selector: Tags): boolean {
  return Object.keys(selector).every(
    (key) => Object.hasOwn(tags, key) && (selector[key] === "*" || tags[key] === selector[key]),
  );
}

/** Whether an inbound or the gateway of a Dataplane satisfies a selector. */
export function hasTags({ inbounds, gateway }: Dataplane, selector: Tags): boolean {
  return satisfies(gateway?.tags ?? {}, selector) || inbounds.some(({ tags }) => satisfies(tags, selector));
}

/** pkg/plugins/policies/core/matchers/dataplane.go:153@v2.14.3 */
function isCandidate({ resource: { labels } }: MeshGateway, { resource: dataplane }: Dataplane): boolean {
  const origin = labels.get("kuma.io/origin");
  if (origin === undefined || origin === "global") return true;
  const zone = dataplane.labels.get("kuma.io/zone");
  return zone === undefined || isInZone(labels, zone);
}
