import type { Profile } from "../kuma/profile.ts";
import type { Logging } from "../listeners/listener.ts";
import type { EffectiveConf } from "../match/effective-conf.ts";
import { type InboundRule, inboundConfs } from "../match/inbound-rules.ts";
import { type LegacyRules, toRules } from "../match/legacy-rules.ts";
import { oncePerList } from "../match/once-per-list.ts";
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
 * The rules of a proxy, made of the policies that select it, lowest precedence first. Proxies that the same policies
 * select share them.
 */
export type RuleBook = (selections: readonly Selection<Policy>[]) => LoggingRules;

/**
 * The rules of the proxies of one mesh.
 *
 * @param targets what items of `to` can be for.
 */
export function ruleBook(targets: TargetResources, profile: Profile): RuleBook {
  const outboundRules = oncePerList((policies: readonly Policy[]) => ({
    ofServices: toRules(policies, profile),
    ofResources: resourceRules(policies, targets, profile),
  }));
  const gatewayRules = oncePerList((policies: readonly Policy[]) => toRules(policies, profile));
  const inboundRules = oncePerList((policies: readonly Policy[]) => inboundConfs(policies, profile));
  return (selections) => {
    const { ofServices, ofResources } = outboundRules(selections.map(({ policy }) => policy));
    const at = (key: ListenerKey): readonly Policy[] => selectedAt(selections, key);
    const ofGateway = (key: ListenerKey | undefined): LegacyRules =>
      key === undefined ? ofServices : gatewayRules(at(key));
    return {
      of({ rules }) {
        switch (rules.kind) {
          case "inbound":
            return inboundRules(at(rules.key));
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
  };
}

/** The same list whenever it is asked for the same conf: what is made of lists is remembered by them. */
function listOf(conf: EffectiveConf | undefined): readonly EffectiveConf[] {
  if (conf === undefined) return none;
  const before = lists.get(conf);
  if (before !== undefined) return before;
  const list = [conf];
  lists.set(conf, list);
  return list;
}

const none: readonly EffectiveConf[] = [];
const lists = new WeakMap<EffectiveConf, readonly EffectiveConf[]>();
