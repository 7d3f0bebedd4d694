/** Where an OpenTelemetry collector is. */
export interface Endpoint {
  readonly address: string;
  readonly port: number;
}

const defaultPort = 4317;

/**
 * Reads the text of `openTelemetry.endpoint` as Kuma up to 2.13 does: what stands before the first colon and what stands
 * between it and the second one. IPv6 addresses are torn (meshaccesslog/plugin/xds/configurer.go:92@2.5.11).
 */
export function splitEndpoint(text: string): Endpoint {
  const [address = "", port] = text.split(":");
  return { address, port: port === undefined ? defaultPort : int32AsUint32(port) };
}

/** What Go's `strconv.ParseInt` makes of a text in 32 bits, garbage being 0, and a conversion to `uint32` of that. */
function int32AsUint32(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) return 0;
  const value = BigInt(text.replace(/^\+/, ""));
  const clamped = value > 0x7fff_ffffn ? 0x7fff_ffffn : value < -0x8000_0000n ? -0x8000_0000n : value;
  return Number(BigInt.asUintN(32, clamped));
}

/**
 * Reads the text of `openTelemetry.endpoint` as Kuma ≥ 2.14 does: a bare IPv6 address, or the authority of a URL;
 * what is neither is an address as a whole (pkg/plugins/policies/core/xds/otel.go:336@v2.14.3).
 */
export function urlEndpoint(text: string): Endpoint {
  const whole = { address: text, port: defaultPort };
  if (text.split(":").length > 2 && !text.includes("[")) return whole;
  const authority = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:[\]]*)(?::(\d*))?$/.exec(text);
  if (authority === null) return whole;
  const [, user = "", host = "", digits = ""] = authority;
  const address = host.startsWith("[") ? host.slice(1, -1) : host;
  const isHost = host.startsWith("[") ? isIpv6(address) : hostCharacters.test(address);
  if (address === "" || !isHost || !userCharacters.test(user)) return whole;
  const port = Number(digits);
  return { address, port: port >= 1 && port <= 65_535 ? port : defaultPort };
}

/** What Go's `net/url` takes in a host and in the part before `@`. */
const hostCharacters = /^[\w\-.~!$&'()*+,;=<>"\u0080-\uffff]*$/;
const userCharacters = /^[\w\-.~!$&'()*+,;=:@]*$/;

/** Whether Envoy can take the address as it is (STATIC) instead of resolving it (STRICT_DNS). */
export function isIpAddress(address: string): boolean {
  return isIpv4(address) || isIpv6(address);
}

function isIpv4(address: string): boolean {
  const parts = address.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
}

function isIpv6(address: string): boolean {
  const [head = "", tail, ...more] = address.split("::");
  if (more.length > 0) return false;
  const groups = (side: string | undefined): string[] => (side === undefined || side === "" ? [] : side.split(":"));
  const all = [...groups(head), ...groups(tail)];
  const last = all.at(-1);
  const ipv4 = last?.includes(".") === true;
  if (ipv4 && !isIpv4(last)) return false;
  const hex = ipv4 ? all.slice(0, -1) : all;
  const length = hex.length + (ipv4 ? 2 : 0);
  return hex.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group)) && (tail === undefined ? length === 8 : length <= 7);
}
