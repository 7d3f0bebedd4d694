import { hash } from "./fingerprint.ts";

/** One of several parts into which the proxies of a bundle are split, so that jobs can share the work. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** Reads `i/n`, `i` from 0; `undefined` if it is no shard. */
export function parseShard(text: string): Shard | undefined {
  const [, index = Number.NaN, count = Number.NaN] = /^(\d{1,6})\/(\d{1,6})$/.exec(text)?.map(Number) ?? [];
  return index < count ? { index, count } : undefined;
}

/** Whether a proxy is in a shard. It depends on its mesh and name alone, so every job agrees. */
export function isInShard({ mesh, name }: { readonly mesh: string; readonly name: string }, shard: Shard): boolean {
  return hash(`${mesh}/${name}`) % shard.count === shard.index;
}
