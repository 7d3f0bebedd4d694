import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { identityOf } from "./load.ts";
import { type Fields, fields } from "./fields.ts";
import type { Resource } from "./resources.ts";

/** What access logs depend on in a Dataplane. */
export interface Dataplane {
  readonly resource: Resource;
  readonly address: string;
  /** The address under which others reach it, if it is another one. */
  readonly advertisedAddress?: string;
  readonly inbounds: readonly Inbound[];
  readonly outbounds: readonly Outbound[];
  readonly gateway?: { readonly isBuiltin: boolean; readonly tags: Readonly<Record<string, string>> };
  readonly transparentProxying?: TransparentProxying;
  /** It has zone-proxy listeners (`networking.listeners`). */
  readonly hasListeners: boolean;
}

export interface Inbound {
  readonly name?: string;
  readonly address: string;
  readonly port: number;
  /** The field `protocol`. */
  readonly protocol?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: string;
  /** Not `health.ready: false`. */
  readonly isReady: boolean;
}

/** An outbound by tags; one with a `backendRef` leads to a real resource. */
export interface Outbound {
  readonly address: string;
  readonly port: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly hasBackendRef: boolean;
}

export interface TransparentProxying {
  readonly redirectPortOutbound: number;
  readonly ipFamilyMode?: string;
  readonly reachableServices: readonly string[];
  readonly directAccessServices: readonly string[];
}

/**
 * Reads a Dataplane.
 *
 * @returns no value, and why, for one that no control plane would hold: its values go into file names and log lines.
 */
export function readDataplane(resource: Resource): Result<Dataplane | undefined, Diagnostic> {
  const dataplane = dataplaneOf(resource);
  const problem = problemOf(dataplane);
  if (problem === undefined) return { value: dataplane, diagnostics: [] };
  const { start, end } = resource.node.entries[0]?.key ?? resource.node;
  const details = { resource: identityOf(resource) };
  const place = { file: resource.file, start, end };
  return {
    value: undefined,
    diagnostics: [report("io/invalid-resource", place, { kind: resource.kind, name: resource.name, problem }, details)],
  };
}

/** What Kuma's API would not take, as far as access logs depend on it. */
function problemOf({
  resource,
  address,
  advertisedAddress = address,
  inbounds,
  outbounds,
}: Dataplane): string | undefined {
  if (resource.name === "") return "it has no name";
  if (!isAddress(address)) return "networking.address is no address";
  if (!isAddress(advertisedAddress)) return "networking.advertisedAddress is no address";
  const values = ["kuma.io/zone", "kuma.io/workload", "k8s.kuma.io/namespace"].map(
    (label) => resource.labels.get(label) ?? "",
  );
  if (![resource.mesh, ...values].every(isTagValue))
    return "its mesh or a label of Kuma's has characters that none can have";
  const everything = [...inbounds, ...outbounds];
  if (everything.some((one) => !isAddress(one.address))) return "an inbound or outbound has an address that is none";
  if (everything.some(({ port }) => !isPort(port))) return "an inbound or outbound has no port from 1 to 65535";
  return everything.some(({ tags }) => !Object.values(tags).every(isTagValue))
    ? "a tag has a value with other characters than letters, digits and . - _ : /"
    : undefined;
}

function isAddress(text: string): boolean {
  return text.length <= 253 && /^[A-Za-z0-9.:_-]+$/.test(text);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65_535;
}

function isTagValue(text: string): boolean {
  return text.length <= 253 && /^[A-Za-z0-9.:/_*-]*$/.test(text);
}

function dataplaneOf(resource: Resource): Dataplane {
  const networking = fields(resource.spec).map("networking") ?? fields(undefined);
  const address = networking.string("address") ?? "";
  const gateway = networking.map("gateway");
  const proxying = networking.map("transparentProxying");
  return {
    resource,
    address,
    ...optional("advertisedAddress", networking.string("advertisedAddress")),
    inbounds: networking.maps("inbound").map((inbound) => readInbound(inbound, address)),
    outbounds: networking.maps("outbound").map(readOutbound),
    ...(gateway === undefined
      ? {}
      : { gateway: { isBuiltin: gateway.string("type") === "BUILTIN", tags: gateway.record("tags") } }),
    ...(proxying === undefined ? {} : { transparentProxying: readTransparentProxying(proxying) }),
    hasListeners: networking.maps("listeners").length > 0,
  };
}

function readInbound(inbound: Fields, address: string): Inbound {
  return {
    ...optional("name", inbound.string("name")),
    ...optional("protocol", inbound.string("protocol")),
    address: inbound.string("address") ?? address,
    port: inbound.number("port") ?? 0,
    tags: inbound.record("tags"),
    state: inbound.string("state") ?? "Ready",
    isReady: inbound.map("health")?.boolean("ready") ?? true,
  };
}

function readOutbound(outbound: Fields): Outbound {
  return {
    address: outbound.string("address") ?? "127.0.0.1",
    port: outbound.number("port") ?? 0,
    tags: outbound.record("tags"),
    hasBackendRef: outbound.map("backendRef") !== undefined,
  };
}

function readTransparentProxying(proxying: Fields): TransparentProxying {
  return {
    redirectPortOutbound: proxying.number("redirectPortOutbound") ?? 0,
    ...optional("ipFamilyMode", proxying.string("ipFamilyMode")),
    reachableServices: proxying.strings("reachableServices"),
    directAccessServices: proxying.strings("directAccessServices"),
  };
}

/** A property that is there only if it has a value. */
function optional<K extends string>(name: K, value: string | undefined): Readonly<Partial<Record<K, string>>> {
  return (value === undefined || value === "" ? {} : { [name]: value }) as Partial<Record<K, string>>;
}
