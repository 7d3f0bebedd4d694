import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FieldChange, ListenerChange, LoggerChange, ProxyChange } from "../../src/diff/changes.ts";
import { diff } from "../../src/diff/diff.ts";
import { stableJson } from "../../src/diff/stable-json.ts";
import { compiled, file, mesh, policy, sidecar } from "./bundles.ts";

function changes(
  before: readonly string[],
  after: readonly string[],
  kuma?: string,
  to = kuma,
): readonly ProxyChange[] {
  return [...diff(compiled(before, kuma), compiled(after, to)).proxies];
}

/** What changed of loggers, in one line each. */
function said({ loggers }: ListenerChange): readonly string[] {
  return loggers.map((one) =>
    one.change === "changed" ? one.fields.map(({ path }) => path).join(" ") : `${one.change} ${pathOf(one)}`,
  );
}

function pathOf({ accessLog }: Exclude<LoggerChange, { readonly change: "changed" }>): string {
  return (accessLog.typedConfig as { readonly path?: string } | undefined)?.path ?? "";
}

describe("a change of the loggers of a listener", () => {
  const format = "typedConfig.logFormat.textFormatSource.inlineString";
  it.each([
    ["a format", [file("a")], [file("b")], [format]],
    ["a path", [file("a", "/x")], [file("a", "/y")], ["typedConfig.path"]],
    ["a backend more", [file("a", "/x")], [file("a", "/x"), file("a", "/y")], ["added /y"]],
    [
      "a backend less, and another format",
      [file("a", "/x"), file("a", "/y")],
      [file("b", "/y")],
      ["removed /x", format],
    ],
    ["none any more", [file("a")], [], ["removed /log"]],
  ])("is %s", (_, before, after, expected) => {
    const world = [mesh, sidecar("web")];
    const [proxy, another] = changes(
      [...world, policy("p", "rules", ...before)],
      [...world, policy("p", "rules", ...after)],
    );
    expect(another).toBeUndefined();
    expect(proxy).toMatchObject({ change: "changed", mesh: "default", name: "web", clusters: [] });
    expect(proxy?.listeners).toHaveLength(1);
    expect(proxy?.listeners[0]).toMatchObject({ name: "inbound:10.0.0.1:80", context: "inbound", isReordered: false });
    expect(proxy?.listeners.flatMap(said)).toEqual(expected);
  });

  it("is another order", () => {
    const world = [mesh, sidecar("web")];
    const [proxy] = changes(
      [...world, policy("p", "rules", file("a", "/x"), file("b", "/y"))],
      [...world, policy("p", "rules", file("b", "/y"), file("a", "/x"))],
    );
    expect(proxy?.listeners).toMatchObject([{ loggers: [], isReordered: true }]);
  });

  it("names the items that it comes from", () => {
    const world = [mesh, sidecar("web")];
    const [proxy] = changes([...world, policy("a", "rules", file("a"))], [...world, policy("b", "rules", file("b"))]);
    expect(proxy?.policies).toEqual({ before: ["a"], after: ["b"] });
    expect(proxy?.listeners[0]?.because).toEqual({
      before: [{ policy: "a", file: "2.yaml", path: "spec.rules[0]" }],
      after: [{ policy: "b", file: "2.yaml", path: "spec.rules[0]" }],
    });
  });
});

describe("a change of a proxy", () => {
  const logging = policy("p", "rules", file("%KUMA_MESH%"));
  it.each([
    ["a new one", [mesh], [mesh, sidecar("web")], [{ change: "added", name: "web" }]],
    ["one less", [mesh, sidecar("a"), sidecar("b")], [mesh, sidecar("b")], [{ change: "removed", name: "a" }]],
    [
      "another address: the same listener by another name",
      [mesh, sidecar("a")],
      [mesh, sidecar("a", { address: "10.0.0.2" })],
      [{ listeners: [{ fields: [{ path: "name", before: "inbound:10.0.0.1:80", after: "inbound:10.0.0.2:80" }] }] }],
    ],
    [
      "another protocol: another filter",
      [mesh, logging, sidecar("a")],
      [mesh, logging, sidecar("a", { protocol: "tcp" })],
      [{ listeners: [{ change: "changed", loggers: [], fields: [{ path: "protocol" }, { path: "filter" }] }] }],
    ],
    [
      "a new listener that logs nothing",
      [mesh, sidecar("a")],
      [mesh, sidecar("a", { outbound: "b" })],
      [{ listeners: [{ change: "added", context: "outbound", resource: "b", loggers: [] }] }],
    ],
    [
      "its labels, which are no part of what it logs",
      [mesh, sidecar("a")],
      [mesh, `${sidecar("a")}labels: {x: y}\n`],
      [],
    ],
  ])("is %s", (_, before, after, expected) => {
    const found = changes(before, after);
    expect(found).toMatchObject(expected);
    expect(found).toHaveLength(expected.length);
  });

  it("is an error of Kuma's, and no listener is said to be gone", () => {
    const world = [mesh, sidecar("web")];
    const found = changes(
      [...world, policy("p", "from", file("x"))],
      [...world, policy("p", "from", file("%START_TIME"))],
      "2.5.11",
    );
    expect(found).toMatchObject([
      { change: "changed", error: { after: expect.any(String) as string }, listeners: [], clusters: [] },
    ]);
  });

  it("is the cluster of a collector, and what a newer release makes of it", () => {
    const collector = JSON.stringify({ type: "OpenTelemetry", openTelemetry: { endpoint: "otel:4317" } });
    const world = [mesh, sidecar("web")];
    const logged = [...world, policy("p", "rules", collector)];
    expect(changes(world, logged)).toMatchObject([
      { clusters: [{ change: "added", name: "meshaccesslog:opentelemetry:0" }] },
    ]);
    const [proxy] = changes(logged, logged, "2.13.10", "2.14.3");
    expect(proxy?.listeners.flatMap(said)).toEqual([expect.stringContaining("typedConfig.commonConfig")]);
  });
});

