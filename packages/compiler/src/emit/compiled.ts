/** The documents that `meshlog compile` writes; scripts depend on them. Keys stand in the order in which they are written. */
import type {
  AccessLog,
  Cluster,
  HttpFilter,
  ListenerFilter,
  Metadata,
  TcpProxyTcpAccessLogOptions,
} from "../envoy/messages.ts";
import type { ListenerContext, NetworkFilter } from "../listeners/listener.ts";
import type { Hole } from "../lower/link.ts";
import type { TrafficKind } from "../lower/traffic-kind.ts";
import type { Match, TargetRef } from "../validate/policy.ts";

/** What leads every document: the version of its format, and the releases that it is for. */
export interface CompiledHeader {
  readonly meshlog: 1;
  readonly kuma: string;
  readonly envoy: string;
}

/** The whole of it. */
export interface CompiledBundle extends CompiledHeader {
  readonly policies: readonly CompiledPolicy[];
  readonly proxies: readonly CompiledProxy[];
}

/** A policy as templates: `%KUMA_…%` is still in place, other holes read `${…}`. */
export interface CompiledPolicy {
  readonly mesh: string;
  readonly name: string;
  readonly namespace?: string;
  readonly file: string;
  readonly items: readonly CompiledItem[];
}

export interface CompiledItem {
  /** `spec.to[0]` */
  readonly path: string;
  readonly targetRef?: TargetRef;
  readonly matches?: readonly Match[];
  /** Default formats differ by what the traffic is. */
  readonly accessLog: Readonly<Record<TrafficKind, readonly AccessLog[]>>;
  /** What only a proxy decides; the paths begin with the index of the logger: `[0].typedConfig.path`. */
  readonly holes: readonly Hole[];
}

/**
 * What a proxy gets.
 *
 * @typeParam Loggers what stands for a list of loggers: the objects, or their text.
 */
export interface CompiledProxy<Loggers = readonly AccessLog[]> {
  readonly mesh: string;
  readonly name: string;
  readonly namespace?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Only where Kuma fails to generate this proxy: its text. */
  readonly error?: string;
  /** The names of the policies that select it, lowest precedence first. */
  readonly policies: readonly string[];
  readonly listeners: readonly CompiledListener<Loggers>[];
  readonly clusters: readonly Cluster[];
}

/** A listener and the loggers that Kuma appends to its filter, in order. */
export interface CompiledListener<Loggers = readonly AccessLog[]> {
  readonly name: string | null;
  readonly resource: string;
  readonly context: ListenerContext;
  readonly direction: "INBOUND" | "OUTBOUND" | "UNSPECIFIED";
  readonly protocol: string;
  readonly filter: NetworkFilter;
  readonly accessLog: Loggers;
  readonly accessLogOptions?: TcpProxyTcpAccessLogOptions;
  readonly httpFilters?: readonly HttpFilter[];
  readonly listenerFilters?: readonly ListenerFilter[];
  /** What logging adds to the metadata of routes, by the name of the route. */
  readonly routeMetadata?: Readonly<Record<string, Metadata>>;
  /** Which items its loggers come from, in their order; only where it is asked for. */
  readonly because?: readonly CompiledReason[];
}

/** An item that decides what a listener logs: indices into `policies` and into the `items` of a policy. */
export interface CompiledReason {
  readonly policy: number;
  readonly item: number;
  /** The items that hold for the same traffic and count for nothing, weakest first; pairs of the same indices. */
  readonly overridden: readonly (readonly [policy: number, item: number])[];
}
