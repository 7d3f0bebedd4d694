import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The Envoys that the live suites use: those of Kuma's newest lines, and the newest of all. Oldest first. */
export const envoyVersions = ["1.36.4", "1.37.0", "1.38.2", "1.39.0", "1.39.3", "1.40.0"] as const;

/**
 * The folder that holds one folder per Envoy version. `MESHLOG_ENVOY_CACHE` names another one, so that clean clones
 * on one machine can share it.
 */
export function envoyFolder(): string {
  const shared = process.env["MESHLOG_ENVOY_CACHE"];
  const repository = resolve(import.meta.dirname, "../..");
  return shared === undefined || shared === "" ? join(repository, ".envoy") : resolve(shared);
}

/** Where the binary of an Envoy version is, or would be. */
export function envoyPath(version: string): string {
  return join(envoyFolder(), version, "envoy");
}

/** The binary of an Envoy version, or undefined if `pnpm envoy` has not installed it. */
export function findEnvoy(version: string): string | undefined {
  const path = envoyPath(version);
  return existsSync(path) ? path : undefined;
}

/** As {@link findEnvoy}; an Envoy that is not there is an error that says how to get it. */
export function requireEnvoy(version: string): string {
  const path = findEnvoy(version);
  if (path === undefined) throw new Error(`Envoy ${version} is not installed. Run \`pnpm envoy ${version}\` first.`);
  return path;
}
