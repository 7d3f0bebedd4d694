import type { ProxyMetadata } from "../kuma/control-plane.ts";
import type { Profile } from "../kuma/profile.ts";
import { socketPath } from "./socket-path.ts";

/** The control plane's temporary directory. */
const temporaryDirectory = "/tmp";

/**
 * The path of the socket on which kuma-dp takes the records of TCP loggers.
 *
 * @param proxy Kuma's name of it; on Kubernetes `name.namespace`.
 * @param metadata what the proxy reports of itself.
 */
export function accessLogSocket(
  { name, mesh }: { readonly name: string; readonly mesh: string },
  { workdir = "", accessLogSocketPath }: ProxyMetadata,
  { accessLogSocket: place }: Profile,
): string {
  const base = `kuma-al-${name}-${mesh}`;
  switch (place) {
    case "in-temporary-directory":
      return socketPath(temporaryDirectory, base);
    case "reported":
      return accessLogSocketPath ?? socketPath(temporaryDirectory, base);
    case "in-work-directory":
      return socketPath(workdir, base);
  }
}
