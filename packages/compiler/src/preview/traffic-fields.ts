/** A field of described traffic. */
export type TrafficField =
  /** What an operator prints. */
  | { readonly type: "text" | "number"; readonly operator: string }
  | { readonly type: "text"; readonly means: string }
  /** RFC 3339, to the nanosecond. */
  | { readonly type: "time"; readonly means: string }
  | { readonly type: "list"; readonly means: string }
  /** A text, or a number, for each name. */
  | { readonly type: "texts" | "numbers"; readonly means: string }
  /** Values of JSON by name. */
  | { readonly type: "objects"; readonly means: string }
  | { readonly type: "group"; readonly means: string; readonly fields: TrafficFields };

export type TrafficFields = Readonly<Record<string, TrafficField>>;

/**
 * What described traffic can say. Most fields are what one operator prints; the others are turned into what several
 * print in `traffic-facts.ts`. Every field is optional: what is not described is not there.
 */
export const trafficFields = {
  protocol: { type: "text", operator: "PROTOCOL" },
  startTime: { type: "time", means: "When it began." },
  emitTime: { type: "time", means: "When the line is written; by default when it has ended." },
  duration: { type: "number", operator: "DURATION" },
  accessLogType: { type: "text", operator: "ACCESS_LOG_TYPE" },
  connectionTerminationDetails: { type: "text", operator: "CONNECTION_TERMINATION_DETAILS" },
  routeName: { type: "text", operator: "ROUTE_NAME" },
  virtualCluster: { type: "text", operator: "VIRTUAL_CLUSTER_NAME" },
  streamId: { type: "text", operator: "STREAM_ID" },
  traceId: { type: "text", operator: "TRACE_ID" },
  spanId: { type: "text", operator: "SPAN_ID" },
  uniqueId: { type: "text", operator: "UNIQUE_ID" },
  hostname: { type: "text", operator: "HOSTNAME" },
  customFlags: { type: "list", means: "Flags that filters have set." },
  timePoints: {
    type: "numbers",
    means: "When the points of COMMON_DURATION were reached, in milliseconds since the start; DS_RX_BEG is 0.",
  },
  environment: { type: "texts", means: "Environment variables of the Envoy process." },
  files: { type: "texts", means: "What FILE_CONTENT finds in files, by path." },
  secrets: { type: "texts", means: "What SECRET finds, by name." },
  request: {
    type: "group",
    means: "The request.",
    fields: {
      headers: { type: "texts", means: "Its headers, `:method`, `:path`, `:authority` and `:scheme` among them." },
      bytes: { type: "number", operator: "BYTES_RECEIVED" },
      headerBytes: { type: "number", operator: "REQUEST_HEADERS_BYTES" },
      duration: { type: "number", operator: "REQUEST_DURATION" },
      txDuration: { type: "number", operator: "REQUEST_TX_DURATION" },
    },
  },
  response: {
    type: "group",
    means: "The response.",
    fields: {
      code: { type: "number", operator: "RESPONSE_CODE" },
      details: { type: "text", means: "RESPONSE_CODE_DETAILS with its white space." },
      flags: { type: "list", means: "Response flags, by their short or long names." },
      headers: { type: "texts", means: "Its headers." },
      trailers: { type: "texts", means: "Its trailers." },
      bytes: { type: "number", operator: "BYTES_SENT" },
      headerBytes: { type: "number", operator: "RESPONSE_HEADERS_BYTES" },
      trailerBytes: { type: "number", operator: "RESPONSE_TRAILERS_BYTES" },
      duration: { type: "number", operator: "RESPONSE_DURATION" },
      txDuration: { type: "number", operator: "RESPONSE_TX_DURATION" },
      roundtripDuration: { type: "number", operator: "ROUNDTRIP_DURATION" },
    },
  },
  downstream: {
    type: "group",
    means: "The connection from the client.",
    fields: {
      remoteAddress: { type: "text", operator: "DOWNSTREAM_REMOTE_ADDRESS" },
      directRemoteAddress: { type: "text", operator: "DOWNSTREAM_DIRECT_REMOTE_ADDRESS" },
      localAddress: { type: "text", operator: "DOWNSTREAM_LOCAL_ADDRESS" },
      directLocalAddress: { type: "text", operator: "DOWNSTREAM_DIRECT_LOCAL_ADDRESS" },
      connectionId: { type: "number", operator: "CONNECTION_ID" },
      listener: { type: "text", operator: "LISTENER_NAME" },
      filterChain: { type: "text", operator: "FILTER_CHAIN_NAME" },
      serverName: { type: "text", means: "The name that the client asked for in TLS (SNI)." },
      roundTripTime: { type: "number", operator: "DOWNSTREAM_CX_RTT" },
      handshakeDuration: { type: "number", operator: "DOWNSTREAM_HANDSHAKE_DURATION" },
      transportFailureReason: { type: "text", means: "Why TLS failed." },
      closeReason: { type: "text", means: "Why Envoy closed it." },
      closeType: { type: "text", operator: "DOWNSTREAM_DETECTED_CLOSE_TYPE" },
      wireBytesReceived: { type: "number", operator: "DOWNSTREAM_WIRE_BYTES_RECEIVED" },
      wireBytesSent: { type: "number", operator: "DOWNSTREAM_WIRE_BYTES_SENT" },
      headerBytesReceived: { type: "number", operator: "DOWNSTREAM_HEADER_BYTES_RECEIVED" },
      headerBytesSent: { type: "number", operator: "DOWNSTREAM_HEADER_BYTES_SENT" },
      decompressedHeaderBytesReceived: { type: "number", operator: "DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED" },
      decompressedHeaderBytesSent: { type: "number", operator: "DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_SENT" },
      bytesRetransmitted: { type: "number", operator: "BYTES_RETRANSMITTED" },
      packetsRetransmitted: { type: "number", operator: "PACKETS_RETRANSMITTED" },
      tls: {
        type: "group",
        means: "Its TLS.",
        fields: {
          version: { type: "text", operator: "DOWNSTREAM_TLS_VERSION" },
          cipher: { type: "text", operator: "DOWNSTREAM_TLS_CIPHER" },
          group: { type: "text", operator: "DOWNSTREAM_TLS_GROUP" },
          sessionId: { type: "text", operator: "DOWNSTREAM_TLS_SESSION_ID" },
          ja3: { type: "text", operator: "TLS_JA3_FINGERPRINT" },
          ja4: { type: "text", operator: "TLS_JA4_FINGERPRINT" },
          local: {
            type: "group",
            means: "The certificate that Envoy showed.",
            fields: {
              subject: { type: "text", operator: "DOWNSTREAM_LOCAL_SUBJECT" },
              uriSan: { type: "text", operator: "DOWNSTREAM_LOCAL_URI_SAN" },
              dnsSan: { type: "text", operator: "DOWNSTREAM_LOCAL_DNS_SAN" },
              ipSan: { type: "text", operator: "DOWNSTREAM_LOCAL_IP_SAN" },
              emailSan: { type: "text", operator: "DOWNSTREAM_LOCAL_EMAIL_SAN" },
              othernameSan: { type: "text", operator: "DOWNSTREAM_LOCAL_OTHERNAME_SAN" },
            },
          },
          peer: {
            type: "group",
            means: "The certificate that the client showed.",
            fields: {
              certificate: { type: "text", operator: "DOWNSTREAM_PEER_CERT" },
              subject: { type: "text", operator: "DOWNSTREAM_PEER_SUBJECT" },
              issuer: { type: "text", operator: "DOWNSTREAM_PEER_ISSUER" },
              serial: { type: "text", operator: "DOWNSTREAM_PEER_SERIAL" },
              fingerprint1: { type: "text", operator: "DOWNSTREAM_PEER_FINGERPRINT_1" },
              fingerprint256: { type: "text", operator: "DOWNSTREAM_PEER_FINGERPRINT_256" },
              chainFingerprints1: { type: "text", operator: "DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_1" },
              chainFingerprints256: { type: "text", operator: "DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_256" },
              chainSerials: { type: "text", operator: "DOWNSTREAM_PEER_CHAIN_SERIALS" },
              issuerFingerprint256: { type: "text", operator: "DOWNSTREAM_PEER_ISSUER_FINGERPRINT_256" },
              issuerSerial: { type: "text", operator: "DOWNSTREAM_PEER_ISSUER_SERIAL" },
              uriSan: { type: "text", operator: "DOWNSTREAM_PEER_URI_SAN" },
              dnsSan: { type: "text", operator: "DOWNSTREAM_PEER_DNS_SAN" },
              ipSan: { type: "text", operator: "DOWNSTREAM_PEER_IP_SAN" },
              emailSan: { type: "text", operator: "DOWNSTREAM_PEER_EMAIL_SAN" },
              othernameSan: { type: "text", operator: "DOWNSTREAM_PEER_OTHERNAME_SAN" },
              validFrom: { type: "time", means: "From when it is valid." },
              validTo: { type: "time", means: "Until when it is valid." },
            },
          },
        },
      },
    },
  },
  upstream: {
    type: "group",
    means: "The connection to the upstream; not there where no host was chosen.",
    fields: {
      cluster: { type: "text", operator: "UPSTREAM_CLUSTER" },
      clusterRaw: { type: "text", operator: "UPSTREAM_CLUSTER_RAW" },
      host: { type: "text", operator: "UPSTREAM_HOST" },
      hostName: { type: "text", operator: "UPSTREAM_HOST_NAME" },
      hostsAttempted: { type: "list", means: "The addresses of all hosts that were tried; by default the one." },
      hostNamesAttempted: { type: "list", means: "Their names, or addresses where they have none." },
      connectionIdsAttempted: { type: "list", means: "The connections that were tried; by default the one." },
      localAddress: { type: "text", operator: "UPSTREAM_LOCAL_ADDRESS" },
      remoteAddress: { type: "text", operator: "UPSTREAM_REMOTE_ADDRESS" },
      protocol: { type: "text", operator: "UPSTREAM_PROTOCOL" },
      connectionId: { type: "number", operator: "UPSTREAM_CONNECTION_ID" },
      connectionPoolReadyDuration: { type: "number", operator: "UPSTREAM_CONNECTION_POOL_READY_DURATION" },
      attempts: { type: "number", operator: "UPSTREAM_REQUEST_ATTEMPT_COUNT" },
      serverName: { type: "text", operator: "UPSTREAM_SERVER_NAME" },
      transportFailureReason: { type: "text", means: "Why the connection failed." },
      closeReason: { type: "text", means: "Why Envoy closed it." },
      closeType: { type: "text", operator: "UPSTREAM_DETECTED_CLOSE_TYPE" },
      wireBytesReceived: { type: "number", operator: "UPSTREAM_WIRE_BYTES_RECEIVED" },
      wireBytesSent: { type: "number", operator: "UPSTREAM_WIRE_BYTES_SENT" },
      headerBytesReceived: { type: "number", operator: "UPSTREAM_HEADER_BYTES_RECEIVED" },
      headerBytesSent: { type: "number", operator: "UPSTREAM_HEADER_BYTES_SENT" },
      decompressedHeaderBytesReceived: { type: "number", operator: "UPSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED" },
      decompressedHeaderBytesSent: { type: "number", operator: "UPSTREAM_DECOMPRESSED_HEADER_BYTES_SENT" },
      tls: {
        type: "group",
        means: "Its TLS.",
        fields: {
          version: { type: "text", operator: "UPSTREAM_TLS_VERSION" },
          cipher: { type: "text", operator: "UPSTREAM_TLS_CIPHER" },
          group: { type: "text", operator: "UPSTREAM_TLS_GROUP" },
          sessionId: { type: "text", operator: "UPSTREAM_TLS_SESSION_ID" },
          local: {
            type: "group",
            means: "The certificate that Envoy showed.",
            fields: {
              uriSan: { type: "text", operator: "UPSTREAM_LOCAL_URI_SAN" },
              dnsSan: { type: "text", operator: "UPSTREAM_LOCAL_DNS_SAN" },
              ipSan: { type: "text", operator: "UPSTREAM_LOCAL_IP_SAN" },
            },
          },
          peer: {
            type: "group",
            means: "The certificate that the upstream showed.",
            fields: {
              certificate: { type: "text", operator: "UPSTREAM_PEER_CERT" },
              subject: { type: "text", operator: "UPSTREAM_PEER_SUBJECT" },
              issuer: { type: "text", operator: "UPSTREAM_PEER_ISSUER" },
              uriSan: { type: "text", operator: "UPSTREAM_PEER_URI_SAN" },
              dnsSan: { type: "text", operator: "UPSTREAM_PEER_DNS_SAN" },
              ipSan: { type: "text", operator: "UPSTREAM_PEER_IP_SAN" },
              validFrom: { type: "time", means: "From when it is valid." },
              validTo: { type: "time", means: "Until when it is valid." },
            },
          },
        },
      },
    },
  },
  metadata: {
    type: "group",
    means: "Metadata, by namespace.",
    fields: {
      dynamic: { type: "objects", means: "What filters have set." },
      cluster: { type: "objects", means: "Of the upstream cluster." },
      route: { type: "objects", means: "Of the route." },
      upstreamHost: { type: "objects", means: "Of the upstream host." },
      listener: { type: "objects", means: "Of the listener." },
      virtualHost: { type: "objects", means: "Of the virtual host." },
      listenerFilterChain: { type: "objects", means: "Of the filter chain." },
    },
  },
  filterState: {
    type: "objects",
    means: "Objects by key: each with `plain`, `typed` and `fields`, as far as it has them.",
  },
  upstreamFilterState: { type: "objects", means: "The same for the upstream." },
} as const;

/** Traffic as people describe it. */
export type Traffic = Described<typeof trafficFields>;

type Described<F> = { readonly [N in keyof F]?: DescribedField<F[N]> };

type DescribedField<F> = F extends { readonly type: "group"; readonly fields: infer G }
  ? Described<G>
  : F extends { readonly type: infer T extends keyof Values }
    ? Values[T]
    : never;

/** What a field of each type holds. */
interface Values {
  readonly text: string;
  readonly number: number;
  readonly time: string;
  readonly list: readonly string[];
  readonly texts: Readonly<Record<string, string>>;
  readonly numbers: Readonly<Record<string, number>>;
  readonly objects: Readonly<Record<string, unknown>>;
}
