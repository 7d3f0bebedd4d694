import { describe, expect, it } from "vitest";
import type { CodePage } from "../../src/explain/code-page.ts";
import type { ProxyExplanation } from "../../src/explain/proxy-explanation.ts";
import { meshlog } from "./meshlog.ts";

const bundle = `type: Dataplane
name: a
labels: {kuma.io/zone: east}
networking:
  address: 10.0.0.1
  inbound: [{port: 80, tags: {kuma.io/service: web, kuma.io/protocol: http}}]
---
type: MeshAccessLog
name: p
spec:
  rules:
    - default: {backends: [{type: File, file: {path: /log, format: {type: Plain, plain: "%KUMA_ZONE%"}}}]}
`;

describe("explain --proxy", () => {
  it("writes a document that says where each logger comes from", () => {
    const { code, out } = meshlog(["explain", "--proxy", "default/a", "--format", "json", "-"], { input: bundle });
    const { meshlog: version, kuma, policies, notSelected, listeners } = JSON.parse(out) as ProxyExplanation;
    expect({ version, kuma, policies, notSelected, listeners }).toEqual({
      version: 1,
      kuma: "2.14.3",
      policies: [{ policy: "p", file: "stdin.yaml", line: 8, targetRef: { kind: "Mesh" }, selects: ["10.0.0.1:80"] }],
      notSelected: [],
      listeners: [
        {
          name: "inbound:10.0.0.1:80",
          resource: "80",
          context: "inbound",
          direction: "INBOUND",
          protocol: "http",
          filters: ["envoy.filters.network.http_connection_manager"],
          because: [
            {
              policy: "p",
              file: "stdin.yaml",
              line: 12,
              path: "spec.rules[0]",
              backends: ["File /log"],
              overrides: [],
              values: [{ operator: "KUMA_ZONE", value: "east", from: "label kuma.io/zone of the Dataplane" }],
            },
          ],
        },
      ],
    });
    expect(code).toBe(0);
  });

  it("takes the mesh apart from the name, and lets warnings fail", () => {
    const run = (...args: string[]) => meshlog(["explain", "--proxy", ...args, "-"], { input: bundle });
    expect(run("a", "--mesh", "default").out).toBe(run("default/a").out);
    expect(run("a")).toMatchObject({ code: 2, error: expect.stringContaining("MESH/NAME") as unknown });
    expect(run("default/a", "--mesh", "other")).toMatchObject({
      code: 2,
      error: 'meshlog: --proxy names the mesh "default", --mesh "other".\n',
    });
    expect(run("default/a").code).toBe(0);
    const strict = run("default/a", "--strict");
    expect(strict.error).toContain("lint/absent-mesh");
    expect(strict.code).toBe(1);
  });

  it("reports what Kuma refuses beside the explanation", () => {
    const input = `${bundle}---\ntype: MeshAccessLog\nname: q\nspec: {}\n`;
    const { code, out, error } = meshlog(["explain", "--proxy", "default/a", "-"], { input });
    expect(out).toContain("Refused by Kuma, so left out:\n  q (stdin.yaml:14)\n");
    expect(error).toContain("at least one of 'from', 'to' or 'rules' has to be defined");
    expect(code).toBe(1);
  });

  it.each([
    [["--proxy", "default/b", "-"], 'There is no Dataplane "b" of the mesh "default" in these files.'],
    [["--proxy", "a", "-"], '--proxy takes MESH/NAME, such as default/backend-1, not "a".'],
    [["--proxy", "default/a"], "Name the files or folders of the mesh, or - for the standard input."],
    [["--proxy", "default/a", "--kuma", "2.13..2.14", "-"], "one version of Kuma"],
    [[], "Name one diagnostic, such as lint/endpoint, or a proxy with --proxy MESH/NAME and its files."],
    [["lint/endpont"], 'There is no diagnostic "lint/endpont"; the nearest are lint/endpoint, '],
  ])("%j ends in a usage error", (args, message) => {
    const { code, out, error } = meshlog(["explain", ...args], { input: bundle });
    expect(error).toContain(message);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });
});

describe("explain CODE", () => {
  it("writes the page as a document", () => {
    const { code, out } = meshlog(["explain", "generate/backend", "--format", "json"]);
    const { example, holdsFor, ...page } = JSON.parse(out) as CodePage;
    expect(page).toMatchObject({ meshlog: 1, code: "generate/backend", severity: "error" });
    expect(example?.given).toBe("yaml");
    expect(holdsFor).toEqual({ kuma: "2.10" });
    expect(code).toBe(0);
  });

  it("lists a family", () => {
    const { code, out } = meshlog(["explain", "policy"]);
    expect(out.split("\n").map((line) => line.split(" ")[0])).toEqual([
      "policy/deprecated",
      "policy/invalid",
      "policy/schema",
      "",
    ]);
    expect(code).toBe(0);
  });
});
