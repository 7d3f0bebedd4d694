import { describe, expect, it } from "vitest";
import { accept, connect } from "./client.ts";

const uri = "file:///a.yaml";
const head =
  "type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file:\n          path: /dev/stdout\n          format:\n            type: Plain\n            plain: ";

async function accepted(marked: string, label: string, snippets = false): Promise<string | undefined> {
  const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: snippets } } } };
  const client = await connect("in-process", capabilities);
  const item = (await client.complete(uri, head + marked)).find((candidate) => candidate.label === label);
  return item && accept(head + marked, item).slice(head.length);
}

describe("an operator is completed in every quoting", () => {
  it.each([
    ["single quotes", "'it''s %KU┆'\n", "'it''s %KUMA_MESH%'\n"],
    ["double quotes", String.raw`"\t\u00e9 %KU┆"` + "\n", String.raw`"\t\u00e9 %KUMA_MESH%"` + "\n"],
    ["a plain scalar", "a %KU┆ b\n", "a %KUMA_MESH% b\n"],
    ["a plain scalar that would begin with %", "%KU┆\n", "'%KUMA_MESH%'\n"],
    [
      "a literal block",
      "|\n              a\n              %KU┆ b\n",
      "|\n              a\n              %KUMA_MESH% b\n",
    ],
    [
      "a folded block",
      ">-\n              a\n              😀 %KU┆\n",
      ">-\n              a\n              😀 %KUMA_MESH%\n",
    ],
    ["quotes that are still open", "'%KU┆\n", "'%KUMA_MESH%\n"],
    ["the middle of a name", "'%KU┆MA_ZONE%'\n", "'%KUMA_MESH%'\n"],
    ["after a bare %", "'%┆'\n", "'%KUMA_MESH%'\n"],
  ])("%s", async (_, marked, expected) => {
    expect(await accepted(marked, "KUMA_MESH")).toBe(expected);
  });

  it("in the values of a JSON format, and in a JSON document", async () => {
    const json = (value: string): string =>
      `{"type":"MeshAccessLog","name":"a","spec":{"rules":[{"default":{"backends":[{"type":"File","file":{"path":"/log","format":{"type":"Json","json":[{"key":"k","value":"${value}"}]}}}]}}]}}`;
    const client = await connect("in-process");
    const item = (await client.complete(uri, json("%STA┆"))).find(({ label }) => label === "START_TIME");
    expect(item && accept(json("%STA┆"), item)).toBe(json("%START_TIME%"));
  });

  it("with the argument that Envoy demands", async () => {
    expect(await accepted("'%RE┆'\n", "REQ")).toMatch(/^'%REQ\(.+\)%'\n$/);
    expect(await accepted("'%RE┆'\n", "REQ", true)).toMatch(/^'%REQ\(.+\)%'\n$/);
  });

  it("and nothing is offered where no operator can stand", async () => {
    expect(await accepted("'a ┆'\n", "KUMA_MESH")).toBeUndefined();
    expect(await accepted("'%START_TIME%'\nno┆\n", "KUMA_MESH")).toBeUndefined();
  });

  it("only what every release of the target has", async () => {
    const client = await connect("in-process", {}, { kuma: "2.14", envoy: "1.30..1.38" });
    const labels = (await client.complete(uri, `${head}'%┆'\n`)).map(({ label }) => label);
    expect(labels).toContain("COMMON_DURATION");
    expect(labels).not.toContain("SPAN_ID");
    expect(labels).not.toContain("CEL");
  });
});
