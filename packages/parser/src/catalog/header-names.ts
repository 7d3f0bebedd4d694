/** A header that access logs often print. */
export interface HeaderFacts {
  readonly means: string;
  /** Which message has it. */
  readonly on: "request" | "response" | "trailers";
}

const on =
  (message: HeaderFacts["on"]) =>
  (means: string): HeaderFacts => ({ means, on: message });
const request = on("request");
const response = on("response");
const trailers = on("trailers");

/**
 * Headers, as people write them in formats; names have no case. The pseudo-headers are all that Envoy has, the others
 * those of HTTP, of Envoy (`docs/root/configuration/http/http_conn_man/headers.rst`) and of tracers.
 */
export const headerNames: Readonly<Record<string, HeaderFacts>> = {
  ":METHOD": request("method"),
  ":PATH": request("path with query, as routed"),
  ":AUTHORITY": request("host that the request is for"),
  ":SCHEME": request("`http` or `https`"),
  ":PROTOCOL": request("protocol of an extended CONNECT"),
  ":STATUS": response("status code"),
  "X-ENVOY-ORIGINAL-PATH": request("path before a route rewrote it"),
  "X-ENVOY-ORIGINAL-HOST": request("host before a route rewrote it"),
  "X-ENVOY-ATTEMPT-COUNT": request("which attempt it is, retries counted"),
  "X-ENVOY-EXTERNAL-ADDRESS": request("address of the client outside"),
  "X-ENVOY-INTERNAL": request("whether the request came from inside"),
  "X-ENVOY-DOWNSTREAM-SERVICE-CLUSTER": request("cluster that called"),
  "X-ENVOY-DOWNSTREAM-SERVICE-NODE": request("node that called"),
  "X-ENVOY-PEER-METADATA": request("metadata of the peer"),
  "X-FORWARDED-FOR": request("addresses of client and proxies"),
  "X-FORWARDED-PROTO": request("scheme of the client"),
  "X-FORWARDED-HOST": request("host that the client asked for"),
  "X-FORWARDED-CLIENT-CERT": request("certificates of the client"),
  FORWARDED: request("client and proxies (RFC 7239)"),
  "X-REQUEST-ID": request("id of the request, kept from hop to hop"),
  "USER-AGENT": request("program that asks"),
  REFERER: request("page that led here"),
  HOST: request("host of HTTP/1"),
  ACCEPT: request("types that the client takes"),
  "ACCEPT-ENCODING": request("compressions that the client takes"),
  "ACCEPT-LANGUAGE": request("languages that the client takes"),
  ORIGIN: request("origin of a cross-site request"),
  AUTHORIZATION: request("credentials; think twice before logging them"),
  COOKIE: request("cookies; think twice before logging them"),
  TRACEPARENT: request("trace of W3C Trace Context"),
  TRACESTATE: request("vendor data of W3C Trace Context"),
  B3: request("trace of Zipkin in one header"),
  "X-B3-TRACEID": request("trace of Zipkin"),
  "X-B3-SPANID": request("span of Zipkin"),
  "X-DATADOG-TRACEID": request("trace of Datadog, as Kuma's default format writes it"),
  "X-DATADOG-TRACE-ID": request("trace of Datadog"),
  "X-AMZN-TRACE-ID": request("trace of AWS X-Ray"),
  "GRPC-TIMEOUT": request("deadline of a gRPC call"),
  "X-ENVOY-UPSTREAM-SERVICE-TIME": response("milliseconds that the upstream took"),
  "X-ENVOY-OVERLOADED": response("Envoy itself shed the request"),
  "X-ENVOY-RATELIMITED": response("a rate limit refused the request"),
  "X-ENVOY-DECORATOR-OPERATION": response("name of the span"),
  "CONTENT-TYPE": response("type of the body"),
  "CONTENT-LENGTH": response("length of the body"),
  "CONTENT-ENCODING": response("compression of the body"),
  "CACHE-CONTROL": response("how long it may be kept"),
  LOCATION: response("where to go instead"),
  "RETRY-AFTER": response("when to ask again"),
  SERVER: response("program that answers"),
  DATE: response("when it was answered"),
  ETAG: response("version of what was asked for"),
  "GRPC-STATUS": trailers("status of a gRPC call"),
  "GRPC-MESSAGE": trailers("message of a gRPC call that failed"),
};
