import type { Decision } from "../lower/addition.ts";
import type { LoggedListener } from "../lower/link-proxy.ts";
import type { LoweredConfs } from "../lower/lower.ts";
import { trafficKind } from "../lower/traffic-kind.ts";
import type { InboundRule } from "../match/inbound-rules.ts";
import { type ItemRef, itemsOf } from "../match/policy-items.ts";
import type { Selection } from "../match/select.ts";
import type { Policy } from "../validate/policy.ts";
import { backendText } from "./backend-text.ts";
import type { PolicyPlaces } from "./policy-places.ts";
import type { ExplainedItem, ExplainedListener, ExplainedOverride } from "./proxy-explanation.ts";
import { silenceOf } from "./silence.ts";
import { operatorsIn, originOf, type ValueSources } from "./value-origins.ts";

/** What the listeners of a proxy are explained by. */
export interface ListenerSurroundings extends ValueSources, Pick<PolicyPlaces, "itemAt"> {
  readonly lowered: LoweredConfs;
  readonly selections: readonly Selection<Policy>[];
}

/** Explains the listeners of a proxy. */
export function listenerExplainer(surroundings: ListenerSurroundings): (logged: LoggedListener) => ExplainedListener {
  const { lowered, profile, itemAt } = surroundings;
  return (logged) => {
    const { name, resource, context, direction, protocol, filters } = logged.listener;
    const nothing = silenceOf(logged, surroundings);
    return {
      name,
      resource,
      context,
      direction,
      protocol,
      filters,
      because: logged.because.flatMap((decision) => [
        ...decision.confs.map((conf) => explainItem(conf, decision)),
        ...Array.from(decision.routes, ([route, conf]) => explainItem(conf, decision, route)),
      ]),
      ...(nothing === undefined ? {} : { nothing }),
    };
  };

  function explainItem(
    { conf, from, overridden, match }: InboundRule,
    { logging, values }: Decision,
    route?: string,
  ): ExplainedItem {
    const { listener, protocol } = logging;
    const carriers = listener.filters.length === 0 ? [undefined] : listener.filters;
    const kinds = carriers.map((filter) => trafficKind({ context: listener.context, protocol }, filter, profile));
    const [backends = [], ...others] = [...new Set(kinds)].map((kind) => lowered.get(conf)?.[kind] ?? []);
    return {
      ...itemAt(from),
      ...(match === undefined ? {} : { match }),
      ...(route === undefined ? {} : { route }),
      backends: backends.map((backend) => backendText(backend, values)),
      overrides: overridden.map((item) => explainOverride(item)),
      values: operatorsIn([backends, ...others].flat(), profile).map((operator) => ({
        operator,
        value: values.kuma[operator],
        from: originOf(operator, logging, surroundings),
      })),
    };
  }

  function explainOverride(item: ItemRef): ExplainedOverride {
    const place = itemAt(item);
    return itemsOf(item.policy)[item.item]?.default.backends === undefined
      ? { ...place, reason: "no-backends", text: "it has no `backends` and changes nothing" }
      : { ...place, reason: "replaced", text: "`backends` is replaced as a whole" };
  }
}
