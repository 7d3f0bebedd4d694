import type { Path } from "@meshlog/compiler";

/** What an operator of Kuma becomes at a place of a policy, as far as the policy alone tells. */
export function kumaValueAt(
  name: string,
  at: Path,
  { mesh, zone }: { readonly mesh: string; readonly zone?: string | undefined },
): string | undefined {
  const isOutbound = at[1] === "to";
  switch (name) {
    case "KUMA_MESH":
      return mesh;
    case "KUMA_ZONE":
      return zone;
    case "KUMA_TRAFFIC_DIRECTION":
      return isOutbound ? "OUTBOUND" : "INBOUND";
    case "KUMA_SOURCE_SERVICE":
      return isOutbound ? undefined : "unknown";
    default:
      return undefined;
  }
}
