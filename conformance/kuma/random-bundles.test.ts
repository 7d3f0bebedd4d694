import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import type { CompiledListener, CompiledPolicy, CompiledProxy } from "../../packages/compiler/src/emit/compiled.ts";
import type { ControlPlane } from "../../packages/compiler/src/kuma/control-plane.ts";
import { profile } from "../../packages/compiler/src/kuma/profile.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { type KumaRelease, kumaReleases } from "../../packages/parser/src/index.ts";
import { assertValid } from "../protobuf/validate.ts";
import { randomBundle, randomControlPlane } from "./random-bundle.ts";

/** More of them: `MESHLOG_RUNS=10000 MESHLOG_SEED=7`. */
const numRuns = Number(process.env["MESHLOG_RUNS"] ?? 300);
const seed = Number(process.env["MESHLOG_SEED"] ?? 20_240_101);

const seen = { policies: 0, proxies: 0, errors: 0, listeners: 0, loggers: 0, clusters: 0 };

it("whatever a bundle holds, in every release its proxies are sound, and the order of files changes nothing", () => {
  const release = fc.constantFrom(...kumaReleases);
  const property = fc.property(randomBundle, randomControlPlane, release, (files, controlPlane, kuma) => {
    const compiled = compiledOf(files, kuma, controlPlane as ControlPlane);
    seen.policies += compiled.policies.length;
    for (const proxy of compiled.proxies) checkProxy(proxy, compiled.policies, kuma);
    const text = JSON.stringify(compiled);
    expect(JSON.stringify(compiledOf(files.toReversed(), kuma, controlPlane as ControlPlane))).toBe(text);
  });
  fc.assert(property, { numRuns, seed });
  console.log(`${numRuns} bundles of seed ${seed}: ${Object.entries(seen).flat().join(" ")}`);
  // A run that makes nothing checks nothing.
  for (const [what, number] of Object.entries(seen)) expect(number, what).toBeGreaterThan(numRuns / 30);
}, 600_000);

interface Compiled {
  readonly policies: readonly CompiledPolicy[];
  readonly proxies: readonly CompiledProxy[];
}

/** Each document is a file, named by what it holds. */
function compiledOf(files: readonly string[], kuma: KumaRelease, controlPlane: ControlPlane): Compiled {
  const sources = files.map((content) => ({
    path: `${/"creationTime":"([^"]*)"/.exec(content)?.[1] ?? "mesh"}.yaml`,
    content,
  }));
  const { value } = compile(load(sources).value, kuma, { controlPlane, explains: true });
  return { policies: value.policies, proxies: [...value.proxies] };
}

function checkProxy(
  { error, listeners, clusters }: CompiledProxy,
  policies: readonly CompiledPolicy[],
  kuma: KumaRelease,
): void {
  seen.proxies++;
  if (error !== undefined) {
    seen.errors++;
    expect([...listeners, ...clusters]).toEqual([]);
    return;
  }
  seen.listeners += listeners.length;
  seen.loggers += listeners.reduce((sum, { accessLog }) => sum + accessLog.length, 0);
  seen.clusters += clusters.length;
  const names = listeners.flatMap(({ name, filter }) => (name === null ? [] : [`${name} ${filter}`]));
  expect(names).toEqual([...new Set(names)]);
  for (const listener of listeners) checkReasons(listener, policies);
  for (const { accessLog } of listeners)
    for (const one of accessLog) assertValid("envoy.config.accesslog.v3.AccessLog", one);
  for (const cluster of clusters) assertValid("envoy.config.cluster.v3.Cluster", cluster);

  const made = clusters.flatMap(({ name }) => name ?? []).sort();
  const used = new Set(JSON.stringify(listeners).match(/(?<="clusterName":")[^"]*/g));
  // From 2.11 on a collector has a cluster though no chain carries its logger.
  expect(profile(kuma).clusterNumbering === "carried" ? made : made.filter((name) => used.has(name))).toEqual(
    [...used].sort(),
  );
}

/** Reasons name policies and items that are there; what is logged has one. */
function checkReasons({ because = [], accessLog }: CompiledListener, policies: readonly CompiledPolicy[]): void {
  const places = because.flatMap(({ policy, item, overridden }) => [[policy, item] as const, ...overridden]);
  for (const [policy, item] of places) expect(policies[policy]?.items[item]).toBeDefined();
  if (accessLog.length > 0) expect(because).not.toEqual([]);
}
