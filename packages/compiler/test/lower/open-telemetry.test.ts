import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { unlinked } from "../../src/kuma/kuma-operators.ts";
import { anyValueJson, bodyTemplate } from "../../src/lower/any-value.ts";
import { endpoint, isIpAddress } from "../../src/lower/open-telemetry-endpoint.ts";

interface Vectors {
  readonly bodies: readonly { readonly body: string; readonly results: readonly Answer[] }[];
  readonly endpoints: readonly { readonly endpoint: string; readonly results: readonly Answer[] }[];
}

interface Answer {
  readonly versions: readonly string[];
  readonly result: unknown;
}

/** What Kuma 2.14.3 itself makes of bodies and endpoints: conformance/kuma/README.md. */
const vectors = JSON.parse(
  readFileSync(new URL("../../../../conformance/kuma/otel-vectors.json", import.meta.url), "utf8"),
) as Vectors;

const answer = (results: readonly Answer[]): unknown =>
  results.find(({ versions }) => versions.includes("2.14.3"))?.result;

describe("an OpenTelemetry body becomes what Kuma makes of it", () => {
  const cases = vectors.bodies.map(({ body, results }) => [body, answer(results)] as const);
  it.each(cases)("%s", (body, expected) => {
    const json = anyValueJson(bodyTemplate(JSON.parse(body), "default format"), { ...unlinked, KUMA_MESH: "default" });
    expect(json).toEqual(expected === "default format" ? { stringValue: "default format" } : expected);
  });

  it("is the default format where the policy has none", () => {
    expect(anyValueJson(bodyTemplate(undefined, "%DURATION%"), unlinked)).toEqual({ stringValue: "%DURATION%" });
  });
});

describe("an OpenTelemetry endpoint leads where Kuma leads it", () => {
  const cases = vectors.endpoints
    .map(({ endpoint: text, results }) => [text, answer(results)] as const)
    .filter(([, expected]) => expected !== undefined && !Object.hasOwn(expected as object, "violations"));
  it.each(cases)("%j", (text, expected) => {
    const { address, port } = endpoint(text);
    expect({ address, portValue: port, type: isIpAddress(address) ? "STATIC" : "STRICT_DNS" }).toEqual(expected);
  });
});
