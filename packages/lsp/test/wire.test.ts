import { describe, expect, it } from "vitest";
import { accept, connect, type Transport } from "./client.ts";
import { policy } from "./policies.ts";

const uri = "file:///policies/a.yaml";

describe.each<Transport>(["in-process", "spawned"])("a server that is %s", (transport) => {
  it("says what it can do", async () => {
    const { server } = await connect(transport);
    expect(server.capabilities).toMatchObject({
      positionEncoding: "utf-16",
      completionProvider: { resolveProvider: true },
    });
  });

  it("completes %KU to Kuma's operators", async () => {
    const client = await connect(transport);
    const marked = policy("'[%START_TIME%] %KU┆'");
    const items = await client.complete(uri, marked);
    const labels = items.map(({ label }) => label).filter((label) => label.startsWith("KU"));
    expect(labels).toContain("KUMA_MESH");
    expect(labels).toHaveLength(8);
    const item = items.find(({ label }) => label === "KUMA_MESH");
    expect(item && accept(marked, item)).toBe(policy("'[%START_TIME%] %KUMA_MESH%'"));
  });

  it("completes a name by an edit of the name, and leaves the % before it", async () => {
    const client = await connect(transport);
    const items = await client.complete(uri, policy("'%KU┆'"));
    const range = { start: { line: 11, character: 21 }, end: { line: 11, character: 23 } };
    expect(items.find(({ label }) => label === "KUMA_MESH")).toMatchObject({
      filterText: "KUMA_MESH%",
      textEdit: { range, newText: "KUMA_MESH%" },
    });
  });

  it("pushes diagnostics on opening and after a change, and takes them back on closing", async () => {
    const client = await connect(transport);
    await client.open(uri, policy("'😀 %PROTCOL%'"));
    expect(await client.pushed(uri)).toMatchObject([
      {
        code: "format/unknown-operator",
        severity: 1,
        source: "meshlog",
        range: { start: { line: 11, character: 23 }, end: { line: 11, character: 32 } },
      },
    ]);
    await client.change(uri, policy("'%PROTOCOL%'"));
    expect(await client.pushed(uri)).toEqual([]);
    await client.close(uri);
    expect(await client.pushed(uri)).toEqual([]);
  });

  it("answers a client that asks for diagnostics itself", async () => {
    const client = await connect(transport, { textDocument: { diagnostic: {} } });
    await client.open(uri, policy("'%PROTCOL%'"));
    expect(await client.pull(uri)).toMatchObject([{ code: "format/unknown-operator" }]);
  });

  it("pushes diagnostics to a client that says that it asks for them, and is known never to", async () => {
    const capabilities = { textDocument: { diagnostic: {}, publishDiagnostics: {} } };
    const client = await connect(transport, capabilities, undefined, { name: "@codemirror/lsp-client" });
    await client.open(uri, policy("'%PROTCOL%'"));
    expect(await client.pushed(uri)).toMatchObject([{ code: "format/unknown-operator" }]);
  });

  it("says which version of the text it judged, what of it is deprecated, and how to mend it", async () => {
    const client = await connect(transport);
    await client.open(uri, policy("'%PROTCOL%'"));
    expect(await client.pushed(uri)).toMatchObject([
      { data: { fixes: [{ title: "Write PROTOCOL", edits: [{ newText: "PROTOCOL" }] }] } },
    ]);
    const old = "  targetRef: {kind: MeshSubset}\n  from:\n  - {targetRef: {kind: Mesh}, default: {backends: []}}\n";
    await client.change(uri, `type: MeshAccessLog\nname: a\nspec:\n${old}x: 1\nx: 2\n`);
    expect(await client.pushed(uri)).toMatchObject([
      { code: "lint/duplicate-key", tags: [1], relatedInformation: [{ location: { uri } }] },
      { code: "policy/deprecated", tags: [2] },
      { code: "lint/removed-field" },
      { code: "policy/deprecated", tags: [2] },
      { code: "lint/removed-field" },
      { code: "lint/cancels-nothing" },
      { code: "lint/unknown-field", tags: [1] },
    ]);
    expect(client.pushedVersion(uri)).toBe(2);
  });

  it("links to the page of each diagnostic where there is a site", async () => {
    const client = await connect("in-process", { textDocument: { diagnostic: {} } }, undefined, undefined, [], undefined, "https://docs.example/"); // prettier-ignore
    await client.open(uri, policy("'%PROTCOL%'"));
    expect(await client.pull(uri)).toMatchObject([
      { codeDescription: { href: "https://docs.example/diagnostics/format/unknown-operator" } },
    ]);
  });

  it("answers that nothing has changed to a client that asks twice", async () => {
    const client = await connect(transport, { textDocument: { diagnostic: {} } });
    await client.open(uri, policy("'%PROTCOL%'"));
    const first = await client.report(uri);
    expect(await client.report(uri, first.resultId)).toEqual({ kind: "unchanged", resultId: first.resultId });
    await client.change(uri, policy("'%PROTOCOL%'"));
    expect(await client.report(uri, first.resultId)).toMatchObject({ kind: "full", items: [] });
  });

  it("judges a lint as severely as the settings say", async () => {
    const lints = { "lint/unknown-field": "off", "lint/duplicate-key": "error" };
    const client = await connect(transport, { textDocument: { diagnostic: {} } }, { lints });
    await client.open(uri, `${policy("'%PROTOCOL%'")}x: 1\nname: a\n`);
    expect(await client.pull(uri)).toMatchObject([{ code: "lint/duplicate-key", severity: 1 }]);
  });

  it("judges for the releases that it was started with", async () => {
    const client = await connect(transport, { textDocument: { diagnostic: {} } }, { envoy: "1.36" });
    await client.open(uri, policy("'%LISTENER_NAME% %SPAN_ID%'"));
    expect((await client.pull(uri)).map(({ code }) => code)).toEqual([
      "format/newer-operator",
      "format/newer-operator",
    ]);
  });

  it("keeps what it was started with where the client has no settings", async () => {
    const capabilities = { textDocument: { diagnostic: {} }, workspace: { configuration: true } };
    const client = await connect(transport, capabilities, { envoy: "1.36" });
    await client.deniedSettings;
    await client.open(uri, policy("'%SPAN_ID%'"));
    expect(await client.pull(uri)).toMatchObject([{ code: "format/newer-operator" }]);
  });

  it("says nothing of files that are not Kuma's, broken or empty", async () => {
    const client = await connect(transport, { textDocument: { diagnostic: {} } });
    await client.open(uri, "apiVersion: v1\nkind: Pod\nmetadata: {name: '%X%'}\n");
    expect(await client.pull(uri)).toEqual([]);
    expect(await client.complete(uri, "kind: Pod\nname: %KU┆\n")).toEqual([]);
    expect(await client.complete(uri, "┆")).toEqual([]);
    expect(await client.complete("file:///other.yaml", `${policy("'%KU'")}---\nkind: Pod\nname: '%KU┆'\n`)).toEqual([]);
  });

  it("ends when it is told to", async () => {
    const client = await connect(transport);
    expect(await client.shutdown()).toBe(transport === "spawned" ? 0 : null);
  });
});
