import type { Resource } from "../source/resources.ts";

/** A MeshAccessLog that Kuma's API accepts: what the control plane's store holds. */
export interface Policy {
  readonly resource: Resource;
  readonly spec: MeshAccessLogSpec;
}

/**
 * The spec of a MeshAccessLog as Kuma decodes it: the fields are those of Go's types, absent where they are nil. What is
 * no pointer in Go is always there, empty if need be.
 */
export interface MeshAccessLogSpec {
  readonly targetRef?: TargetRef;
  readonly to?: readonly ToItem[];
  readonly from?: readonly ToItem[];
  readonly rules?: readonly Rule[];
}

export interface TargetRef {
  readonly kind: string;
  readonly name?: string;
  readonly namespace?: string;
  readonly mesh?: string;
  readonly sectionName?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly proxyTypes?: readonly string[];
}

/** An item of `to` or `from`. */
export interface ToItem {
  readonly targetRef: TargetRef;
  readonly default: Conf;
}

/** An item of `rules`: the inbound connections that meet one of `matches` (all, without any) are logged so. */
export interface Rule {
  readonly matches?: readonly Match[];
  readonly default: Conf;
}

export interface Match {
  readonly spiffeID?: { readonly type: "Exact" | "Prefix"; readonly value: string };
  readonly sni?: { readonly type: "Exact"; readonly value: string };
}

/** What is logged. An empty list of backends switches logging off. */
export interface Conf {
  readonly backends?: readonly Backend[];
}

export interface Backend {
  /** Kuma has it from 2.3 on. */
  readonly type?: "Tcp" | "File" | "OpenTelemetry";
  readonly tcp?: { readonly address: string; readonly format?: FormatConf };
  readonly file?: { readonly path: string; readonly format?: FormatConf };
  readonly openTelemetry?: OpenTelemetryConf;
}

export interface FormatConf {
  /** Kuma has it from 2.3 on. */
  readonly type?: "Plain" | "Json";
  readonly plain?: string;
  readonly json?: readonly { readonly key: string; readonly value: string }[];
  readonly omitEmptyValues?: boolean;
}

export interface OpenTelemetryConf {
  readonly endpoint?: string;
  readonly backendRef?: { readonly kind: string; readonly labels?: Readonly<Record<string, string>> };
  readonly attributes?: readonly { readonly key: string; readonly value: string }[];
  /** Any JSON value; `undefined` means the default format. */
  readonly body?: unknown;
}

/** Whether a list of a policy is there and is not empty. */
export function has(items: readonly unknown[] | undefined): boolean {
  return items !== undefined && items.length > 0;
}
