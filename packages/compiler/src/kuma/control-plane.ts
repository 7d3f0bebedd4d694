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
  /** What the proxies report of themselves, by the name of the Dataplane or `mesh/name`. One that is missing reports nothing. */
  readonly metadata?: Readonly<Record<string, ProxyMetadata>>;
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
}

/** Where kuma-dp puts its sockets unless it is told otherwise. */
const defaultWorkDirectory = "/tmp";

/** What a proxy reports of itself; where nothing is known of any proxy, its work directory is the default one. */
export function proxyMetadata(
  { metadata }: ControlPlane,
  { mesh, name }: { readonly mesh: string; readonly name: string },
): ProxyMetadata {
  if (metadata === undefined) return { workdir: defaultWorkDirectory };
  return metadata[`${mesh}/${name}`] ?? metadata[name] ?? {};
}
