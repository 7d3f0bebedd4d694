import type { AccessLogFilter, HttpFilter, Metadata, ValueMatcher } from "../envoy/messages.ts";
import { boundedMemory } from "../bounded-memory.ts";
import type { Profile } from "../kuma/profile.ts";
import { linkAll, type ListenerValues } from "./link.ts";
import { type LinkedList, loggersOf } from "./linked-logger.ts";
import type { BackendTemplate } from "./template.ts";

/** A route of a listener whose MeshHTTPRoute has a conf of its own. */
export interface LoggedRoute {
  /** Its name in the route configuration. */
  readonly name: string;
  /** The identifier that the name has (route-ids.ts). */
  readonly id: string;
  readonly backends: readonly BackendTemplate[];
}

/** What logging adds to a listener of a real resource. */
export interface RoutedLoggers {
  /** List after list. */
  readonly accessLog: readonly LinkedList[];
  /** By the name of the route. */
  readonly routeMetadata: Readonly<Record<string, Metadata>>;
  /** Put before the listener's own. */
  readonly httpFilters: readonly HttpFilter[];
}

/**
 * The loggers of a listener of a real resource: those that its routes share, and those of routes with a conf of their
 * own. Which request a logger is for, a metadata filter says; the metadata comes from the route, by way of a Lua filter
 * which is there only if a route has a logger (meshaccesslog/plugin/v1alpha1/plugin.go:491@v2.14.3).
 *
 * @param shared the conf of the service or of the Mesh.
 */
export function routedLoggers(
  shared: readonly BackendTemplate[],
  routes: readonly LoggedRoute[],
  { routeLoggers }: Profile,
  isHttp: boolean,
  values: ListenerValues,
): RoutedLoggers {
  if (routeLoggers === "none") return { accessLog: [linkAll(shared, values)], routeMetadata: {}, httpFilters: [] };
  const sharedLoggers = linkAll(shared, values, isHttp ? sharedFilter : undefined);
  const byId = new Map(routes.map((route) => [route.id, route]));
  const ofRoutes = [...byId.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, backends }) => linkAll(backends, values, routeFilter(id)));
  return {
    accessLog: [sharedLoggers, ...ofRoutes],
    routeMetadata: Object.fromEntries(routes.map(({ name, id }) => [name, routeMetadata(id)])),
    httpFilters: ofRoutes.some((list) => loggersOf(list).length > 0) ? [luaFilter] : [],
  };
}

const namespace = "kuma.routes";
const key = "route_kri";
const lua = "envoy.filters.http.lua";

function metadataFilter(value: ValueMatcher, matchIfKeyNotFound: boolean): AccessLogFilter {
  return { metadataFilter: { matcher: { filter: namespace, path: [{ key }], value }, matchIfKeyNotFound } };
}

/** For requests on no route that has loggers of its own. */
const sharedFilter: AccessLogFilter = metadataFilter({ nullMatch: {} }, true);

/** For requests on one route: the same object for each, as long as it is remembered. */
function routeFilter(id: string): AccessLogFilter {
  return routeFilters(id, () => metadataFilter({ stringMatch: { exact: id } }, false));
}

const routeFilters = boundedMemory<AccessLogFilter>(1000);

/** What a route says of itself to the Lua filter. */
function routeMetadata(id: string): Metadata {
  return { filterMetadata: { [lua]: { [key]: id } } };
}

/** Copies the metadata of a request's route to where access loggers look. */
const luaFilter: HttpFilter = {
  name: lua,
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.filters.http.lua.v3.Lua",
    defaultSourceCode: {
      inlineString: `function envoy_on_request(handle)
  local meta = handle:metadata():get("${key}")
  if meta ~= nil then
    handle:streamInfo():dynamicMetadata():set("${namespace}", "${key}", meta)
  end
end
`,
    },
  },
};
