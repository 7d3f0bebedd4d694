import type { Profile } from "../kuma/profile.ts";
import type { ListenerContext, LoggingRules } from "../listeners/listener.ts";
import type { LoggedListener } from "../lower/link-proxy.ts";
import { loggersOf } from "../lower/linked-logger.ts";
import { selectedAt, type Selection } from "../match/select.ts";
import type { Policy } from "../validate/policy.ts";
import type { Reason, Silence } from "./proxy-explanation.ts";

/** What silence depends on beside the listener. */
export interface SilenceContext {
  readonly profile: Profile;
  readonly selections: readonly Selection<Policy>[];
}

/** Why a listener logs nothing; `undefined` if it logs something. */
export function silenceOf(
  { listener, accessLog, because }: LoggedListener,
  context: SilenceContext,
): Reason<Silence> | undefined {
  if ([...accessLog.values()].flat().some((list) => loggersOf(list).length > 0)) return undefined;
  if (listener.filters.length === 0) {
    return { reason: "no-filter", text: "none of its filter chains has a filter that carries loggers" };
  }
  const [decision] = because;
  if (decision === undefined) return { reason: "not-configured", text: unconfigured[listener.context] };
  const confs = because.flatMap(({ confs, routes }) => [...confs, ...routes.values()]);
  if (confs.length === 0) return unmatched(decision.logging.rules, context);
  return confs.every(({ conf: { backends = [] } }) => backends.length === 0)
    ? { reason: "off", text: "the item that decides has no backends, which switches logging off" }
    : { reason: "dangling", text: "its backends lead nowhere, and Kuma leaves the loggers out" };
}

/** Why Kuma does not come to the logs of a listener. */
const unconfigured: Readonly<Record<ListenerContext, string>> = {
  inbound: "another inbound has its address and port, and is logged in its place",
  outbound: "another listener has its address and port, and is logged in its place",
  passthrough: "Kuma configures no logs of it",
  "direct-access": "of all direct-access listeners Kuma configures the logs of the first alone",
  gateway: "Kuma configures no logs of it",
  "zone-proxy": "Kuma configures no logs of it",
};

function unmatched(rules: LoggingRules, { profile, selections }: SilenceContext): Reason<Silence> {
  if (selections.length === 0) return { reason: "no-policy", text: "no policy selects the proxy" };
  const key = "key" in rules ? rules.key : undefined;
  if (key !== undefined && selectedAt(selections, key).length === 0) {
    return { reason: "no-policy", text: "the policies that select the proxy do not select this listener" };
  }
  switch (rules.kind) {
    case "inbound":
      return { reason: "no-item", text: `no policy that selects it has ${inboundItems[profile.inboundRules]}` };
    case "service":
      return noItemFor(`the kuma.io/service ${rules.service}`);
    case "mesh":
      return noItemFor("the Mesh");
    case "gateway":
      return noItemFor("traffic to anywhere");
    case "real-resource": {
      const { kind, name } = rules.resource.resource;
      return noItemFor(`the ${kind} ${name}`);
    }
  }
}

const inboundItems: Readonly<Record<Profile["inboundRules"], string>> = {
  "from-rules": "an item of `from` for all clients",
  merged: "`rules` or `from`",
  independent: "`rules` or `from`",
};

function noItemFor(what: string): Reason<Silence> {
  return { reason: "no-item", text: `no policy that selects the proxy has an item of \`to\` for ${what}` };
}
