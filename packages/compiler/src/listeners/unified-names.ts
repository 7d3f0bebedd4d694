import type { ProxyMetadata } from "../kuma/control-plane.ts";
import type { Profile } from "../kuma/profile.ts";
import type { Mesh } from "../source/mesh.ts";

/**
 * Whether the listeners and clusters of a proxy have unified names: where they are on request, the proxy has the feature
 * and its mesh is in mode Exclusive (pkg/core/naming/unified-naming@v2.14.3).
 */
export function hasUnifiedNames({ meshServices }: Mesh, { features = [] }: ProxyMetadata, profile: Profile): boolean {
  switch (profile.clusterNames) {
    case "numbered":
      return false;
    case "unified-on-request":
      return features.includes("feature-unified-resource-naming") && meshServices === "Exclusive";
    case "unified":
      return true;
  }
}
