import type { Change } from "../change.ts";

/** What an inbound is. */
export const inbounds: readonly Change[] = [
  {
    what: "The field `protocol` of an inbound goes before the tag `kuma.io/protocol`.",
    landed: ["2.14.0"],
    sets: { inboundProtocol: "field-or-tag" },
    source: "api/mesh/v1alpha1/dataplane_helpers.go:420@v2.14.3",
  },
  {
    what: "The field `protocol` of an inbound is its only protocol.",
    landed: ["main"],
    sets: { inboundProtocol: "field" },
    source: "pkg/xds/generator/inbound_proxy_generator.go:37@main",
  },
];