describe("a change of a policy", () => {
  it("is known without any proxy", () => {
    const before = compiled([policy("p", "rules", file("a")), policy("gone", "rules", file("a"))]);
    const after = compiled([policy("p", "rules", file("b")), policy("new", "rules", file("a"))]);
    const { policies, proxies } = diff(before, after);
    expect([...proxies]).toEqual([]);
    expect(policies).toMatchObject([
      { change: "removed", name: "gone" },
      { change: "changed", name: "p", items: [{ path: "spec.rules[0]", loggers: [{ change: "changed" }] }] },
      { change: "added", name: "new", items: [{ change: "added" }] },
    ]);
  });
});

describe("any two bundles", () => {
  const name = fc.constantFrom("a", "b", "c", "d");
  const backend = fc.tuple(fc.constantFrom("%PROTOCOL%", "%KUMA_SOURCE_SERVICE%", "x"), fc.constantFrom("/x", "/y"));
  const policies = fc.uniqueArray(
    fc.record({
      name,
      list: fc.constantFrom("from", "to"),
      backends: fc.array(backend, { maxLength: 3 }).map((all) => all.map(([format, path]) => file(format, path))),
    }),
    { selector: (one) => one.name, maxLength: 3 },
  );
  const sidecars = fc.uniqueArray(
    fc.record({
      name,
      address: fc.constantFrom("10.0.0.1", "10.0.0.2"),
      protocol: fc.constantFrom("http", "tcp"),
      outbound: fc.constantFrom("", "a", "b"),
    }),
    { selector: (one) => one.name, maxLength: 4 },
  );
  const documents = fc
    .record({ policies, sidecars })
    .map((world) => [
      mesh,
      ...world.policies.map((one) => policy(one.name, one.list, ...one.backends)),
      ...world.sidecars.map((one) => sidecar(one.name, one)),
    ]);

  it("has no difference from itself, whatever the order of its files", () => {
    const shuffled = documents.chain((one) =>
      fc.tuple(fc.constant(one), fc.shuffledSubarray(one, { minLength: one.length })),
    );
    fc.assert(
      fc.property(shuffled, fc.constantFrom("2.9.19", "2.14.3"), ([one, other], kuma) => {
        const { policies: ofPolicies, proxies } = diff(compiled(one, kuma), compiled(other, kuma));
        expect([...ofPolicies, ...proxies]).toEqual([]);
      }),
    );
  });

  it("differs forwards as it does backwards, and exactly where the documents differ", () => {
    fc.assert(
      fc.property(documents, documents, (one, other) => {
        const forwards = changes(one, other);
        expect(sorted(changes(other, one))).toEqual(sorted(forwards.map(mirrored)));
        const different = new Set(forwards.map((proxy) => proxy.name));
        const [before, after] = [one, other].map(
          (all) => new Map([...compiled(all).proxies].map((proxy) => [proxy.name, whatIsCompared(proxy)])),
        );
        for (const each of new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])) {
          expect(different.has(each)).toBe(before?.get(each) !== after?.get(each));
        }
      }),
    );
  });
});

function whatIsCompared({
  policies,
  listeners,
  clusters,
}: {
  policies: unknown;
  listeners: unknown;
  clusters: unknown;
}): string {
  return JSON.stringify({ policies, listeners, clusters }, (key, value: unknown) =>
    key === "because" ? undefined : value,
  );
}

const opposite = { added: "removed", removed: "added", changed: "changed" } as const;

function mirrored({ change, policies, listeners, ...rest }: ProxyChange): ProxyChange {
  return {
    ...rest,
    change: opposite[change],
    ...(policies && { policies: { before: policies.after, after: policies.before } }),
    listeners: listeners.map((listener): ListenerChange => {
      const identity = listener.fields.filter(({ path }) => ["name", "resource", "filter"].includes(path));
      return {
        ...listener,
        ...Object.fromEntries(identity.map(({ path, before }) => [path, before])),
        change: opposite[listener.change],
        fields: listener.fields.map(mirroredField),
        loggers: listener.loggers.map((one): LoggerChange =>
          one.change === "changed"
            ? { change: "changed", before: one.after, after: one.before, fields: one.fields.map(mirroredField) }
            : { ...one, change: one.change === "added" ? "removed" : "added" },
        ),
        ...(listener.because && { because: { before: listener.because.after, after: listener.because.before } }),
      };
    }),
  };
}

function mirroredField({ path, ...values }: FieldChange): FieldChange {
  return {
    path,
    ...("after" in values ? { before: values.after } : {}),
    ...("before" in values ? { after: values.before } : {}),
  };
}

/** With all lists in an order that does not depend on the side; file names are numbers of documents, which do. */
function sorted(all: readonly ProxyChange[]): unknown {
  const sort = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(sort).sort((a, b) => (stableJson(a) < stableJson(b) ? -1 : 1))
      : value !== null && typeof value === "object"
        ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sort(inner)]))
        : value;
  return sort(all);
}
