import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readWorlds, versions } from "../../../../conformance/kuma/worlds.ts";
import { formatText } from "../../src/formatting/format-text.ts";
import { isSameTree } from "../../src/formatting/same-tree.ts";
import { compile } from "../../src/compile.ts";
import { load } from "../../src/source/load.ts";
import { readDocuments } from "../../src/source/read-documents.ts";
import { defaultTarget, target } from "@meshlog/parser";
import { scalarDocument } from "../source/scalar-documents.ts";

const formatted = async (text: string): Promise<string> => (await formatText("a.yaml", text)).text;

/** What a file compiles to, and every value in it. */
function meaning(text: string, line = "2.14") {
  const kuma = target(`kuma ${line}`).value?.members[0]?.kuma ?? defaultTarget.members[0]?.kuma;
  if (kuma === undefined) throw new Error(`no Kuma ${line}`);
  const { value: bundle } = load([{ path: "a.yaml", content: text }]);
  const { header, policies, proxies } = compile(bundle, kuma).value;
  return JSON.stringify({ ...header, policies, proxies: [...proxies] });
}

async function expectSame(text: string, line?: string): Promise<boolean> {
  const { text: after, left } = await formatText("a.yaml", text);
  const [one, other] = [text, after].map((each) => readDocuments({ path: "a.yaml", text: each }).value);
  expect(other?.length).toBe(one?.length);
  one?.forEach(({ root }, i) => {
    expect(isSameTree(root, other?.[i]?.root)).toBe(true);
  });
  expect(meaning(after, line)).toBe(meaning(text, line));
  expect(await formatted(after)).toBe(after);
  // Prettier takes these line breaks of YAML 1.1 for text.
  if (!/[\u0085\u2028\u2029]/.test(text)) expect(left).toEqual([]);
  return after !== text;
}

/** What Prettier lays out anew when it reads what it made of it. */
const laidOutTwice = "k:\n  k:\n    k: &a !!str 'a\\''\n\t\n      # a: {b}, '\n# comment\n";

const policy = "type: MeshAccessLog\nmesh: default\nname: a\n";

describe("the layout of a file", () => {
  it.each([
    ["indentation and spaces", `${policy}spec:\n    rules:\n    -   default: {backends:   [ ]}\n`, `${policy}spec:\n  rules:\n    - default: { backends: [] }\n`], // prettier-ignore
    ["documents of others, byte for byte", `a:   1\n---\n${policy}spec:   {}\n---\nkind:    ConfigMap\n`, `a:   1\n---\n${policy}spec: {}\n---\nkind:    ConfigMap\n`], // prettier-ignore
    ["comments, and the markers of documents", `# one\n--- # two\n${policy}# three\nspec:   {} # four\n`, `# one\n--- # two\n${policy}# three\nspec: {} # four\n`], // prettier-ignore
    ["line breaks of Windows", `${policy}spec:   {}\n`.replaceAll("\n", "\r\n"), `${policy}spec: {}\n`.replaceAll("\n", "\r\n")], // prettier-ignore
    ["a byte order mark", `\ufeff${policy}spec:   {}\n`, `\ufeff${policy}spec: {}\n`],
    ["the order of keys, and a key that comes twice", `name:   a\n${policy}`, `name: a\n${policy}`],
    ["what is no YAML", `${policy}spec: [\n`, `${policy}spec: [\n`],
    ["templates", `${policy}spec:   {{ .x }}\n`, `${policy}spec:   {{ .x }}\n`],
    ["documents with directives", `%YAML 1.1\n---\n${policy}spec:   {}\n`, `%YAML 1.1\n---\n${policy}spec:   {}\n`],
  ])("%s", async (_, before, after) => {
    expect(await formatted(before)).toBe(after);
  });

  it("does not take a comment that silences away from what it stands above", async () => {
    const long = "x".repeat(100);
    const text = `${policy}spec:\n  rules:\n    - default:\n        backends:\n          - type:   File\n            # meshlog-disable-next-line lint/credentials -- it is public\n            file: {path: /a, format: {type: Plain, plain: "%REQ(AUTHORIZATION)% %PROTOCOL% ${long}"}}\n`;
    const { text: after, left } = await formatText("a.yaml", text);
    expect({ after, left }).toEqual({ after: text, left: [0] });
  });
});

describe("formatting changes no value and nothing that compile makes", () => {
  const examples = ["examples", "conformance/docs/examples"].flatMap((folder) => {
    const root = join(import.meta.dirname, "../../../..", folder);
    return (readdirSync(root, { recursive: true }) as string[])
      .filter((name) => name.endsWith(".yaml") && !name.includes("node_modules"))
      .map((name) => [`${folder}/${name}`, readFileSync(join(root, name), "utf8")] as const);
  });

  it("of the examples", async () => {
    for (const [, text] of examples) await expectSame(text);
    expect(examples.length).toBeGreaterThan(30);
  });

  it.each(versions)("of recorded worlds of Kuma %s", async (version) => {
    let changed = 0;
    for (const { world } of readWorlds(version).slice(0, 6)) {
      if (await expectSame(world, version)) changed++;
    }
    expect(changed).toBeGreaterThan(0);
  });

  it.each(["plain", "single", "double", "literal", "folded"] as const)(
    "of random documents with a %s scalar",
    async (style) => {
      await fc.assert(
        fc.asyncProperty(scalarDocument(style), async ({ text: scalar }) => {
          const text = `${policy}spec: {  rules: [] }\n${scalar}`;
          const { text: after } = await formatText("a.yaml", text);
          const [one, other] = [text, after].map(
            (each) => readDocuments({ path: "a.yaml", text: each }).value[0]?.root,
          );
          expect(isSameTree(one, other)).toBe(true);
          expect(await formatted(after)).toBe(after);
        }),
        { numRuns: 150, examples: [[{ style, text: laidOutTwice }]] },
      );
    },
  );
});
