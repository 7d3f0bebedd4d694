import { describe, expect, it } from "vitest";
import { load } from "../../src/source/load.ts";
import type { Resource } from "../../src/source/resources.ts";

const universal = `type: MeshAccessLog
mesh: demo
name: all
labels: {kuma.io/display-name: shown, x: 1}
creationTime: "2024-01-01T00:00:00Z"
spec:
  targetRef: {kind: Mesh}
`;
const kubernetes = `apiVersion: kuma.io/v1alpha1
kind: MeshAccessLog
metadata:
  name: all
  namespace: kuma-system
  labels:
    kuma.io/mesh: demo
  creationTimestamp: 2024-01-01T00:00:00Z
spec: {}
`;

const loaded = (...contents: readonly string[]): readonly Resource[] =>
  load(contents.map((content, i) => ({ path: `${i}.yaml`, content }))).value.resources;

const summary = ({ kind, mesh, name, shape, index }: Resource): string => [kind, mesh, name, shape, index].join(" ");

describe("resources", () => {
  it("are read from Universal", () => {
    expect(loaded(universal)[0]).toMatchObject({
      kind: "MeshAccessLog",
      mesh: "demo",
      name: "all",
      displayName: "shown",
      labels: new Map([
        ["kuma.io/display-name", "shown"],
        ["x", "1"],
      ]),
      shape: "universal",
      creationTime: "2024-01-01T00:00:00Z",
      spec: { kind: "map" },
      file: "0.yaml",
      index: 0,
    });
  });

  it("are read from Kubernetes, under their core name", () => {
    expect(loaded(kubernetes)[0]).toMatchObject({
      kind: "MeshAccessLog",
      mesh: "demo",
      name: "all.kuma-system",
      displayName: "all",
      namespace: "kuma-system",
      shape: "kubernetes",
      creationTime: "2024-01-01T00:00:00Z",
    });
  });

  it.each([
    [
      "the mesh is `default` if none is given",
      "type: MeshAccessLog\nname: a\n",
      ["MeshAccessLog default a universal 0"],
    ],
    ["a Mesh is in no mesh", "type: Mesh\nname: m\n", ["Mesh  m universal 0"]],
    [
      "the older kinds have their mesh beside metadata on Kubernetes",
      "apiVersion: kuma.io/v1alpha1\nkind: Dataplane\nmesh: m\nmetadata: {name: d, namespace: ns}\n",
      ["Dataplane m d.ns kubernetes 0"],
    ],
    [
      "several documents",
      "type: Mesh\nname: a\n---\n# nothing\n---\ntype: Mesh\nname: b\n",
      ["Mesh  a universal 0", "Mesh  b universal 2"],
    ],
    [
      "a List",
      "kind: List\napiVersion: v1\nitems:\n- {apiVersion: kuma.io/v1alpha1, kind: Mesh, metadata: {name: a}}\n- {kind: Pod, apiVersion: v1}\n",
      ["Mesh  a kubernetes 0"],
    ],
    [
      "a list of one kind, and what the API answers",
      'kind: MeshList\nitems:\n- {apiVersion: kuma.io/v1alpha1, kind: Mesh, metadata: {name: a}}\n---\n{"total": 1, "items": [{"type": "Mesh", "name": "b"}]}\n',
      ["Mesh  a kubernetes 0", "Mesh  b universal 1"],
    ],
    [
      "foreign kinds are passed over",
      "apiVersion: v1\nkind: Service\nmetadata: {name: s}\n---\napiVersion: appmesh.k8s.aws/v1beta2\nkind: Mesh\nmetadata: {name: m}\n---\ntype: constructor\n---\n- 1\n---\njust a text\n",
      [],
    ],
    ["an empty file", "", []],
    ["a file of comments", "# a\n---\n# b\n", []],
    ["JSON", '{\n\t"type": "Mesh",\n\t"name": "a"\n}', ["Mesh  a universal 0"]],
    ["a byte order mark", "\ufefftype: Mesh\nname: a\n", ["Mesh  a universal 0"]],
    [
      "CRLF",
      "type: Mesh\r\nname: a\r\n---\r\ntype: Mesh\r\nname: b\r\n",
      ["Mesh  a universal 0", "Mesh  b universal 1"],
    ],
    ["a broken document is left out", "type: Mesh\nname: a\n---\ntype: Mesh\nname: %b\n", ["Mesh  a universal 0"]],
  ])("%s", (_, content, expected) => {
    expect(loaded(content).map(summary)).toEqual(expected);
  });

  it("have their own fields at the root for the older kinds on Universal", () => {
    const [mesh] = loaded("type: Mesh\nname: a\n");
    expect(mesh?.spec).toBe(mesh?.node);
  });
});

