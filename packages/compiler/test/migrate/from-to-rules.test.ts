import { describe, expect, it } from "vitest";
import { migrated, policy } from "./migrated.ts";

const backends = "backends: [{type: File, file: {path: /log}}]";

describe("`from` becomes `rules`", () => {
  it.each([
    [
      "in block style, with its comments",
      `# why\nfrom: # all\n  # first\n  - targetRef: # of the mesh\n      kind: Mesh\n    # what\n    default:\n      ${backends} # here\n# end\n`,
      `# why\nrules: # all\n  # first\n  # of the mesh\n  # what\n  - default:\n      ${backends} # here\n# end\n`,
    ],
    [
      "with the item's keys in another order",
      `from:\n  - default:\n      ${backends}\n    targetRef:\n      kind: Mesh # all\n`,
      `rules:\n  - default:\n      ${backends}\n    # all\n`,
    ],
    [
      "in flow style",
      `from: [{targetRef: {kind: Mesh}, default: {${backends}}}]\n`,
      `rules: [{default: {${backends}}}]\n`,
    ],
    [
      "in flow style, with the item's keys in another order",
      `from: [{default: {${backends}}, targetRef: {kind: Mesh}}]\n`,
      `rules: [{default: {${backends}}}]\n`,
    ],
    [
      "in quotes",
      `"from": [{"targetRef": {"kind": "Mesh"}, 'default': {${backends}}}]\n`,
      `"rules": [{'default': {${backends}}}]\n`,
    ],
    [
      "with several items",
      `from:\n- targetRef: {kind: Mesh}\n  default: {backends: []}\n- targetRef: {kind: Mesh}\n  default:\n    ${backends}\n`,
      `rules:\n- default: {backends: []}\n- default:\n    ${backends}\n`,
    ],
    [
      "beside lists that are empty",
      `to: []\nrules: []\nfrom:\n  - targetRef: {kind: Mesh}\n    default: {${backends}}\n`,
      `to: []\nrules:\n  - default: {${backends}}\n`,
    ],
    [
      "with the line breaks of Windows",
      `from:\r\n  - targetRef: {kind: Mesh} # all\r\n    default: {${backends}}\r\n`,
      `rules:\r\n  # all\r\n  - default: {${backends}}\r\n`,
    ],
  ])("%s", (_, before, after) => {
    expect(migrated(policy(before))).toEqual({ text: policy(after), said: [] });
  });

  it("in the items of a List of Kubernetes", () => {
    const list = (item: string): string =>
      `apiVersion: v1\nkind: List\nitems:\n  - apiVersion: kuma.io/v1alpha1\n    kind: MeshAccessLog\n    metadata: {name: a, namespace: kuma-system}\n    spec:\n${item}`;
    expect(
      migrated(list(`      from:\n        - targetRef: {kind: Mesh}\n          default: {${backends}}\n`)),
    ).toEqual({ text: list(`      rules:\n        - default: {${backends}}\n`), said: [] });
  });
});

describe("a policy with `to` and `from`", () => {
  const to = `to:\n  # out\n  - targetRef: {kind: Mesh}\n    default: {${backends}}\n`;
  const from = `# in\nfrom:\n  - targetRef: {kind: Mesh}\n    default: {${backends}}\n`;
  const rules = `# in\nrules:\n  - default: {${backends}}\n`;

  it("becomes two", () => {
    expect(migrated(policy(`targetRef: {kind: Mesh}\n${to}${from}`))).toEqual({
      text: `${policy(`targetRef: {kind: Mesh}\n${to}`)}---\n${policy(`targetRef: {kind: Mesh}\n${rules}`, "a-inbound")}`,
      said: [],
    });
  });

  it("becomes two before the documents that follow, with a name that is free", () => {
    const others = `---\n${policy(rules, "a-inbound")}---\n# end\n`;
    expect(migrated(policy(to + from) + others)).toEqual({
      text: `${policy(to)}---\n${policy(rules, "a-inbound-2")}${others}`,
      said: [],
    });
  });

  it("becomes two without what the control plane wrote into it, on Kubernetes", () => {
    const object = (name: string, metadata: string, spec: string): string =>
      `apiVersion: kuma.io/v1alpha1\nkind: MeshAccessLog\nmetadata:\n  name: ${name}\n  namespace: kuma-system\n${metadata}  labels:\n    kuma.io/mesh: default\nspec:\n${spec.replaceAll(/^(?=.)/gm, "  ")}`;
    const written = "  uid: 1-2\n  resourceVersion: '7'\n";
    expect(migrated(object("a", written, to + from))).toEqual({
      text: `${object("a", written, to)}---\n${object("a-inbound", "", rules)}`,
      said: [],
    });
  });

  it("stays one where Kuma would not take its halves", () => {
    const spec = `targetRef: {kind: Dataplane, sectionName: http}\n${to}${from}`;
    expect(migrated(policy(spec), { from: "2.10.0" })).toEqual({
      text: policy(spec),
      said: ["warning migrate/refused: from"],
    });
  });
});

describe("`from` stays", () => {
  it.each([
    ["where an alias stands for it", `to: &all\n  - targetRef: {kind: Mesh}\n    default: {${backends}}\nfrom: *all\n`],
    [
      "where an alias stands for an item",
      `to:\n  - &all\n    targetRef: {kind: Mesh}\n    default: {${backends}}\nfrom: [*all]\n`,
    ],
    ["where comments stand in braces", `from: [{targetRef: {kind: Mesh}, # all\n    default: {${backends}}}]\n`],
  ])("%s, and that is said", (_, spec) => {
    const { text, said } = migrated(policy(spec));
    expect({ text, said }).toEqual({ text: policy(spec), said: ["warning migrate/layout: from"] });
  });

  it("where something else refers to what would go", () => {
    const item = (spec: string, name: string): string => `- {type: MeshAccessLog, name: ${name}, spec: ${spec}}\n`;
    const from = item("{from: [{targetRef: &mesh {kind: Mesh}, default: {backends: []}}]}", "a");
    const list = `items:\n${from}${item("{targetRef: *mesh, to: []}", "b")}`;
    expect(migrated(list)).toEqual({ text: list, said: ["warning migrate/layout: from"] });
  });

  it("where the release reads it still, and does not call it deprecated", () => {
    const spec = `from:\n  - targetRef: {kind: Mesh}\n    default: {${backends}}\n`;
    expect(migrated(policy(spec), { to: "2.9.19" })).toEqual({ text: policy(spec), said: [] });
  });

  it("as an error where the release no longer reads it", () => {
    const spec = `from: [{targetRef: {kind: Mesh}, # all\n    default: {${backends}}}]\n`;
    expect(migrated(policy(spec), { to: "main" }).said).toEqual(["error migrate/layout: from"]);
  });

  it("in JSON that would need a second document", () => {
    const json = JSON.stringify({
      type: "MeshAccessLog",
      name: "a",
      spec: {
        to: [{ targetRef: { kind: "Mesh" }, default: { backends: [] } }],
        from: [{ targetRef: { kind: "Mesh" }, default: { backends: [] } }],
      },
    });
    expect(migrated(json, { path: "a.json" })).toEqual({ text: json, said: ['warning migrate/layout: "from"'] });
  });
});
