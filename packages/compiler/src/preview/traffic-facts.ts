import { type Facts, operators, responseFlags } from "@meshlog/parser";
import { type Traffic, type TrafficFields, trafficFields } from "./traffic-fields.ts";

/** Facts in the making: what each operator prints. */
type Draft = Record<string, unknown>;

/**
 * Turns described traffic into facts. They are complete: what is not described has no value.
 *
 * Times have to be RFC 3339; {@link readTraffic} sees to that.
 */
export function trafficFacts(traffic: Traffic): Facts {
  const { timePoints } = traffic;
  const facts: Draft = {};
  addPlain(trafficFields, traffic, facts);
  addTimes(traffic, facts);
  addMessages(traffic, facts);
  addConnections(traffic, facts);
  addState(traffic, facts);
  const points = timePoints === undefined ? undefined : { DS_RX_BEG: 0, ...timePoints };
  if (points !== undefined) addDurations(points, facts);
  const inNanoseconds = Object.entries(points ?? {}).map(([point, at]) => [point, Math.round(at * 1e6)] as const);
  return { facts, isComplete: true, timePoints: Object.fromEntries(inNanoseconds) };
}

/** The fields that are what one operator prints. */
function addPlain(fields: TrafficFields, values: Readonly<Record<string, unknown>>, facts: Draft): void {
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name];
    if (value === undefined) continue;
    if (field.type === "group") addPlain(field.fields, value as Readonly<Record<string, unknown>>, facts);
    else if ("operator" in field) facts[`%${field.operator}%`] = value;
  }
}

/** A value for an operator that has none yet. */
function byDefault(facts: Draft, operator: string, value: unknown): void {
  if (value !== undefined) facts[`%${operator}%`] ??= value;
}

function addTimes({ startTime, emitTime, duration = 0, downstream, upstream }: Traffic, facts: Draft): void {
  const start = startTime ?? sampleStart;
  facts["%START_TIME(%s.%9f)%"] = secondsOf(start);
  facts["%EMIT_TIME(%s.%9f)%"] = secondsOf(emitTime ?? start, emitTime === undefined ? duration : 0);
  for (const [side, tls] of [
    ["DOWNSTREAM", downstream?.tls?.peer],
    ["UPSTREAM", upstream?.tls?.peer],
  ] as const) {
    if (tls?.validFrom !== undefined) facts[`%${side}_PEER_CERT_V_START(%s)%`] = secondsOf(tls.validFrom).split(".")[0];
    if (tls?.validTo !== undefined) facts[`%${side}_PEER_CERT_V_END(%s)%`] = secondsOf(tls.validTo).split(".")[0];
  }
}

/** When traffic begins that does not say when. */
const sampleStart = "2026-03-28T23:35:58.215678901Z";

/** Seconds since 1970 with nine digits after the point. */
function secondsOf(time: string, later = 0): string {
  const [, date = "", fraction = "", zone = "Z"] = /^([^.]*?)(?:\.(\d+))?(Z|[-+]\d\d:\d\d)?$/i.exec(time) ?? [];
  const nanoseconds = Number(fraction.slice(0, 9).padEnd(9, "0")) + Math.round(later * 1e6);
  const seconds = Date.parse(date + zone) / 1000 + Math.floor(nanoseconds / 1e9);
  return `${seconds}.${String(nanoseconds % 1e9).padStart(9, "0")}`;
}

function addMessages({ protocol, request, response, customFlags, streamId }: Traffic, facts: Draft): void {
  for (const [operator, headers] of [
    ["REQ", request?.headers],
    ["RESP", response?.headers],
    ["TRAILER", response?.trailers],
  ] as const) {
    for (const [name, value] of Object.entries(headers ?? {})) facts[`%${operator}(${name.toLowerCase()})%`] = value;
  }
  byDefault(facts, "STREAM_ID", streamId ?? facts["%REQ(x-request-id)%"]);
  byDefault(facts, "ACCESS_LOG_TYPE", protocol === undefined ? "TcpConnectionEnd" : "DownstreamEnd");
  byDefault(facts, "UNIQUE_ID", operators.get("UNIQUE_ID")?.sample);
  byDefault(facts, "RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)", response?.details);
  byDefault(facts, "CUSTOM_FLAGS", customFlags?.join(","));
  const flags = response?.flags ?? [];
  if (flags.length > 0) {
    const known = flags.map(
      (flag) => [...responseFlags].find((names) => names.includes(flag)) ?? ([flag, flag] as const),
    );
    facts["%RESPONSE_FLAGS%"] = known.map(([short]) => short).join(",");
    facts["%RESPONSE_FLAGS_LONG%"] = known.map(([, long]) => long).join(",");
  }
}

