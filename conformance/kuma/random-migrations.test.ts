import fc from "fast-check";
import { expect, it } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import { stableJson } from "../../packages/compiler/src/diff/stable-json.ts";
import type { ControlPlane } from "../../packages/compiler/src/kuma/control-plane.ts";
import { migrate } from "../../packages/compiler/src/migrate/migrate.ts";
import { type Bundle, load } from "../../packages/compiler/src/source/load.ts";
import { applyEdits } from "../../packages/compiler/src/migrate/text-edits.ts";
import { type KumaRelease, kumaReleases } from "../../packages/parser/src/index.ts";
import { randomBundle, randomControlPlane } from "./random-bundle.ts";

/** More of them: `MESHLOG_RUNS=10000 MESHLOG_SEED=7`. */
const numRuns = Number(process.env["MESHLOG_RUNS"] ?? 150);
const seed = Number(process.env["MESHLOG_SEED"] ?? 20_240_101);

/** `main` drops in silence what it no longer reads, so nothing can be compared with what is not migrated. */
const stable = kumaReleases.filter(({ line }) => line !== "main");

it("whatever a bundle holds, migrated it is accepted and logs as it does unmigrated, and there is nothing more to do", () => {
  const seen = { rewritten: 0, left: 0, proxies: 0 };
  const upgrade = fc
    .tuple(fc.nat(stable.length - 1), fc.nat(stable.length - 1))
    .map(([a, b]) => [stable[Math.min(a, b)], stable[Math.max(a, b)]] as const);
  const property = fc.property(randomBundle, randomControlPlane, upgrade, (files, known, [from, to]) => {
    if (from === undefined || to === undefined) return;
    const controlPlane = { ...(known as ControlPlane), metadata: {} };
    const { value: bundle } = load(files.map((content, i) => ({ path: `${String(i)}.yaml`, content })));
    const { value, diagnostics } = migrate(bundle, { from, to, controlPlane });
    seen.rewritten += [...value.rewritten.values()].reduce((sum, number) => sum + number, 0);
    seen.left += diagnostics.length;
    for (const { before, after, edits } of value.files) expect(applyEdits(before, edits)).toBe(after);

    const [old, now] = [sideOf(bundle, to, controlPlane), sideOf(value.bundle, to, controlPlane)];
    const repaired = [...now.accepted].filter((key) => !old.accepted.has(key));
    for (const key of old.accepted) expect(now.accepted).toContain(key);
    for (const [proxy, { logs, policies }] of now.proxies) {
      seen.proxies++;
      if (!policies.some((policy) => repaired.includes(policy) && !isHalf(policy, old.accepted))) {
        expect(logs, proxy).toBe(old.proxies.get(proxy)?.logs);
      }
    }
    const again = migrate(value.bundle, { from, to, controlPlane });
    expect([...again.value.rewritten]).toEqual([]);
  });
  fc.assert(property, { numRuns, seed });
  console.log(`${numRuns} bundles of seed ${seed}: ${Object.entries(seen).flat().join(" ")}`);
  for (const [what, number] of Object.entries(seen)) expect(number, what).toBeGreaterThan(numRuns / 30);
}, 600_000);

/** Whether a policy was split off from one that is accepted. */
function isHalf(policy: string, accepted: ReadonlySet<string>): boolean {
  return accepted.has(policy.replace(/-inbound(?:-\d+)?$/, ""));
}

interface Side {
  /** `mesh/name` of the policies that Kuma accepts. */
  readonly accepted: ReadonlySet<string>;
  readonly proxies: ReadonlyMap<string, { readonly logs: string; readonly policies: readonly string[] }>;
}

function sideOf(bundle: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): Side {
  const { value } = compile(bundle, kuma, { controlPlane });
  return {
    accepted: new Set(value.policies.map(({ mesh, name }) => `${mesh}/${name}`)),
    proxies: new Map(
      [...value.proxies].map(({ mesh, name, policies, error, listeners, clusters }) => [
        `${mesh}/${name}`,
        { logs: stableJson({ error, listeners, clusters }), policies: policies.map((policy) => `${mesh}/${policy}`) },
      ]),
    ),
  };
}
