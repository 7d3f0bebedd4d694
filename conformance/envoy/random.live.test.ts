import { expect, test } from "vitest";
import { envoyVersions } from "../live/envoy.ts";
import { compareRandom } from "./compare-random.ts";

/** Fresh formats each time, unless a seed is given; what fails says with which seed it fails again. */
const seed = Number(process.env["MESHLOG_SEED"] ?? Date.now() % 1_000_000_007);
const count = Number(process.env["MESHLOG_FORMATS"] ?? 300);

test.each(envoyVersions)(`Envoy %s says what we say of ${count} random formats, seed ${seed}`, async (version) => {
  expect(await compareRandom(version, seed, count)).toEqual([]);
});
