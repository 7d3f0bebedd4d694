import { goQuote } from "@meshlog/parser";
import type { AccessLogFilter } from "../envoy/messages.ts";
import type { Match } from "../validate/policy.ts";

/** The CEL filter for the connections that an inbound rule matches (meshaccesslog/plugin/xds/rules.go:24@v2.14.3). */
export function matchFilter({ spiffeID, sni }: Match): AccessLogFilter | undefined {
  const terms = [
    ...(spiffeID === undefined ? [] : [spiffeTerm(spiffeID)]),
    ...(sni === undefined ? [] : [`connection.requested_server_name == ${goQuote(sni.value)}`]),
  ];
  if (terms.length === 0) return undefined;
  return {
    extensionFilter: {
      name: "envoy.access_loggers.extension_filters.cel",
      typedConfig: {
        "@type": "type.googleapis.com/envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter",
        expression: terms.join(" && "),
      },
    },
  };
}

function spiffeTerm({ type, value }: Match["spiffeID"] & {}): string {
  const subject = "connection.uri_san_peer_certificate";
  return type === "Exact" ? `${subject} == ${goQuote(value)}` : `${subject}.startsWith(${goQuote(value)})`;
}
