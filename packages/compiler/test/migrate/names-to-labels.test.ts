import { describe, expect, it } from "vitest";
import { migrated, policy } from "./migrated.ts";

const conf = "default: {backends: [{type: File, file: {path: /log}}]}";
const dataplane = (name: string, labels: string, networking = ""): string =>
  `type: Dataplane\nmesh: default\nname: ${name}\nlabels: {${labels}}\nnetworking: {address: 10.0.0.1, inbound: [{port: 80, name: http, tags: {kuma.io/service: a}}]${networking}}\n`;
const service = (name: string, labels: string): string =>
  `type: MeshService\nmesh: default\nname: ${name}\nlabels: {${labels}}\nspec: {ports: [{port: 80, name: http}]}\n`;

/** What becomes of a policy beside other documents. */
function becomes(
  spec: string,
  ...documents: readonly string[]
): { readonly text: string; readonly said: readonly string[] } {
  const rest = documents.map((one) => `---\n${one}`).join("");
  const { text, said } = migrated(policy(spec) + rest, { from: "2.14.0", to: "main" });
  return { text: text.replace(rest, ""), said };
}

describe("what is named is selected by labels", () => {
  it.each([
    ["{kind: MeshService, name: web}", "{kind: MeshService, labels: {kuma.io/display-name: web}}"],
    [
      "\n        kind: MeshService\n        # the one\n        name: web # here\n        namespace: shop\n        sectionName: http",
      "\n        kind: MeshService\n        # the one\n        labels:\n          kuma.io/display-name: web\n          k8s.kuma.io/namespace: shop # here\n        sectionName: http",
    ],
  ])("in `to`: %s", (before, after) => {
    const spec = (targetRef: string): string => `to:\n  - targetRef: ${targetRef}\n    ${conf}\n`;
    const labels = "kuma.io/display-name: web";
    const inShop = service("web.shop", `${labels}, k8s.kuma.io/namespace: shop`);
    const documents = before.includes("shop") ? [inShop] : [service("web", labels)];
    expect(becomes(spec(before), ...documents)).toEqual({ text: policy(spec(after)), said: [] });
  });

  it("at the top", () => {
    const spec = (targetRef: string): string => `targetRef: ${targetRef}\nrules:\n  - ${conf}\n`;
    expect(
      becomes(
        spec("{kind: Dataplane, name: a, sectionName: http}"),
        dataplane("a", "kuma.io/display-name: a"),
        dataplane("b", "kuma.io/display-name: b"),
      ),
    ).toEqual({
      text: policy(spec("{kind: Dataplane, labels: {kuma.io/display-name: a}, sectionName: http}")),
      said: [],
    });
  });

  it("and of proxies of one type all, if there are no others", () => {
    const spec = (targetRef: string): string => `targetRef: ${targetRef}\nrules:\n  - ${conf}\n`;
    expect(becomes(spec("{kind: Mesh, proxyTypes: [Sidecar]}"), dataplane("a", ""))).toEqual({
      text: policy(spec("{kind: Mesh}")),
      said: [],
    });
  });
});

describe("what is named stays, and that is an error", () => {
  const item = `to:\n  - targetRef: {kind: MeshService, name: web}\n    ${conf}\n`;
  const top = (targetRef: string): string => `targetRef: ${targetRef}\nrules:\n  - ${conf}\n`;

  it.each([
    ["where it is not in the bundle", item, [], "web"],
    ["where it has not the label", item, [service("web", "")], "web"],
    [
      "where others have the label too",
      item,
      [service("web", "kuma.io/display-name: web"), service("web.x", "kuma.io/display-name: web, kuma.io/zone: x")],
      "web",
    ],
    ["at the top, where the Dataplane has not the label", top("{kind: Dataplane, name: a}"), [dataplane("a", "")], "a"],
    [
      "where there are proxies of another type",
      top("{kind: Mesh, proxyTypes: [Gateway]}"),
      [dataplane("a", "")],
      "[Gateway]",
    ],
  ])("%s", (_, spec, documents, about) => {
    expect(becomes(spec, ...documents)).toEqual({ text: policy(spec), said: [`error migrate/names: ${about}`] });
  });
});
