import type { ProxyMetadata } from "../kuma/control-plane.ts";
import { fields } from "../source/fields.ts";
import type { Resource } from "../source/resources.ts";

/**
 * Whether unified resource names are asked for: the proxy has the feature, and its mesh is in mode Exclusive
 * (pkg/core/naming/unified-naming@v2.14.3). Before 2.12 nobody asks, on main they are always on.
 */
export function asksForUnifiedNames(mesh: Resource | undefined, { features = [] }: ProxyMetadata): boolean {
  const mode = fields(mesh?.spec).map("meshServices")?.string("mode");
  return features.includes("feature-unified-resource-naming") && mode === "Exclusive";
}
