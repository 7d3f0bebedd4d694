import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AccessLog, Cluster } from "../../packages/compiler/src/envoy/messages.ts";
import type { ControlPlane } from "../../packages/compiler/src/kuma/control-plane.ts";

/** A random small mesh, and what Kuma's own code makes of it. README.md tells the fields. */
export interface World {
  readonly id: string;
  readonly world: string;
  readonly metadata: NonNullable<ControlPlane["metadata"]> &
    Readonly<Record<string, { readonly features?: readonly string[]; readonly dynamicMetadata?: object }>>;
  readonly settings?: object;
  /** By the name of a policy that Kuma refused. */
  readonly violations?: object;
  readonly expected: Readonly<Record<string, ExpectedProxy>>;
  readonly nondeterministic?: readonly string[];
}

export interface ExpectedProxy {
  /** Kuma failed to generate it. */
  readonly error?: string;
  readonly outbounds?: readonly {
    readonly address: string;
    readonly port: number;
    readonly tags?: Readonly<Record<string, string>>;
  }[];
  readonly listeners: Readonly<Record<string, ExpectedListener>>;
  readonly clusters: Readonly<Record<string, Cluster>>;
}

export interface ExpectedListener {
  readonly origin: string;
  /** Set for a listener of a real resource. */
  readonly resource?: string;
  readonly filterChains: readonly {
    readonly filters: readonly { readonly type: "hcm" | "tcp_proxy"; readonly accessLog?: readonly AccessLog[] }[];
  }[];
}

/** The worlds that were recorded of a version. */
export function readWorlds(version: string, folder: string = join(import.meta.dirname, "worlds")): readonly World[] {
  const file = join(folder, `${version}.jsonl.gz`);
  const lines = gunzipSync(readFileSync(file)).toString("utf8").split("\n");
  // The oldest lines have no metadata at all.
  return lines
    .filter((line) => line !== "")
    .map((line) => ({ metadata: {}, ...(JSON.parse(line) as Omit<World, "metadata"> & Partial<World>) }));
}
