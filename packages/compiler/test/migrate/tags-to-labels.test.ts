import { describe, expect, it } from "vitest";
import { migrated, policy } from "./migrated.ts";

const to = "to:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /log}}]}\n";
const mesh = "type: Mesh\nname: default\n";

/** A Dataplane with labels and one inbound for each list of tags. */
const dataplane = (name: string, labels: string, ...tags: readonly string[]): string =>
  `type: Dataplane\nmesh: default\nname: ${name}\nlabels: {${labels}}\nnetworking:\n  address: 10.0.0.1\n  inbound: [${tags.map((own, i) => `{port: ${String(80 + i)}, tags: {${own}}}`).join(", ")}]\n`;

const web = dataplane("web-1", "version: '1', kuma.io/service: web", "kuma.io/service: web, version: '1'");
const other = dataplane("api-1", "version: '2', kuma.io/service: api", "kuma.io/service: api, version: '2'");

/** A mesh with a policy, and what becomes of that. */
function becomes(
  targetRef: string,
  ...dataplanes: readonly string[]
): { readonly text: string; readonly said: readonly string[] } {
  const rest = [mesh, ...dataplanes].map((one) => `---\n${one}`).join("");
  const { text, said } = migrated(policy(`targetRef: ${targetRef}\n${to}`) + rest, { from: "2.12.0" });
  return { text: text.replace(rest, ""), said };
}

const rewritten = (targetRef: string): object => ({ text: policy(`targetRef: ${targetRef}\n${to}`), said: [] });

describe("tags become labels where the Dataplanes have them", () => {
  it.each([
    ["{kind: MeshSubset, tags: {version: '1'}}", "{kind: Dataplane, labels: {version: '1'}}"],
    ["{kind: MeshSubset, proxyTypes: [Sidecar], tags: {version: '1'}}", "{kind: Dataplane, labels: {version: '1'}}"],
    [
      "\n  kind: MeshSubset # by version\n  tags:\n    version: '1'\n    kuma.io/service: '*'",
      "\n  kind: Dataplane # by version\n  labels:\n    version: '1'",
    ],
    ["{kind: MeshSubset, tags: {kuma.io/service: '*'}}", "{kind: Mesh}"],
    ["{kind: MeshSubset}", "{kind: Mesh}"],
    ["{kind: MeshService, name: web}", "{kind: Dataplane, labels: {kuma.io/service: web}}"],
    [
      "{kind: MeshServiceSubset, name: web, tags: {version: '1'}}",
      "{kind: Dataplane, labels: {kuma.io/service: web, version: '1'}}",
    ],
    [
      "\n  kind: MeshServiceSubset\n  name: web\n  tags:\n    version: '1'",
      "\n  kind: Dataplane\n  labels:\n    kuma.io/service: web\n    version: '1'",
    ],
  ])("%s", (before, after) => {
    expect(becomes(before, web, other)).toEqual(rewritten(after));
  });
});

describe("tags stay", () => {
  const subset = "{kind: MeshSubset, tags: {version: '1'}}";
  const said = ["warning migrate/selects-by-tags: MeshSubset"];

  it.each([
    ["without a Dataplane", []],
    ["where none has them", [other]],
    ["where one has them, and no such label", [web, dataplane("web-2", "", "version: '1'")]],
    ["where one has such a label, and not the tag", [web, dataplane("web-2", "version: '1'", "version: '2'")]],
    ["where some inbounds of one have them", [dataplane("web-1", "version: '1'", "version: '1'", "version: '2'")]],
  ])("%s", (_, dataplanes) => {
    expect(becomes(subset, ...dataplanes)).toEqual({ ...rewritten(subset), said });
  });

  it("where another policy would override it then", () => {
    const stronger = policy(
      `targetRef: {kind: Dataplane, labels: {kuma.io/service: web}}\n${to.replace("/log", "/other")}`,
      "a",
    );
    const sending = web.replace("inbound", "outbound: [{port: 9, tags: {kuma.io/service: api}}]\n  inbound");
    const text = [policy(`targetRef: ${subset}\n${to}`, "b"), stronger, mesh, sending].join("---\n");
    expect(migrated(text, { from: "2.12.0" })).toEqual({ text, said: ["warning migrate/changes-logs: MeshSubset"] });
  });

  it("up to the release that calls them deprecated", () => {
    const text = `${policy(`targetRef: {kind: MeshServiceSubset, name: web, tags: {version: '1'}}\n${to}`)}---\n${web}`;
    expect(migrated(text, { to: "2.9.19" })).toEqual({ text, said: [] });
  });
});