function addConnections({ downstream = {}, upstream = {} }: Traffic, facts: Draft): void {
  byDefault(facts, "DOWNSTREAM_DIRECT_REMOTE_ADDRESS", downstream.remoteAddress);
  byDefault(facts, "DOWNSTREAM_DIRECT_LOCAL_ADDRESS", downstream.localAddress);
  byDefault(
    facts,
    "REQUESTED_SERVER_NAME",
    downstream.serverName === undefined ? undefined : serverName(downstream.serverName),
  );
  byDefault(facts, "DOWNSTREAM_TRANSPORT_FAILURE_REASON", withoutSpaces(downstream.transportFailureReason));
  byDefault(facts, "DOWNSTREAM_LOCAL_CLOSE_REASON", withoutSpaces(downstream.closeReason));
  byDefault(facts, "UPSTREAM_TRANSPORT_FAILURE_REASON", withoutSpaces(upstream.transportFailureReason));
  byDefault(facts, "UPSTREAM_LOCAL_CLOSE_REASON", withoutSpaces(upstream.closeReason));
  const { host, cluster, connectionId } = upstream;
  byDefault(facts, "UPSTREAM_CLUSTER_RAW", cluster);
  byDefault(facts, "UPSTREAM_REMOTE_ADDRESS", host);
  byDefault(facts, "UPSTREAM_HOST_NAME", host);
  const name = upstream.hostName ?? host;
  byDefault(facts, "UPSTREAM_HOST_NAME_WITHOUT_PORT", withoutPort(name));
  const hosts = upstream.hostsAttempted ?? (host === undefined ? undefined : [host]);
  const names = upstream.hostNamesAttempted ?? (name === undefined ? undefined : [name]);
  byDefault(facts, "UPSTREAM_HOSTS_ATTEMPTED", hosts?.join(","));
  byDefault(facts, "UPSTREAM_HOSTS_ATTEMPTED_WITHOUT_PORT", hosts?.map(withoutPort).join(","));
  byDefault(facts, "UPSTREAM_HOST_NAMES_ATTEMPTED", names?.join(","));
  byDefault(facts, "UPSTREAM_HOST_NAMES_ATTEMPTED_WITHOUT_PORT", names?.map(withoutPort).join(","));
  const ids = upstream.connectionIdsAttempted ?? (connectionId === undefined ? undefined : [String(connectionId)]);
  byDefault(facts, "UPSTREAM_CONNECTION_IDS_ATTEMPTED", ids?.join(","));
  for (const address of ["DOWNSTREAM_LOCAL", "DOWNSTREAM_DIRECT_LOCAL", "UPSTREAM_REMOTE"]) {
    // Only internal addresses have one; they are nothing that anybody describes.
    if (facts[`%${address}_ADDRESS%`] !== undefined) facts[`%${address}_ADDRESS_ENDPOINT_ID%`] = "";
  }
}

/** As Envoy writes a name that is no host name, since 1.33 (CVE-2024-45808). */
function serverName(name: string): string {
  return /^[-.\w]*$/.test(name) ? name : `invalid:${name.replace(/[^-.\w]/g, "_")}`;
}

function withoutSpaces(text: string | undefined): string | undefined {
  return text?.replaceAll(" ", "_");
}

function withoutPort<T extends string | undefined>(address: T): T;
function withoutPort(address: string | undefined): string | undefined {
  return address?.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}

const metadataTypes = {
  dynamic: "DYNAMIC",
  cluster: "CLUSTER",
  route: "ROUTE",
  upstreamHost: "UPSTREAM_HOST",
  listener: "LISTENER",
  virtualHost: "VIRTUAL_HOST",
  listenerFilterChain: "LISTENER_FILTER_CHAIN",
} as const;

function addState(traffic: Traffic, facts: Draft): void {
  for (const [field, type] of Object.entries(metadataTypes)) {
    const namespaces = traffic.metadata?.[field as keyof typeof metadataTypes] ?? {};
    for (const [namespace, value] of Object.entries(namespaces)) facts[`%METADATA(${type}:${namespace})%`] = value;
  }
  for (const [operator, objects] of [
    ["FILTER_STATE", traffic.filterState],
    ["UPSTREAM_FILTER_STATE", traffic.upstreamFilterState],
  ] as const) {
    for (const [key, object] of Object.entries(objects ?? {})) addFilterState(`${operator}(${key}`, object, facts);
  }
  for (const [operator, texts] of [
    ["ENVIRONMENT", traffic.environment],
    ["FILE_CONTENT", traffic.files],
    ["SECRET", traffic.secrets],
  ] as const) {
    for (const [name, value] of Object.entries(texts ?? {})) facts[`%${operator}(${name})%`] = value;
  }
}

/** What an object of filter state prints, as far as it is described. */
function addFilterState(call: string, object: unknown, facts: Draft): void {
  if (typeof object !== "object" || object === null) return;
  const { plain, typed, fields } = object as Readonly<Record<string, unknown>>;
  if (plain !== undefined) facts[`%${call}:PLAIN)%`] = plain;
  if (typed !== undefined) facts[`%${call}:TYPED)%`] = typed;
  for (const [field, value] of Object.entries(fields ?? {})) facts[`%${call}:FIELD:${field})%`] = value;
}

/** The durations that the points in time give. */
function addDurations(points: Readonly<Record<string, number>>, facts: Draft): void {
  const between = (from: string, to: string): number | undefined => {
    const [start, end] = [points[from], points[to]];
    return start === undefined || end === undefined || end < start ? undefined : Math.trunc(end - start);
  };
  byDefault(facts, "REQUEST_DURATION", between("DS_RX_BEG", "DS_RX_END"));
  byDefault(facts, "REQUEST_TX_DURATION", between("DS_RX_BEG", "US_TX_END"));
  byDefault(facts, "RESPONSE_DURATION", between("DS_RX_BEG", "US_RX_BEG"));
  byDefault(facts, "RESPONSE_TX_DURATION", between("US_RX_BEG", "DS_TX_END"));
}
