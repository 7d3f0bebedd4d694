import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { getLanguageService } from "yaml-language-server";
import { check } from "../../packages/compiler/src/check.ts";
import { policySchema } from "../../packages/compiler/src/documents/policy-schema.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { kumaReleases, target } from "../../packages/parser/src/index.ts";
import { readWorlds, versions } from "../kuma/worlds.ts";

const lines = [...new Set(kumaReleases.map(({ line }) => line))];
const uri = "file:///policy.yaml";
/** All its services share what they parsed, by URI and version. */
let version = 0;

/** yaml-language-server with the schema of a line of Kuma, as `meshlog schema` prints it. */
function serverFor(line: string) {
  const members = target(`kuma ${line}`).value?.members ?? [];
  const schema = JSON.stringify(
    policySchema(
      members.flatMap(({ kuma }) => kuma ?? []),
      "both",
    ),
  );
  const service = getLanguageService({
    schemaRequestService: () => Promise.resolve(schema),
    workspaceContext: { resolveRelativePath: (path) => path },
  });
  const schemas = [{ uri: "file:///schema.json", fileMatch: ["*.yaml"] }];
  service.configure({ validate: true, completion: true, hover: true, yamlVersion: "1.1", schemas });
  const open = (text: string): TextDocument => TextDocument.create(uri, "yaml", version++, text);
  /** A document, and the place of its cursor `┆`. */
  const at = (marked: string) => {
    const document = open(marked.replace("┆", ""));
    return { document, position: document.positionAt(marked.indexOf("┆")) };
  };
  return {
    members,
    /** What it finds, as `line: message`. */
    findings: async (text: string): Promise<readonly string[]> =>
      (await service.doValidation(open(text), false)).map(
        ({ range, message }) => `${range.start.line + 1}: ${typeof message === "string" ? message : message.value}`,
      ),
    complete: async (marked: string): Promise<readonly string[]> => {
      const { document, position } = at(marked);
      return (await service.doComplete(document, position, false)).items.map(({ label }) => label);
    },
    hover: async (marked: string): Promise<string> => {
      const { document, position } = at(marked);
      return JSON.stringify((await service.doHover(document, position))?.contents ?? "");
    },
  };
}

const examples = ["examples", "conformance/docs/examples"].flatMap((folder) => {
  const root = join(import.meta.dirname, "../..", folder);
  return (readdirSync(root, { recursive: true }) as string[])
    .filter((name) => name.endsWith(".yaml") && !name.includes("node_modules") && existsSync(join(root, name)))
    .map((name) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, name), "utf8") }));
});

/** How many worlds of a version are looked at. */
const worldsOfEach = 20;

describe("the schema of policies in yaml-language-server", () => {
  it.each(lines)(
    "finds nothing where Kuma %s has nothing to say",
    async (line) => {
      const { members, findings } = serverFor(line);
      const worlds = versions
        .filter((recorded) => recorded.startsWith(`${line}.`) || recorded === line)
        .flatMap((recorded) => readWorlds(recorded).slice(0, worldsOfEach))
        .map(({ id, world }) => ({ path: `${id}.yaml`, text: world }));
      let taken = 0;
      for (const { path, text } of [...examples, ...worlds]) {
        const { value: bundle, diagnostics } = load([{ path, content: text }]);
        const said = [...diagnostics, ...check(bundle, { members }).diagnostics];
        const isRight = said.every(({ code }) => !/^(policy|io)\/|^lint\/(unknown-field|duplicate-key)$/.test(code));
        if (!isRight) continue;
        taken++;
        expect({ path, findings: await findings(text) }).toEqual({ path, findings: [] });
      }
      expect(taken).toBeGreaterThan(5);
    },
    120_000,
  );

  const policy = (spec: string): string => `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n${spec}`;
  const backend = (text: string): string => policy(`  rules:\n    - default:\n        backends:\n          - ${text}`);

  it.each([
    ["a key that is misspelt", backend("type: File\n            fille: {path: /a}\n"), ["9: Property fille is not allowed", '8: Missing property "file"']], // prettier-ignore
    ["a kind that cannot stand there", policy("  targetRef: {kind: MeshHTTPRoute}\n  rules: [{default: {backends: []}}]\n"), ["5: Value is not accepted"]], // prettier-ignore
    ["a body of another type", backend("type: Tcp\n            file: {path: /a}\n"), ['8: Missing property "tcp"']],
    ["a relative path", backend("{type: File, file: {path: a.log}}\n"), ["8: String does not match the pattern"]],
    ["no items", policy("  targetRef: {kind: Mesh}\n"), ['4: Missing property "rules"']],
    ["a number for a text", backend("{type: File, file: {path: /a, format: {type: Plain, plain: 1}}}\n"), ["8: Incorrect type"]], // prettier-ignore
    ["what is deprecated", policy("  from: [{targetRef: {kind: Mesh}, default: {backends: []}}]\n"), ["5: Deprecated. Use `rules`."]], // prettier-ignore
  ])("finds %s", async (_, text, expected) => {
    const found = await serverFor("2.14").findings(text);
    expect(found).toEqual(expected.map((start) => expect.stringContaining(start) as string));
  });

  it.each([
    ["the keys of a spec", policy("  ┆"), ["targetRef", "to", "from", "rules"]],
    ["the keys of a backend", backend("┆"), ["type", "file", "tcp", "openTelemetry"]],
    ["the types of a backend", backend("type: ┆"), ["File", "Tcp", "OpenTelemetry"]],
    ["the keys of a format", backend("type: File\n            file:\n              path: /a\n              format:\n                ┆"), ["type", "plain", "json", "omitEmptyValues"]], // prettier-ignore
    ["the kinds of the top", policy("  targetRef:\n    kind: ┆"), ["Mesh", "Dataplane", "MeshSubset"]],
    ["an empty document", "┆", ["MeshAccessLog (Universal)", "MeshAccessLog (Kubernetes)"]],
  ])("completes %s", async (_, text, expected) => {
    expect(await serverFor("2.14").complete(text)).toEqual(expect.arrayContaining(expected));
  });

  it("offers what the release has, and nothing else", async () => {
    expect(await serverFor("2.9").complete(policy("  ┆"))).not.toContain("rules");
    expect(await serverFor("main").complete(policy("  ┆"))).not.toContain("from");
  });

  it("tells what a field is for", async () => {
    const text = await serverFor("2.14").hover(policy("  ru┆les: []\n"));
    expect(text).toContain("Incoming traffic: what selected proxies receive.");
  });
});
