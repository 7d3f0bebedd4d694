import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AccessLog, Cluster, Metadata } from "../../packages/compiler/src/envoy/messages.ts";
import type { AllocatedOutbound, ControlPlane } from "../../packages/compiler/src/kuma/control-plane.ts";

/** A random small mesh, and what Kuma's own code makes of it. README.md tells the fields. */
export interface World extends Pick<ControlPlane, "settings" | "metadata"> {
  readonly id: string;
  readonly zone: string;
  readonly world: string;
  /** By the name of a policy that Kuma refused. */
  readonly violations?: object;
  readonly expected: Readonly<Record<string, ExpectedProxy>>;
  readonly nondeterministic?: readonly string[];
}

export interface ExpectedProxy {
  /** Kuma failed to generate it. */
  readonly error?: string;
  readonly outbounds?: readonly AllocatedOutbound[];
  readonly listeners: Readonly<Record<string, ExpectedListener>>;
  readonly clusters: Readonly<Record<string, Cluster>>;
}

export interface ExpectedListener {
  readonly origin: string;
  /** Set for a listener of a real resource. */
  readonly resource?: string;
  readonly filterChains: readonly { readonly filters: readonly ExpectedFilter[] }[];
  readonly routes?: readonly { readonly name: string; readonly metadata?: Metadata }[];
}

export interface ExpectedFilter {
  readonly type: "hcm" | "tcp_proxy";
  readonly accessLog?: readonly AccessLog[];
  readonly accessLogOptions?: object;
  /** As JSON text. */
  readonly lua?: readonly string[];
}

const folder = join(import.meta.dirname, "worlds");

/** The versions of Kuma that worlds were recorded of. */
export const versions: readonly string[] = readdirSync(folder).map((file) => file.replace(/\.jsonl\.gz$/, ""));

/** The worlds that were recorded of a version. */
export function readWorlds(version: string): readonly World[] {
  const lines = gunzipSync(readFileSync(join(folder, `${version}.jsonl.gz`)))
    .toString("utf8")
    .split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as World);
}
