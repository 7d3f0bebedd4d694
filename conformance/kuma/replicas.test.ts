import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import type { ControlPlane } from "../../packages/compiler/src/kuma/control-plane.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { kumaReleases } from "../../packages/parser/src/index.ts";
import { randomBundle, randomControlPlane } from "./random-bundle.ts";

/** More of them: `MESHLOG_RUNS=10000 MESHLOG_SEED=7`. */
const numRuns = Number(process.env["MESHLOG_RUNS"] ?? 100);
const seed = Number(process.env["MESHLOG_SEED"] ?? 20_240_101);

/** What is a replica's own. */
interface Own {
  readonly name: string;
  readonly address: string;
}

interface Dataplane {
  readonly type: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly networking: { readonly address: string };
}

/**
 * Replicas by the order of their names: ordinary ones, of which the text is made that others are written with, and then
 * those whose name or address is one that other resources of the bundle may say, or that no text can simply hold.
 */
const replicas = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom("a", "b", "c", "n", "x".repeat(90), "Ünïcode", "y%KUMA_MESH%", "z\x7fn\x7f"), {
      minLength: 4,
    }),
    fc.array(fc.constantFrom("10.0.0.1", "10.0.0.2", "127.0.0.1", "241.0.0.1", "241.0.0.2", "fd00::1", "a", "n")),
  )
  .map(([names, addresses]): readonly Own[] => [
    ...["0", "1", "2", "3", "4"].map((name) => ({ name, address: `10.1.0.${name}` })),
    ...names.map((name, i) => ({ name, address: addresses[i] ?? `10.1.1.${i}` })),
  ]);

it("what is written of a replica is what the pipeline makes of it, whatever it is called", () => {
  const release = fc.constantFrom(...kumaReleases);
  const bundle = fc.tuple(randomBundle, replicas, fc.boolean()).map(([files, own, isNamed]) =>
    files.flatMap((file) => {
      const one = JSON.parse(file) as Dataplane;
      return one.type === "Dataplane" ? own.map((replica) => JSON.stringify(replicaOf(one, replica, isNamed))) : [file];
    }),
  );
  let proxies = 0;
  const property = fc.property(bundle, randomControlPlane, release, (files, controlPlane, kuma) => {
    const { value: bundle } = load(files.map((content, i) => ({ path: `${i}.yaml`, content })));
    const { value } = compile(bundle, kuma, { controlPlane: controlPlane as ControlPlane, explains: true });
    const expected = Array.from(value.proxies, (proxy) => JSON.stringify(proxy));
    expect(Array.from(value.written({ isCompact: true }), ({ pieces }) => pieces.join(""))).toEqual(expected);
    proxies += expected.length;
  });
  fc.assert(property, { numRuns, seed });
  expect(proxies).toBeGreaterThan(numRuns * 10);
}, 600_000);

/** Ordinary replicas are called differently in each workload; the others keep the names that something may say. */
function replicaOf(one: Dataplane, { name, address }: Own, isNamed: boolean): Dataplane {
  return {
    ...one,
    name: /^\d$/.test(name) ? `${name}-${one.name}` : name,
    labels: { ...one.labels, ...(isNamed ? { "kuma.io/display-name": name } : {}) },
    networking: { ...one.networking, address },
  };
}
