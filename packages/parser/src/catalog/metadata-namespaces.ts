/** Namespaces of metadata that Kuma or filters of Envoy fill, and with what. */
export const metadataNamespaces: Readonly<Record<string, string>> = {
  "io.kuma.tags": "tags of the proxy or endpoint, as Kuma sets them",
  "envoy.lb": "what load balancing by subsets looks at; Kuma puts an endpoint's tags there",
  "envoy.transport_socket_match": "what chooses the transport socket; Kuma puts an endpoint's tags there",
  "envoy.filters.http.lua": "what a Lua filter sets; Kuma puts the route's name there (`route_kri`)",
  "envoy.filters.http.jwt_authn": "payload of a verified token",
  "envoy.filters.http.ext_authz": "what an authorization service answered",
  "envoy.filters.http.ext_proc": "what an external processor set",
  "envoy.filters.http.rbac": "result of a shadow policy",
  "envoy.filters.network.rbac": "result of a shadow policy on TCP",
};
