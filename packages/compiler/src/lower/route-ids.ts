import type { Profile } from "../kuma/profile.ts";

/** What the name of a route says. */
export interface RouteIds {
  /** The identifier by which its loggers know it. */
  readonly id: string;
  /** The identifiers under which a policy may name it, the one that goes first first. */
  readonly candidates: readonly string[];
}

/**
 * Reads the name of a route that a MeshHTTPRoute made; `undefined` if it is of another make. Reading loses a separator:
 * `kri_mhttpr_default___r_rule_0` has the identifier `kri_mhttpr_default___r_rule0` (pkg/core/kri/kri.go:95@v2.14.3).
 */
export function routeIds(name: string, { routeLoggers, routeNames }: Profile): RouteIds | undefined {
  const parts = name.split("_");
  const fits = routeNames === "seven-parts" ? parts.length === 7 : parts.length >= 7;
  if (!fits || parts[0] !== "kri") return undefined;
  const resource = parts.slice(0, 6).join("_");
  const whole = `${resource}_`;
  const id = `${whole}${parts.slice(6).join("")}`;
  switch (routeLoggers) {
    case "none":
      return { id, candidates: [] };
    case "exact":
      return { id, candidates: [id] };
    case "exact-or-whole":
      return { id, candidates: id === whole ? [id] : [id, whole] };
  }
}
