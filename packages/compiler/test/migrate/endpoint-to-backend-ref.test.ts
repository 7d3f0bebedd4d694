import { describe, expect, it } from "vitest";
import { migrated, policy } from "./migrated.ts";

/** A policy with one OpenTelemetry backend. */
const logger = (fields: string, name = "a"): string =>
  policy(
    `rules:\n  - default:\n      backends:\n        - type: OpenTelemetry\n          openTelemetry:${fields}\n`,
    name,
  );

const backend = (name: string, address: string, port: number): string =>
  `type: MeshOpenTelemetryBackend\nmesh: default\nname: ${name}\nlabels:\n  kuma.io/display-name: ${name}\nspec:\n  endpoint:\n    address: ${address}\n    port: ${port}\n  protocol: grpc\n  env:\n    mode: Disabled\n`;

const reference = (name: string): string =>
  `backendRef:\n              kind: MeshOpenTelemetryBackend\n              labels:\n                kuma.io/display-name: ${name}`;

describe("`endpoint` becomes a `backendRef`", () => {
  it("to a MeshOpenTelemetryBackend that is written beside", () => {
    const indent = "\n            ";
    expect(
      migrated(
        logger(
          `${indent}# the collector\n            endpoint: "logs.internal:4318" # by gRPC\n            attributes: []`,
        ),
      ),
    ).toEqual({
      text: `${logger(`${indent}# the collector${indent}${reference("otel-logs-internal-4318")} # by gRPC\n            attributes: []`)}---\n${backend("otel-logs-internal-4318", "logs.internal", 4318)}`,
      said: [],
    });
  });

  it("in flow style and in JSON", () => {
    expect(migrated(logger(" {endpoint: otel}")).text).toBe(
      `${logger(" {backendRef: {kind: MeshOpenTelemetryBackend, labels: {kuma.io/display-name: otel-4317}}}")}---\n${backend("otel-4317", "otel", 4317)}`,
    );
    expect(migrated(logger(' {"endpoint": "otel"}')).text).toContain(
      '{"backendRef":{"kind":"MeshOpenTelemetryBackend","labels":{"kuma.io/display-name":"otel-4317"}}}',
    );
  });

  it("to one for all that send to the same collector", () => {
    const { text, said } = migrated(
      [logger(" {endpoint: otel}"), logger(' {endpoint: "otel:4317"}', "b")].join("---\n"),
    );
    expect(said).toEqual([]);
    expect(text.match(/type: MeshOpenTelemetryBackend/g)).toHaveLength(1);
    expect(text.match(/kuma.io\/display-name: otel-4317}/g)).toHaveLength(2);
  });

  it("to one that is there", () => {
    const there = backend("mine", "otel", 4317);
    expect(migrated(`${logger(" {endpoint: otel}")}---\n${there}`)).toEqual({
      text: `${logger(" {backendRef: {kind: MeshOpenTelemetryBackend, labels: {kuma.io/display-name: mine}}}")}---\n${there}`,
      said: [],
    });
  });

  it.each([
    ["speaks HTTP", backend("otel-4317", "otel", 4317).replace("grpc", "http")],
    ["is of another mesh", backend("mine", "otel", 4317).replace("default", "other")],
    ["has no label", backend("mine", "otel", 4317).replace(/labels:\n.*\n/, "")],
  ])("to another than one that %s", (_, there) => {
    const { text, said } = migrated(`${logger(" {endpoint: otel}")}---\n${there}`);
    expect(said).toEqual([]);
    expect(text.match(/type: MeshOpenTelemetryBackend/g)).toHaveLength(2);
  });

  it("in the system namespace of Kubernetes", () => {
    const object = `apiVersion: kuma.io/v1alpha1\nkind: MeshAccessLog\nmetadata: {name: a, namespace: kuma, labels: {kuma.io/mesh: m}}\nspec: {rules: [{default: {backends: [{type: OpenTelemetry, openTelemetry: {endpoint: "[fd00::1]:4317"}}]}}]}\n`;
    expect(migrated(object, { controlPlane: { systemNamespace: "kuma" } }).text).toContain(
      `---\napiVersion: kuma.io/v1alpha1\nkind: MeshOpenTelemetryBackend\nmetadata:\n  name: otel-fd00-1-4317\n  namespace: kuma\n  labels:\n    kuma.io/mesh: m\n    kuma.io/display-name: otel-fd00-1-4317\nspec:\n  endpoint:\n    address: fd00::1\n    port: 4317\n`,
    );
  });
});

describe("`endpoint` stays", () => {
  it.each([
    ["where no MeshOpenTelemetryBackend can have it", " {endpoint: 'a..b:4317'}", "migrate/endpoint: 'a..b:4317'"],
    [
      "beside a `backendRef`",
      " {endpoint: otel, backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}}",
      undefined,
    ],
    ["where it is empty", " {endpoint: ''}", undefined],
  ])("%s", (_, fields, said) => {
    expect(migrated(logger(fields))).toEqual({
      text: logger(fields),
      said: said === undefined ? [] : [`warning ${said}`],
    });
  });

  it("up to the release that calls it deprecated", () => {
    expect(migrated(logger(" {endpoint: otel}"), { to: "2.14.0" }).text).toBe(logger(" {endpoint: otel}"));
  });
});
