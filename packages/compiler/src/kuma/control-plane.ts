/** What a control plane knows beyond its resources. Every key is optional, with Kuma's defaults. */
export interface ControlPlane {
  /** The name of its zone. Where it is not given, `default`, and nothing is compared with it. */
  readonly zone?: string;
  /** Whether it serves a zone, which is the default, or stands above several. */
  readonly mode?: "zone" | "global";
  /** Whether its zone belongs to a global control plane; not so by default. */
  readonly federated?: boolean;
  /** The namespace that Kuma runs in on Kubernetes; by default `kuma-system`. */
  readonly systemNamespace?: string;
  /**
   * Whether the labels of the resources are what the store holds, which is the default for Universal resources, or are
   * to be filled in and checked as when they are applied, which is the default for objects of Kubernetes.
   */
  readonly labels?: "asWritten" | "computed";
  readonly settings?: ControlPlaneSettings;
  /** What the proxies report of themselves, by the name of the Dataplane or `mesh/name`. One that is missing reports nothing. */
  readonly metadata?: Readonly<Record<string, ProxyMetadata>>;
  /** What the control plane listens on for transparent proxies, by the name of the Dataplane or `mesh/name`. */
  readonly outbounds?: Readonly<Record<string, readonly AllocatedOutbound[]>>;
}

/** Options of a control plane. */
export interface ControlPlaneSettings {
  /** Whether proxies are called by their workload and not by a tag (2.14, `experimental.inboundTagsDisabled`). */
  readonly inboundTagsDisabled?: boolean;
}

export interface ProxyMetadata {
  /** The work directory of kuma-dp. */
  readonly workdir?: string;
  /** The path of its access-log socket, which kuma-dp 2.4 to 2.7 reports. */
  readonly accessLogSocketPath?: string;
  /** What the proxy can do: `feature-otel-via-kuma-dp`, `feature-unified-resource-naming`. */
  readonly features?: readonly string[];
  /** `HOST_IP` is the address of the node that the proxy runs on. */
  readonly dynamicMetadata?: Readonly<Record<string, string>>;
  readonly ipv6Enabled?: boolean;
}

/** An address that a control plane allocated for an outbound. */
export interface AllocatedOutbound {
  readonly address: string;
  readonly port: number;
  /** Of an outbound to a `kuma.io/service`. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of an outbound to a real resource: its identifier, with a section. */
  readonly resource?: string;
}

/** Where kuma-dp puts its sockets unless it is told otherwise. */
const defaultWorkDirectory = "/tmp";

/** What names a proxy. */
interface ProxyName {
  readonly mesh: string;
  readonly name: string;
}

/** What a proxy reports of itself; where nothing is known of any proxy, its work directory is the default one. */
export function proxyMetadata({ metadata }: ControlPlane, proxy: ProxyName): ProxyMetadata {
  if (metadata === undefined) return { workdir: defaultWorkDirectory };
  return entryOf(metadata, proxy) ?? {};
}

/** What the control plane allocated for a proxy; `undefined` if that is not known. */
export function allocatedOutbounds(
  { outbounds = {} }: ControlPlane,
  proxy: ProxyName,
): readonly AllocatedOutbound[] | undefined {
  return entryOf(outbounds, proxy);
}

function entryOf<T>(entries: Readonly<Record<string, T>>, { mesh, name }: ProxyName): T | undefined {
  const key = [`${mesh}/${name}`, name].find((one) => Object.hasOwn(entries, one));
  return key === undefined ? undefined : entries[key];
}

/** The entries of `metadata` and `outbounds` that are of none of the proxies. */
export function unmatchedNames(
  { metadata = {}, outbounds = {} }: ControlPlane,
  proxies: readonly ProxyName[],
): readonly { readonly key: "metadata" | "outbounds"; readonly name: string }[] {
  const known = new Set(proxies.flatMap(({ mesh, name }) => [name, `${mesh}/${name}`]));
  return Object.entries({ metadata, outbounds } as const).flatMap(([key, entries]) =>
    Object.keys(entries)
      .filter((name) => !known.has(name))
      .map((name) => ({ key: key as "metadata" | "outbounds", name })),
  );
}
