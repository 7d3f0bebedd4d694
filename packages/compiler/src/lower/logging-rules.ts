import type { Profile } from "../kuma/profile.ts";
import type { Logging } from "../listeners/listener.ts";
import type { EffectiveConf } from "../match/effective-conf.ts";
import { type InboundRule, inboundConfs } from "../match/inbound-rules.ts";
import { type LegacyRules, toRules } from "../match/legacy-rules.ts";
import { forRealResource, resourceRules, type TargetResources } from "../match/resource-rules.ts";
import { type ListenerKey, selectedAt, type Selection } from "../match/select.ts";
import type { Policy } from "../validate/policy.ts";

/** What decides about the logs of one proxy. */
export interface LoggingRules {
  /** What decides on an occasion, in the order of the loggers. */
  readonly of: (logging: Logging) => readonly InboundRule[];
  /** What decides for a MeshHTTPRoute, by its identifier. */
  readonly ofRoute: (id: string) => EffectiveConf | undefined;
}

/**
 * The rules of one proxy.
 *
 * @param selections the policies that select it, lowest precedence first.
 * @param targets what items of `to` can be for: one object for all proxies of a mesh.
 */
export function loggingRules(
  selections: readonly Selection<Policy>[],
  targets: TargetResources,
  profile: Profile,
): LoggingRules {
  const policies = selections.map(({ policy }) => policy);
  const ofServices = toRules(policies, profile);
  const ofResources = resourceRules(policies, targets, profile);
  const at = (key: ListenerKey): readonly Policy[] => selectedAt(selections, key);
  const ofGateway = (key: ListenerKey | undefined): LegacyRules =>
    key === undefined ? ofServices : toRules(at(key), profile);
  return {
    of({ rules }) {
      switch (rules.kind) {
        case "inbound":
          return inboundConfs(at(rules.key), profile);
        case "service":
          return listOf(ofServices.find({ "kuma.io/service": rules.service }));
        case "mesh":
          return listOf(ofResources.forMesh());
        case "gateway":
          return listOf(ofGateway(rules.key).find({}));
        case "real-resource":
          return listOf(forRealResource(ofResources, rules.resource, rules.section, profile));
      }
    },
    ofRoute: (id) => ofResources.get(id),
  };
}

function listOf<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}
