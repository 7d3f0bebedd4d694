import type { Tags } from "./dataplane.ts";
import { type Fields, fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** A TrafficRoute: where the traffic of some proxies to some services goes. */
export interface TrafficRoute {
  readonly resource: Resource;
  readonly sources: readonly Tags[];
  readonly destinations: readonly Tags[];
  /** The services that it sends to; `*` stands for the service that was asked for. */
  readonly services: readonly string[];
}

/** Reads a TrafficRoute. */
export function readTrafficRoute(resource: Resource): TrafficRoute {
  const spec = fields(resource.spec);
  const conf = spec.map("conf");
  const matches = (name: string): readonly Tags[] => spec.maps(name).map((selector) => selector.record("match"));
  return {
    resource,
    sources: matches("sources"),
    destinations: matches("destinations"),
    services: conf === undefined ? [] : [...conf.maps("http"), conf].flatMap(servicesOf),
  };
}

function servicesOf(conf: Fields): readonly string[] {
  const one = conf.map("destination");
  const split = conf.maps("split").filter((part) => part.number("weight") !== 0);
  const destinations = one === undefined ? split.flatMap((part) => part.map("destination") ?? []) : [one];
  // A destination is a map of tags.
  return destinations.flatMap((tags) => tags.string("kuma.io/service") ?? []);
}