describe("a bundle", () => {
  const files = [
    { path: "b.yaml", content: universal },
    { path: "a.yaml", content: `type: Mesh\nname: demo\n---\n${universal}` },
    { path: "c.yaml", content: "a: 'x\n" },
  ];

  it("is the same in whatever order its files are named", () => {
    const expected = load(files);
    expect(expected.value.files.map(({ path }) => path)).toEqual(["a.yaml", "b.yaml", "c.yaml"]);
    expect(load(files.toReversed())).toEqual(expected);
  });

  it("warns of the same kind, mesh and name twice, at the second name", () => {
    const [diagnostic] = load(files).diagnostics.filter(({ code }) => code === "io/duplicate-resource");
    expect(diagnostic).toMatchObject({
      severity: "warning",
      file: "b.yaml",
      message:
        "MeshAccessLog all in mesh demo is already in a.yaml:6, and a control plane holds it once; rename or remove one of them.",
      resource: { kind: "MeshAccessLog", mesh: "demo", name: "all" },
    });
    expect(universal.slice(diagnostic?.start, diagnostic?.end)).toBe("all");
  });

  it("warns of a key that stands twice, in what Kuma reads only", () => {
    const { diagnostics } = load([
      { path: "a.yaml", content: "type: Mesh\nname: a\nx: {y: 1, <<: {y: 2}, y: 3}\n---\nkind: Pod\nkind: Pod\n" },
    ]);
    expect(diagnostics).toMatchObject([
      { code: "lint/duplicate-key", start: 41, end: 42, related: [{ start: 23, end: 24 }] },
    ]);
  });
});

describe("a resource that is not what Kuma's API lets it be", () => {
  it.each([
    ["type: Dataplane\nname: d\nnetworking: {inbound: ⟦x⟧}", "networking.inbound is not a list"],
    [
      "type: Dataplane\nname: d\nnetworking: {inbound: [{tags: {a: ⟦1⟧}}]}",
      "networking.inbound[0].tags.a is not a text",
    ],
    ["type: MeshService\nname: s\nspec: {ports: [{port: ⟦http⟧}]}", "spec.ports[0].port is not a number"],
    [
      "apiVersion: kuma.io/v1alpha1\nkind: Mesh\nmetadata: {name: m}\nspec: {networking: {outbound: {passthrough: ⟦maybe⟧}}}",
      "spec.networking.outbound.passthrough is not true or false",
    ],
    ["type: MeshHTTPRoute\nname: r\nspec: {to: ⟦1⟧}", "spec.to is not a list"],
  ])("is left out with a word: %s", (marked, problem) => {
    const content = marked.replace(/[⟦⟧]/g, "");
    const { value, diagnostics } = load([{ path: "a.yaml", content }]);
    expect(value.resources).toEqual([]);
    expect(diagnostics).toMatchObject([{ code: "io/invalid-resource", severity: "error" }]);
    expect(diagnostics[0]?.message).toContain(problem);
    expect(diagnostics[0]?.start).toBe(marked.indexOf("⟦"));
    expect(content.slice(diagnostics[0]?.start, diagnostics[0]?.end)).toBe(/⟦(.*)⟧/.exec(marked)?.[1]);
  });

  it("but null is as if it were absent, digits are a number, and protobuf's own spelling of a field is one", () => {
    const content = [
      "type: Dataplane\nname: d\nnetworking: {address: null, inbound: [{port: '80', service_port: 8080}]}",
      "type: MeshService\nname: s\nspec: {ports: }",
    ].join("\n---\n");
    expect(load([{ path: "a.yaml", content }])).toMatchObject({ value: { resources: { length: 2 } }, diagnostics: [] });
  });
});

describe("a file that is no text", () => {
  it.each([
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x61, 0), 0, "it is written in UTF-16"],
    ["Latin-1", Uint8Array.of(0x61, 0xc3, 0xa9, 0xe9, 0x0a), 2, "a byte of it is not UTF-8"],
    ["binary", Uint8Array.of(0x61, 0, 0x62), 1, "it holds a NUL character, as binary files do"],
    ["a real U+FFFD before the wrong byte", Uint8Array.of(0xef, 0xbf, 0xbd, 0xff), 1, "a byte of it is not UTF-8"],
  ])("%s", (_, content, start, why) => {
    const { value, diagnostics } = load([{ path: "a.yaml", content }]);
    expect(value.resources).toEqual([]);
    expect(diagnostics).toMatchObject([
      {
        code: "io/not-text",
        start,
        message: `This file cannot be read, ${why}; save it as UTF-8 text or leave it out with \`--ignore\`.`,
      },
    ]);
  });
});
