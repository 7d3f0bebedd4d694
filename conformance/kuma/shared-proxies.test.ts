import fc from "fast-check";
import { expect, it } from "vitest";
import { ownShares, proxyShares } from "../../packages/compiler/src/cli/jobs/proxy-shares.ts";
import { withWorkers } from "../../packages/compiler/src/cli/jobs/pool.ts";
import { sharedProxies } from "../../packages/compiler/src/cli/jobs/shared-proxies.ts";
import { compileTarget } from "../../packages/compiler/src/cli/targets.ts";
import { compileStore } from "../../packages/compiler/src/compile.ts";
import type { WrittenProxy } from "../../packages/compiler/src/emit/text.ts";
import type { ControlPlane } from "../../packages/compiler/src/kuma/control-plane.ts";
import { readStore } from "../../packages/compiler/src/read-store.ts";
import { randomBundle, randomControlPlane } from "./random-bundle.ts";

const kuma = compileTarget({ kuma: "2.14" });
const layout = { isCompact: false };

const textOf = ({ pieces, ...proxy }: WrittenProxy): unknown => ({ ...proxy, text: pieces.join("") });

/**
 * The proxies of files, as one thread makes them, and as workers do.
 *
 * @param takesPart whether this thread makes some of them, too: all, if it is done before a worker has begun.
 */
async function bothWays(
  workers: number,
  takesPart: boolean,
  files: readonly string[],
  controlPlane: ControlPlane,
): Promise<readonly [shared: readonly unknown[], alone: readonly unknown[]]> {
  const sources = files.map((content, i) => ({ path: `${i}.yaml`, content }));
  const compiled = (wants?: () => boolean): Iterable<WrittenProxy> => {
    const { value: store } = readStore(sources, kuma, controlPlane);
    return compileStore(store, kuma, { controlPlane, ...(wants && { wants }) }).value.written(layout);
  };
  const alone = Array.from(compiled(), textOf);

  const shares = { ...proxyShares(workers), size: 1 };
  const own = ownShares(shares);
  const idle = { ...own, count: () => alone.length };
  const task = { kind: "compile", sources, kuma: kuma.name, controlPlane, explains: false, layout, wanted: {}, shares } as const; // prettier-ignore
  const shared: unknown[] = [];
  await withWorkers(
    Array.from({ length: workers }, () => task),
    async (crew) => {
      const all = takesPart
        ? sharedProxies(crew, shares, own, compiled(own.isNextOwn))
        : sharedProxies(crew, shares, idle, []);
      for await (const proxy of all) shared.push(textOf(proxy));
    },
  );
  return [shared, alone];
}

it.each([
  [1, true, 3],
  [1, false, 3],
  [2, false, 3],
  [7, true, 1],
  [7, false, 1],
])("%i workers make what one thread makes of random bundles (with it: %s)", async (workers, takesPart, numRuns) => {
  const isOfSome = ([files]: readonly [readonly string[], unknown]): boolean =>
    files.filter((file) => file.includes('"Dataplane"')).length > 2;
  const bundles = fc.tuple(randomBundle, randomControlPlane).filter(isOfSome);
  for (const [files, controlPlane] of fc.sample(bundles, { numRuns, seed: workers })) {
    const [shared, alone] = await bothWays(workers, takesPart, files, controlPlane as ControlPlane);
    expect(shared).toEqual(alone);
    expect(alone.length).toBeGreaterThan(0);
  }
});
