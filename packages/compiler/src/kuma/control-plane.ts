/** What a control plane knows beyond its resources. Every key is optional, with Kuma's defaults. */
export interface ControlPlane {
  /** What the proxies report of themselves, by the name of the Dataplane or `mesh/name`. One that is missing reports nothing. */
  readonly metadata?: Readonly<Record<string, ProxyMetadata>>;
}

export interface ProxyMetadata {
  /** The work directory of kuma-dp. */
  readonly workdir?: string;
}

/** Where kuma-dp puts its sockets unless it is told otherwise. */
const defaultWorkDirectory = "/tmp";

/** The work directory of a proxy: as it reports, or the default where nothing is known of any proxy. */
export function workDirectory(
  { metadata }: ControlPlane,
  { mesh, name }: { readonly mesh: string; readonly name: string },
): string {
  if (metadata === undefined) return defaultWorkDirectory;
  return (metadata[`${mesh}/${name}`] ?? metadata[name])?.workdir ?? "";
}
