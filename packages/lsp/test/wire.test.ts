import { describe, expect, it } from "vitest";
import { accept, connect, type Transport } from "./client.ts";

const uri = "file:///policies/a.yaml";

/** A policy whose format is written as given, at the end of its last line. */
const policy = (format: string): string =>
  `type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file:\n          path: /dev/stdout\n          format:\n            type: Plain\n            plain: ${format}\n`;

describe.each<Transport>(["in-process", "spawned"])("a server that is %s", (transport) => {
  it("says what it can do", async () => {
    const { server } = await connect(transport);
    expect(server.capabilities).toMatchObject({
      positionEncoding: "utf-16",
      completionProvider: { triggerCharacters: ["%", "_"] },
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

  it("judges for the releases that it was started with", async () => {
    const client = await connect(transport, { textDocument: { diagnostic: {} } }, { envoy: "1.36" });
    await client.open(uri, policy("'%LISTENER_NAME% %SPAN_ID%'"));
    expect((await client.pull(uri)).map(({ code }) => code)).toEqual([
      "format/newer-operator",
      "format/newer-operator",
    ]);
  });

  it("says nothing of files that are not Kuma's, broken or empty", async () => {
    const client = await connect(transport, { textDocument: { diagnostic: {} } });
    await client.open(uri, "apiVersion: v1\nkind: Pod\nmetadata: {name: '%X%'}\n");
    expect(await client.pull(uri)).toEqual([]);
    expect(await client.complete(uri, "kind: Pod\nname: %KU┆\n")).toEqual([]);
    expect(await client.complete(uri, "┆")).toEqual([]);
    expect(await client.complete("file:///other.yaml", policy("'%KU'") + "'┆")).toEqual([]);
  });

  it("ends when it is told to", async () => {
    const client = await connect(transport);
    expect(await client.shutdown()).toBe(transport === "spawned" ? 0 : null);
  });
});
