import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { target } from "../../packages/parser/src/index.ts";
import { check } from "../../packages/compiler/src/check.ts";
import type { Violation } from "../../packages/compiler/src/diagnostics.ts";
import { load } from "../../packages/compiler/src/source/load.ts";

/** A policy out of a recorded world, and what Kuma's own code says of it; nothing, if it accepts it. */
interface Recorded {
  readonly kuma: string;
  readonly policy: string;
  readonly violations: readonly Violation[];
}

const recorded = gunzipSync(readFileSync(new URL("violations.jsonl.gz", import.meta.url)))
  .toString("utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Recorded);

const byVersion = Map.groupBy(recorded, ({ kuma }) => kuma);

describe("policies get the violations that Kuma itself gives", () => {
  it.each([...byVersion])("in %s", (version, policies) => {
    const { value: kuma } = target({ kuma: version });
    if (kuma === undefined) throw new Error(`there is no Kuma ${version}`);
    for (const { policy, violations } of policies) {
      expect(violationsOf(policy, kuma), policy).toEqual(violations.map(withoutDecoderText));
    }
    console.log(`${version}: ${policies.length} policies, ${policies.filter(isRefused).length} of them refused`);
  });

  it("and there are refused ones of every recorded line", () => {
    expect([...byVersion].filter(([, policies]) => !policies.some(isRefused))).toEqual([]);
  });
});

function violationsOf(policy: string, kuma: NonNullable<ReturnType<typeof target>["value"]>): readonly Violation[] {
  const { value: bundle } = load([{ path: "policy.yaml", content: policy }]);
  return check(bundle, kuma)
    .diagnostics.filter(({ severity }) => severity === "error")
    .flatMap(({ kuma: violation }) => violation ?? [])
    .map(withoutDecoderText);
}

/** Which of several errors Go's decoder names first depends on how the JSON was made. */
function withoutDecoderText({ field, message }: Violation): Violation {
  return { field, message: message.startsWith("error: ") ? "error: …" : message };
}

function isRefused({ violations }: Recorded): boolean {
  return violations.length > 0;
}
