import type { Json, Metadata } from "../envoy/messages.ts";
import { items, members, word } from "./loose.ts";

/** The filter that copies a route's metadata to where access loggers look. */
const lua = "envoy.filters.http.lua";

/**
 * What the routes of a live proxy say of themselves to access loggers, by the name of the route. A route can say other
 * things to other filters.
 *
 * @param routeConfig an `envoy.config.route.v3.RouteConfiguration` in protobuf JSON.
 */
export function routeMetadataOf(routeConfig: unknown): Readonly<Record<string, Metadata>> {
  const hosts = items(members(routeConfig)["virtualHosts"]);
  const routes = hosts.flatMap((host) => items(members(host)["routes"]).map(members));
  return Object.fromEntries(
    routes.flatMap(({ name, metadata }) => {
      const said = members(members(members(metadata)["filterMetadata"])[lua]);
      const known = word(name);
      if (known === undefined || said["route_kri"] === undefined) return [];
      return [[known, { filterMetadata: { [lua]: said as Readonly<Record<string, Json>> } }] as const];
    }),
  );
}
