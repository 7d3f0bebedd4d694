import type { Traffic } from "./traffic-fields.ts";

const http: Traffic = {
  protocol: "HTTP/1.1",
  startTime: "2026-03-28T23:35:58.215678901Z",
  duration: 12,
  routeName: "cart",
  request: {
    headers: {
      ":method": "GET",
      ":path": "/cart?id=7",
      ":authority": "shop.example.com",
      ":scheme": "http",
      "user-agent": "curl/8.14.1",
      accept: "*/*",
      "x-forwarded-for": "203.0.113.9",
      "x-forwarded-proto": "http",
      "x-request-id": "9301bcdd-ae7a-4cd3-bd8c-deaff798c6e6",
      "x-b3-traceid": "ae0046f9075194306d7de2931bd38ce3",
    },
    bytes: 0,
    headerBytes: 212,
  },
  response: {
    code: 200,
    details: "via_upstream",
    headers: {
      ":status": "200",
      "content-type": "application/json",
      "content-length": "1024",
      "x-envoy-upstream-service-time": "9",
      server: "envoy",
    },
    bytes: 1024,
    headerBytes: 168,
  },
  downstream: {
    remoteAddress: "10.0.0.7:41234",
    localAddress: "10.0.0.1:8080",
    connectionId: 17,
    wireBytesReceived: 220,
    wireBytesSent: 1198,
    headerBytesReceived: 198,
    headerBytesSent: 174,
    closeType: "Normal",
  },
  upstream: {
    cluster: "backend",
    host: "10.0.0.12:8080",
    localAddress: "10.0.0.1:50312",
    protocol: "HTTP/1.1",
    connectionId: 23,
    attempts: 1,
    wireBytesReceived: 1190,
    wireBytesSent: 262,
    headerBytesReceived: 160,
    headerBytesSent: 240,
    closeType: "Normal",
  },
  traceId: "ae0046f9075194306d7de2931bd38ce3",
  timePoints: {
    DS_RX_END: 0.12,
    US_CX_BEG: 0.3,
    US_CX_END: 0.9,
    US_TX_BEG: 1.1,
    US_TX_END: 1.2,
    US_RX_BEG: 10.4,
    US_RX_BODY_BEG: 10.5,
    US_RX_END: 11.2,
    DS_TX_BEG: 10.6,
    DS_TX_END: 12.4,
  },
};

const grpc: Traffic = {
  ...http,
  protocol: "HTTP/2",
  routeName: "checkout",
  request: {
    headers: {
      ":method": "POST",
      ":path": "/shop.Checkout/PlaceOrder",
      ":authority": "checkout.example.com",
      ":scheme": "http",
      "content-type": "application/grpc",
      te: "trailers",
      "user-agent": "grpc-go/1.75.0",
      "grpc-timeout": "1S",
      "x-request-id": "5b8f4c43-2c71-4a5a-b1cf-6a9a2ac2dd10",
    },
    bytes: 154,
    headerBytes: 236,
  },
  response: {
    code: 200,
    details: "via_upstream",
    headers: {
      ":status": "200",
      "content-type": "application/grpc",
      "x-envoy-upstream-service-time": "9",
      server: "envoy",
    },
    trailers: { "grpc-status": "5", "grpc-message": "no such order" },
    bytes: 5,
    headerBytes: 121,
    trailerBytes: 40,
  },
  upstream: { ...http.upstream, protocol: "HTTP/2" },
};

const certificate = {
  subject: "CN=web",
  issuer: "CN=default",
  serial: "b8b5ecc898f2124a",
  fingerprint256: "685a2db593d5f86d346cb1a297009c3b467ad77f1944aa799039a2fb3d531f3f",
  uriSan: "spiffe://default/web,kuma://kuma.io/service/web",
  validFrom: "2026-03-28T12:00:00Z",
  validTo: "2026-03-29T12:00:00Z",
};

const tls: Traffic = {
  ...http,
  request: {
    ...http.request,
    headers: {
      ...http.request?.headers,
      ":scheme": "https",
      "x-forwarded-proto": "https",
      "x-forwarded-client-cert":
        "By=spiffe://default/backend;Hash=685a2db593d5f86d346cb1a297009c3b467ad77f1944aa799039a2fb3d531f3f;URI=spiffe://default/web",
    },
  },
  downstream: {
    ...http.downstream,
    serverName: "backend_default_8080_default_ms",
    handshakeDuration: 3,
    tls: {
      version: "TLSv1.3",
      cipher: "TLS_AES_128_GCM_SHA256",
      group: "X25519MLKEM768",
      ja3: "71d1f47d1125ac53c3c6a4863c087cfe",
      ja4: "t13d1516h2_8daaf6152771_b186095e22b6",
      local: { subject: "CN=backend", uriSan: "spiffe://default/backend" },
      peer: certificate,
    },
  },
};

const tcp: Traffic = {
  startTime: "2026-03-28T23:35:58.215678901Z",
  duration: 1840,
  request: { bytes: 154 },
  response: { bytes: 2048 },
  downstream: {
    remoteAddress: "10.0.0.7:41234",
    localAddress: "10.0.0.1:5432",
    connectionId: 17,
    wireBytesReceived: 154,
    wireBytesSent: 2048,
    closeType: "Normal",
  },
  upstream: {
    cluster: "postgres",
    host: "10.0.0.13:5432",
    localAddress: "10.0.0.1:50313",
    connectionId: 23,
    attempts: 1,
    wireBytesReceived: 2048,
    wireBytesSent: 154,
    closeType: "Normal",
  },
};

const failure: Traffic = {
  ...http,
  duration: 3,
  response: {
    code: 503,
    details:
      "upstream_reset_before_response_started{remote connection failure|delayed connect error: Connection refused}",
    flags: ["UF", "URX"],
    headers: { ":status": "503", "content-type": "text/plain", "content-length": "91", server: "envoy" },
    bytes: 91,
    headerBytes: 118,
  },
  upstream: {
    cluster: "backend",
    host: "10.0.0.12:8080",
    attempts: 2,
    transportFailureReason: "delayed connect error: Connection refused",
  },
  timePoints: { DS_RX_END: 0.12, US_CX_BEG: 0.3, DS_TX_BEG: 3.1, DS_TX_END: 3.4 },
};

/** Traffic to preview formats with, by name. */
export const samples: Readonly<Record<string, Traffic>> = { http, grpc, tcp, tls, failure };
