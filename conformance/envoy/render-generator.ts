import { randomNumbers } from "../random.ts";

/** A format of an access logger: a text, or a JSON format. */
export type RandomFormat = { readonly format: string } | { readonly json: unknown };

/**
 * Formats without end, the same for the same seed, that Envoy takes most of the time and that print what a request has:
 * headers with alternatives, metadata and texts cut anywhere, times in all patterns, types in JSON.
 */
export function* randomRenders(seed: number): Generator<RandomFormat, never> {
  const next = randomNumbers(seed);
  const below = (count: number): number => Math.floor(next() * count);
  const pick = <T>(list: readonly T[]): T => {
    const picked = list[below(list.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  };
  const times = <T>(most: number, make: () => T): T[] => Array.from({ length: 1 + below(most) }, make);
  const limit = (): string => (next() < 0.4 ? `:${String(below(14))}` : "");
  const path = (): string => pick(metadataPaths);
  const mask = (): string =>
    next() < 0.6 ? `(${pick(["0", "7", "8", "24", "31", "32", "33", "64", "-1", "x", ""])})` : "";
  const entry = (): unknown => {
    const name = pick(["REQ", "RESP", "TRAILER", "DYNAMIC_METADATA", "PROTOCOL", "RESPONSE_CODE", "ROUTE_NAME", "TRACE_ID", "BYTES_SENT"]); // prettier-ignore
    const takes =
      name === "DYNAMIC_METADATA" ? path() : /^(?:REQ|RESP|TRAILER)$/.test(name) ? pick(headers) : undefined;
    if (takes === undefined) return name;
    return { command: name, param: takes, ...(next() < 0.4 ? { max_length: 1 + below(9) } : {}) };
  };
  const call = (): string => {
    switch (below(15)) {
      case 0:
      case 1: {
        const alternative = next() < 0.4 ? `?${pick(headers)}` : "";
        return `%${pick(["REQ", "RESP", "TRAILER"])}(${pick(headers)}${alternative})${limit()}%`;
      }
      case 2:
        return `%METADATA(${pick(["ROUTE", "CLUSTER", "LISTENER", "DYNAMIC"])}:${path()})${limit()}%`;
      case 3:
        return `%DYNAMIC_METADATA(${path()})${limit()}%`;
      case 4:
        return `%${pick(["START_TIME", "START_TIME", "START_TIME_LOCAL", "DOWNSTREAM_PEER_CERT_V_START"])}(${times(4, () => pick(conversions)).join(pick(["", " ", "-"]))})%`; // prettier-ignore
      case 5:
        return `%${pick(["DOWNSTREAM_REMOTE", "DOWNSTREAM_LOCAL", "UPSTREAM_REMOTE", "DOWNSTREAM_DIRECT_REMOTE"])}_ADDRESS_WITHOUT_PORT${mask()}%`; // prettier-ignore
      case 6:
        return `%COALESCE(${JSON.stringify({ operators: times(3, entry) })})${limit()}%`;
      case 7:
        return `%PATH(${pick(["", "WQ", "NQ"])}${pick(["", ":ORIG", ":PATH", ":ORIG_OR_PATH"])})${limit()}%`;
      case 8:
        return `%QUERY_PARAM${pick(["(x)", "(name)", "(missing)", "S", "S(DECODED)", "S(ORIG)"])}${limit()}%`;
      case 9:
        return `%FILTER_STATE(${pick(["my.key", "missing"])}${pick(["", ":PLAIN", ":TYPED"])})${limit()}%`;
      case 10:
        return `%${pick(["GRPC_STATUS", "GRPC_STATUS(SNAKE_STRING)", "GRPC_STATUS(NUMBER)", "GRPC_STATUS_NUMBER"])}%`;
      case 11:
        return `%COMMON_DURATION(${pick(points)}:${pick(points)}${pick(["", ":ms", ":us", ":ns"])})%`;
      case 12:
        return `%${pick(["CEL", "TYPED_CEL"])}(${pick(expressions)})${limit()}%`;
      case 13:
        return `%XFCC_VALUE(${pick(["uri", "By", "hash", "DNS", "subject"])})%`;
      default:
        return `%${pick(plain)}%`;
    }
  };
  const text = (): string => times(4, () => (next() < 0.3 ? pick(texts) : call())).join("");
  const value = (depth: number): unknown => {
    const what = next();
    if (what < 0.45) return call();
    if (what < 0.65) return text();
    if (what < 0.75) return pick(literals);
    if (depth > 2) return "deep";
    if (what < 0.85) return times(3, () => value(depth + 1));
    return object(depth + 1);
  };
  const object = (depth: number): Record<string, unknown> =>
    Object.fromEntries(times(4, () => [pick(keys), value(depth)]));
  for (;;) yield next() < 0.6 ? { format: text() } : { json: object(0) };
}

const headers = [":path", ":method", ":authority", ":status", "x-a", "X-Utf8", "x-raw", "x-quote", "x-empty", "x-missing", "content-type", "server", "grpc-status", "x-forwarded-for", "user-agent"]; // prettier-ignore
const metadataPaths = ["my.ns", "my.ns:str", "my.ns:num", "my.ns:round", "my.ns:float", "my.ns:flag", "my.ns:nul", "my.ns:list", "my.ns:obj", "my.ns:obj:a", "my.ns:utf8", "my.ns:empty", "my.ns:missing", "none:x"]; // prettier-ignore
const conversions = ["%Y", "%m", "%d", "%e", "%H", "%I", "%M", "%S", "%F", "%T", "%a", "%^A", "%b", "%c", "%D", "%j", "%U", "%V", "%G", "%p", "%P", "%r", "%s", "%f", "%3f", "%6f", "%*f", "%E3S", "%E*S", "%E0S", "%E9f", "%z", "%Ez", "%E*z", "%:z", "%:::z", "%Z", "%%", "%-d", "%_m", "%5d", "%03H", "%10f", "%E4Y", "%ET", "%Oy", "%Q", "%5", "T", "x"]; // prettier-ignore
const points = ["DS_RX_BEG", "DS_RX_END", "US_CX_BEG", "US_TX_BEG", "US_RX_BEG", "US_RX_END", "DS_TX_BEG", "DS_TX_END", "DS_CX_BEG", "TYPO"]; // prettier-ignore
const expressions = ["request.path", "request.url_path", "request.query", "request.host", "request.method", "request.headers['x-a']", "request.headers['missing']", "'x-a' in request.headers", "has(request.headers.missing)", "request.headers['x-a'].size()", "request.url_path.startsWith('/up')", "response.code", "response.code >= 400 ? 'bad' : 'good'", "response.flags", "response.code_details", "source.port == 1 || response.code == 200", "source.address", "destination.address", "connection.mtls", "connection.requested_server_name", "connection.tls_version", "connection.uri_san_peer_certificate", "connection.subject_peer_certificate", "connection.sha256_peer_certificate_digest", "connection.id", "upstream.address", "upstream.port", "upstream.request_attempt_count", "xds.route_name", "xds.cluster_name", "metadata.filter_metadata['my.ns']['str']", "xds.route_metadata.filter_metadata['my.ns']['num'] > 3.0", "metadata.filter_metadata['none']['x']", "1.0 / 3.0", "100000000.0", "1 / 0", "-7 % 3", "'a' + 'b'", "nope.x", "[1, 'a']", "{'a': [true, null]}", "1 == 1.0", "null", "request.protocol", "request.id", "request.time.getFullYear()", "request.headers_bytes", "double('1.5')", "int(2.9)", "9007199254740993"]; // prettier-ignore
const plain = ["PROTOCOL", "RESPONSE_CODE", "RESPONSE_CODE_DETAILS", "RESPONSE_FLAGS", "RESPONSE_FLAGS_LONG", "BYTES_SENT", "BYTES_RECEIVED", "DURATION", "UPSTREAM_HOST", "UPSTREAM_CLUSTER", "ROUTE_NAME", "START_TIME", "START_TIME_LOCAL", "DOWNSTREAM_REMOTE_PORT", "UPSTREAM_LOCAL_PORT", "DOWNSTREAM_LOCAL_ADDRESS", "REQUESTED_SERVER_NAME", "DOWNSTREAM_PEER_URI_SAN", "DOWNSTREAM_TLS_VERSION", "CONNECTION_ID", "ENVIRONMENT(NOWHERE_SET)", "LOCAL_REPLY_BODY", "UPSTREAM_TRANSPORT_FAILURE_REASON", "ACCESS_LOG_TYPE", "STREAM_ID", "FILTER_CHAIN_NAME"]; // prettier-ignore
const texts = ["", " ", "abc", '"', "%%", "\\", "\n", "\t", "ü", "😀", "{", "\u0001", "\u007f"];
const literals = ["plain", "", "%%", 'q"\\', 0, -1.5, 100000, 1e21, 12345678, true, false, null];
const keys = ["a", "b", "ü", "Z", 'k"', "", "%REQ(x)%", "a b"];
