import type { AccessLogFilter } from "../envoy/messages.ts";
import type { Match } from "../validate/policy.ts";

/** The CEL filter for the connections that an inbound rule matches (meshaccesslog/plugin/xds/rules.go:24@v2.14.3). */
export function matchFilter({ spiffeID, sni }: Match): AccessLogFilter | undefined {
  const terms = [
    ...(spiffeID === undefined ? [] : [spiffeTerm(spiffeID)]),
    ...(sni === undefined ? [] : [`connection.requested_server_name == ${quote(sni.value)}`]),
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
  return type === "Exact" ? `${subject} == ${quote(value)}` : `${subject}.startsWith(${quote(value)})`;
}

/** A CEL string. What Kuma's API lets through has nothing in it that would need more than JSON's escapes. */
function quote(value: string): string {
  return JSON.stringify(value);
}
