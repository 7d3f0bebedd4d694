import type { Profile } from "../kuma/profile.ts";
import type { AppliedRule } from "../match/route-rules.ts";
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
  readonly httpRulesOf: (destination: ProxyOutbound["destination"]) => readonly AppliedRule[] | undefined;
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
