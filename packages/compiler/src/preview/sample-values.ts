import { kumaOperators } from "@meshlog/parser";

/** Which side of a proxy a format is for. */
export type Side = "inbound" | "outbound";

/** What Kuma's operators print in some mesh: sample values, by the side of the proxy. */
export function sampleKumaValues(side: Side): Readonly<Record<string, string>> {
  const samples = Object.fromEntries(Array.from(kumaOperators, ([name, { sample }]) => [name, sample]));
  // Kuma knows the source of nothing that comes in (meshaccesslog/plugin/v1alpha1/plugin.go:230@v2.14.3).
  const inbound = { KUMA_TRAFFIC_DIRECTION: "INBOUND", KUMA_SOURCE_SERVICE: "unknown" };
  return side === "inbound" ? { ...samples, ...inbound } : samples;
}

/** The side that an item of a policy is for, by its path: `spec.to[0]`, `spec.from[0]`, `spec.rules[0]`. */
export function sideOf(path: string): Side {
  return path.startsWith("spec.to") ? "outbound" : "inbound";
}
