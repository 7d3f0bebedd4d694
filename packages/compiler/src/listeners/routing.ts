import type { Profile } from "../kuma/profile.ts";
import { forRealResource } from "../match/resource-rules.ts";
import type { AppliedRule, RouteRules } from "../match/route-rules.ts";
import { kri } from "../source/kri.ts";
import { isHttp } from "./listener.ts";
import type { ProxyOutbound } from "./proxy-outbounds.ts";
import { findPort, type RealResources } from "./resolve-backend.ts";
import type { Services } from "./services.ts";

/** What the route policies that select a proxy say about its outbounds. */
export interface Routing {
  /** Whether any of them is about a `kuma.io/service`. */
  readonly hasRules: boolean;
  /** The rules of MeshHTTPRoutes for an outbound, each of its matches once; `undefined` if none applies. */
  readonly httpRulesOf: (destination: ProxyOutbound["destination"]) => readonly AppliedHttpRule[] | undefined;
  /** The rule of the MeshTCPRoutes for an outbound. */
  readonly tcpRuleOf: (destination: ProxyOutbound["destination"]) => { readonly leadsNowhere: boolean } | undefined;
}

/** The routes of an HTTP listener. */
export interface HttpRoutes {
  /** No route is left, so there is no listener either. */
  readonly isEmpty: boolean;
  /** The names of those that a MeshHTTPRoute made, each once. */
  readonly names: readonly string[];
}

/** What the routes of a listener depend on. */
export interface RouteContext {
  readonly hasUnifiedNames: boolean;
  readonly services: Services;
  readonly profile: Profile;
}

/** What the route policies of one proxy say. */
export function routing(
  http: RouteRules,
  tcp: RouteRules,
  context: RouteContext & { readonly realResources: RealResources },
): Routing {
  const rulesOf = (rules: RouteRules, destination: ProxyOutbound["destination"]): readonly AppliedRule[] | undefined =>
    destination.kind === "service"
      ? rules.ofServices.find({ "kuma.io/service": destination.service })
      : forRealResource(rules.ofResources, destination.resource, destination.section, context.profile);
  return {
    hasRules: [http, tcp].some(({ ofServices }) => !ofServices.all()[Symbol.iterator]().next().done),
    httpRulesOf: (destination) =>
      rulesOf(http, destination)?.map((rule) => ({ ...rule, leadsNowhere: leadsNowhere(rule, isHttp, context) })),
    tcpRuleOf(destination) {
      const [rule] = rulesOf(tcp, destination) ?? [];
      return rule && { leadsNowhere: leadsNowhere(rule, () => true, context) };
    },
  };
}

/** A rule of a MeshHTTPRoute for an outbound. */
export interface AppliedHttpRule extends AppliedRule {
  readonly leadsNowhere: boolean;
}

/**
 * The routes of an HTTP listener: one for each match of a rule, and one for all else unless a match is for everything
 * (pkg/plugins/policies/meshhttproute/plugin/v1alpha1/listeners.go:95@v2.14.3).
 */
export function httpRoutes(
  rules: readonly AppliedHttpRule[] | undefined,
  isRealResource: boolean,
  { hasUnifiedNames, profile }: RouteContext,
): HttpRoutes {
  const left = (rules ?? []).filter(({ leadsNowhere }) => profile.routesToNowhere === "kept" || !leadsNowhere);
  const hasCatchAll = rules?.some(({ isCatchAll }) => isCatchAll) ?? false;
  const names = isRealResource
    ? left.map(({ policy, item }) => kri(policy.resource, hasUnifiedNames ? `rule_${item}` : ""))
    : [];
  return { isEmpty: left.length === 0 && hasCatchAll, names: [...new Set(names)] };
}

/** Whether none of the backends that a rule names is one that traffic can go to. A rule that names none leads to the service. */
function leadsNowhere(
  { backendRefs = [], policy }: AppliedRule,
  accepts: (protocol: string) => boolean,
  { services, realResources, profile }: RouteContext & { readonly realResources: RealResources },
): boolean {
  const accepted = backendRefs.flatMap(({ targetRef, port, weight }) => {
    // What has no weight gets no traffic, whatever it is.
    const judge = (isAccepted: boolean): readonly (boolean | undefined)[] => [weight > 0 ? isAccepted : undefined];
    const { kind, name = "", namespace, labels = {}, sectionName } = targetRef;
    const section = sectionName ?? (port === undefined ? undefined : String(port));
    if (kind === "MeshServiceSubset" || (kind === "MeshService" && section === undefined)) {
      return judge(accepts(services.protocolOf(name)));
    }
    const byLabels = Object.keys(labels).length > 0;
    const resource = realResources.resolve(
      { kind, name, labels, ...(namespace === undefined ? {} : { namespace }) },
      policy.resource,
    );
    // Labels that nothing has are passed over as if they were not written.
    if (byLabels && resource === undefined) return [];
    const target = resource && findPort(resource, section ?? "");
    return judge(target !== undefined && accepts(target.protocol));
  });
  if (profile.mixedBackends === "dropped" && accepted.includes(false)) return true;
  return accepted.length > 0 && !accepted.includes(true);
}
