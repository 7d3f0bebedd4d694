/**
 * Random bundles with resources broken in random ways, and what a control plane knows as well, through `check` and
 * `compile`: nothing may throw, point outside of its file, or reach the prototype of all objects; and what comes out is
 * the same whatever the order of the files.
 *
 *     node --conditions=@meshlog/source conformance/fuzz-resources.ts [SEED] [COUNT]
 *
 * makes at least COUNT resources and prints the figures in its last line; a bundle that fails is printed with its number
 * and can be had again by the seed.
 */
import fc from "fast-check";
import { check } from "../packages/compiler/src/check.ts";
import { compile } from "../packages/compiler/src/compile.ts";
import { readControlPlane } from "../packages/compiler/src/documents/control-plane.ts";
import { load } from "../packages/compiler/src/source/load.ts";
import type { SourceFile } from "../packages/compiler/src/source/source-file.ts";
import { kumaReleases, target, type KumaRelease, type Target } from "../packages/parser/src/index.ts";
import { randomBundle, randomControlPlane } from "./kuma/random-bundle.ts";
import { mutate } from "./mutate.ts";
import { pickFrom, randomNumbers } from "./random.ts";

/** What a run found. */
export interface ResourceFigures {
  readonly resources: number;
  readonly bundles: number;
  readonly diagnostics: number;
  readonly proxies: number;
  readonly failures: readonly string[];
}

const judged = target("kuma 2.5,2.12,2.14").value;

/** Makes at least `count` resources of a seed, in bundles of up to 25. */
export function fuzzResources(seed: number, count: number): ResourceFigures {
  if (judged === undefined) throw new Error("no such releases");
  const random = randomNumbers(seed);
  const failures: string[] = [];
  let [resources, bundles, diagnostics, proxies] = [0, 0, 0, 0];
  for (const [documents, controlPlane] of samples(seed)) {
    const files = documents.map((text, i) => ({ path: `${i}.yaml`, content: broken(text, random) }));
    const known = { path: "control-plane.yaml", content: broken(JSON.stringify(controlPlane), random) };
    const kuma = pickFrom(kumaReleases, random);
    try {
      const run = runOf(files, known, judged, kuma);
      if (run.text !== runOf(files.toReversed(), known, judged, kuma).text)
        throw new Error("the order of files matters");
      if (run.isOutside) throw new Error("a diagnostic is outside of its file");
      if (Object.keys(Object.prototype).length > 0) throw new Error("the prototype of all objects has changed");
      diagnostics += run.diagnostics;
      proxies += run.proxies;
    } catch (error) {
      failures.push(`bundle ${bundles} for ${kuma.name}: ${String(error)} ${JSON.stringify({ files, known })}`);
    }
    bundles++;
    resources += documents.length;
    if (resources >= count) break;
  }
  return { resources, bundles, diagnostics, proxies, failures };
}

/** Sound bundles without end. */
function* samples(seed: number): Generator<readonly [bundle: readonly string[], controlPlane: unknown]> {
  for (let batch = 0; ; batch++) {
    yield* fc.sample(fc.tuple(randomBundle, randomControlPlane), { seed: seed + batch, numRuns: 100 });
  }
}

/** A document of JSON, with things changed in it; now and then what is not JSON any more. */
function broken(text: string, random: () => number): string {
  let value: unknown = JSON.parse(text);
  for (let i = Math.floor(random() * 3); i > 0; i--) value = mutate(value, random);
  const written = JSON.stringify(value);
  if (random() > 0.05) return written;
  const at = Math.floor(random() * written.length);
  return written.slice(0, at) + pickFrom(["", "\n", "}", "]", "*a", "&a ", ": ", "---\n", "\t", "!!binary "], random);
}

interface Run {
  /** All that came out. */
  readonly text: string;
  readonly isOutside: boolean;
  readonly diagnostics: number;
  readonly proxies: number;
}

function runOf(files: readonly SourceFile[], known: SourceFile, releases: Target, kuma: KumaRelease): Run {
  const loaded = load(files);
  const { value: controlPlane = {} } = readControlPlane(known);
  const checked = check(loaded.value, releases, controlPlane);
  const { value, diagnostics } = compile(loaded.value, kuma, { explains: true, controlPlane });
  const proxies = [...value.proxies];
  const found = [...loaded.diagnostics, ...checked.diagnostics, ...diagnostics];
  const lengths = new Map(loaded.value.files.map(({ path, text }) => [path, text.length]));
  const isOutside = found.some(
    ({ file, start, end }) => !(start >= 0 && start <= end && end <= (lengths.get(file) ?? 0)),
  );
  // Diagnostics of a file come in the order of its text; those of several in the order in which these are given.
  const said = found.map((one) => JSON.stringify(one)).sort();
  return {
    text: JSON.stringify({ header: value.header, policies: value.policies, proxies, said }),
    isOutside,
    diagnostics: found.length,
    proxies: proxies.length,
  };
}

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const { resources, bundles, diagnostics, proxies, failures } = fuzzResources(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  console.log(
    `seed ${seed}: ${resources} resources in ${bundles} bundles, ${diagnostics} diagnostics, ${proxies} proxies, ${failures.length} failures`,
  );
  process.exitCode = failures.length > 0 ? 1 : 0;
}
