import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { assertValid } from "../../../../conformance/protobuf/validate.ts";
import { unlinked } from "../../src/kuma/kuma-operators.ts";
import { clusterRegistry } from "../../src/lower/clusters.ts";
import { bodyTemplate, linkBody } from "../../src/lower/open-telemetry-body.ts";
import { collectorOf, openTelemetryDestination } from "../../src/lower/open-telemetry-destination.ts";
import { refusedCluster } from "../../src/lower/refused-cluster.ts";
import { readText, textReader } from "../../src/lower/text-reader.ts";
import { json } from "../source/read.ts";
import { profileOf } from "./release.ts";

interface Vectors {
  readonly bodies: readonly { readonly body: string; readonly results: readonly Answer[] }[];
  readonly endpoints: readonly { readonly endpoint: string; readonly results: readonly Answer[] }[];
}

interface Answer {
  readonly versions: readonly string[];
  readonly result: object | string;
}

/** What each Kuma itself makes of bodies and endpoints: conformance/kuma/README.md. */
const vectors = JSON.parse(
  readFileSync(new URL("../../../../conformance/kuma/otel-vectors.json", import.meta.url), "utf8"),
) as Vectors;

const byVersion = (results: readonly Answer[]) =>
  results.flatMap(({ versions, result }) => versions.map((version) => [version, result] as const));

const values = { ...unlinked, KUMA_MESH: "default" };

describe("an OpenTelemetry body becomes what Kuma makes of it", () => {
  const cases = vectors.bodies.flatMap(({ body, results }) =>
    byVersion(results).map(([version, result]) => [version, body, result] as const),
  );
  it.each(cases)("Kuma %s: %s", (version, body, expected) => {
    const profile = profileOf(version);
    const linked = linkBody(
      bodyTemplate(json(body), () => "default format", profile, textReader(readText(profile))),
      values,
    );
    expect(linked).toEqual(expected === "default format" ? { stringValue: "default format" } : expected);
    assertValid("opentelemetry.proto.common.v1.AnyValue", linked);
  });

  it("is the default format where the policy has none", () => {
    const profile = profileOf("2.14.3");
    expect(
      linkBody(
        bodyTemplate(undefined, () => "%DURATION%", profile, textReader(readText(profile))),
        values,
      ),
    ).toEqual({
      stringValue: "%DURATION%",
    });
  });
});

describe("an OpenTelemetry endpoint leads where Kuma leads it", () => {
  const cases = vectors.endpoints.flatMap(({ endpoint, results }) =>
    byVersion(results)
      .filter(([, result]) => !Object.hasOwn(result as object, "violations"))
      .map(([version, result]) => [version, endpoint, result] as const),
  );
  it.each(cases)("Kuma %s: %j", (version, endpoint, expected) => {
    const profile = profileOf(version);
    const registry = clusterRegistry({ isIpv6: false, hasUnifiedNames: false, profile });
    const collector = collectorOf(openTelemetryDestination({ endpoint }, profile), { backends: [] });
    if (collector !== undefined) registry.nameOf(collector);
    const [cluster = {}] = registry.clusters();
    assertValid("envoy.config.cluster.v3.Cluster", cluster);
    const error = refusedCluster([cluster]);
    const socket = cluster.loadAssignment?.endpoints?.[0]?.lbEndpoints?.[0]?.endpoint?.address?.socketAddress;
    // The vectors have the first 200 characters of an error; the worlds have whole ones.
    const outcome = error === undefined ? { ...socket, type: cluster.type } : { error: error.slice(0, 200) };
    expect(outcome).toEqual(expected);
  });
});
