import { isInShard, parseShard } from "../emit/shard.ts";
import type { Resource } from "../source/resources.ts";
import { UsageError } from "./exit-code.ts";

/** The options that say which proxies are wanted; by default all. */
export interface ProxyOptions {
  readonly mesh?: string;
  readonly dataplane?: string;
  readonly shard?: string;
}

type Wanted = (proxy: { readonly mesh: string; readonly name: string }) => boolean;

/** Which proxies the options ask for, as far as they are {@link refuseUnknownProxies in order}. */
export function isWanted({ mesh, dataplane, shard: shardText }: ProxyOptions): Wanted {
  const shard = shardText === undefined ? undefined : parseShard(shardText);
  return (proxy) =>
    (mesh === undefined || proxy.mesh === mesh) &&
    (dataplane === undefined || proxy.name === dataplane) &&
    (shard === undefined || isInShard(proxy, shard));
}

/**
 * Refuses options that no proxy can fit, or by mistake more than one.
 *
 * @throws UsageError
 */
export function refuseUnknownProxies(options: ProxyOptions, dataplanes: readonly Resource[]): void {
  const { mesh, dataplane, shard } = options;
  if (shard !== undefined && parseShard(shard) === undefined) {
    throw new UsageError(`--shard takes i/n with i from 0 and below n, such as 0/4, not "${shard}".`);
  }
  if (mesh !== undefined && dataplanes.length > 0 && !dataplanes.some((found) => found.mesh === mesh)) {
    throw new UsageError(`There is no Dataplane of the mesh "${mesh}" in these files.`);
  }
  if (dataplane === undefined) return;
  const isNamed = isWanted({ dataplane, ...(mesh !== undefined && { mesh }) });
  const meshes = [...new Set(dataplanes.filter(isNamed).map((found) => found.mesh))];
  if (meshes.length === 0) throw new UsageError(`There is no Dataplane "${dataplane}" in these files.`);
  if (meshes.length > 1) {
    throw new UsageError(
      `There is a Dataplane "${dataplane}" in the meshes ${meshes.join(" and ")}; name one with --mesh.`,
    );
  }
}
