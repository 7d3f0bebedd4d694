import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { target } from "../../packages/parser/src/index.ts";
import { check } from "../../packages/compiler/src/check.ts";
import { load } from "../../packages/compiler/src/source/load.ts";

/** The policies of a recorded world in which Kuma could not generate some proxies, and why. */
interface Recorded {
  readonly kuma: string;
  readonly policies: string;
  readonly errors: readonly string[];
}

const recorded = gunzipSync(readFileSync(new URL("generation-errors.jsonl.gz", import.meta.url)))
  .toString("utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => JSON.parse(line) as Recorded);

describe("what Kuma logs when it cannot generate a proxy is foretold word for word", () => {
  it.each([...Map.groupBy(recorded, ({ kuma }) => kuma)])("in %s", (version, worlds) => {
    for (const { policies, errors } of worlds) {
      const foretold = messagesOf(policies, version);
      for (const error of errors) expect(foretold, policies).toContain(ofAnyProxy(error));
    }
    console.log(`${version}: ${worlds.flatMap(({ errors }) => errors).length} errors`);
  });
});

function messagesOf(content: string, version: string): readonly string[] {
  const { value: kuma } = target({ kuma: version });
  if (kuma === undefined) throw new Error(`there is no Kuma ${version}`);
  const { value: bundle } = load([{ path: "policies.yaml", content }]);
  return check(bundle, kuma).diagnostics.flatMap(({ controlPlane }) => controlPlane?.message ?? []);
}

/** Which generator it is, and the number of the cluster, depends on the proxy and on its other policies. */
function ofAnyProxy(error: string): string {
  return error.replace("gateway-proxy", "default-proxy").replace(/opentelemetry:\d+/, "opentelemetry:0");
}
