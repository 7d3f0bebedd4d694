import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import {
  CancellationTokenSource,
  CodeActionRequest,
  CompletionRequest,
  createConnection,
  createProtocolConnection,
  DidChangeConfigurationNotification,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  HoverRequest,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  SemanticTokensRangeRequest,
  ShowMessageNotification,
  StreamMessageReader,
  StreamMessageWriter,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { createServer } from "../src/server.ts";
import { connect, spawnServer, type Transport } from "./client.ts";
import { item, list, policy } from "./policies.ts";

const uri = "file:///a.yaml";
const pulls = { textDocument: { diagnostic: {} } };

describe.each<Transport>(["in-process", "spawned"])("a server that is %s answers", (transport) => {
  it("requests about files that it does not know", async () => {
    const { connection } = await connect(transport);
    const textDocument = { uri: "file:///unknown.yaml" };
    const position = { line: 3, character: 4 };
    const range = { start: position, end: position };
    expect(await connection.sendRequest(CompletionRequest.type, { textDocument, position })).toBeNull();
    expect(await connection.sendRequest(HoverRequest.type, { textDocument, position })).toBeNull();
    expect(await connection.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [] } })).toEqual([]); // prettier-ignore
    expect(await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument })).toMatchObject({ items: [] });
  });

  it("requests about positions that are not there", async () => {
    const client = await connect(transport, pulls);
    await client.open(uri, policy("'%PROTCOL%'"));
    const textDocument = { uri };
    const far = { line: 4_000_000, character: 2 ** 31 - 1 };
    for (const position of [far, { line: 0, character: 99 }, { line: -1, character: -1 }]) {
      await client.connection.sendRequest(CompletionRequest.type, { textDocument, position });
      await client.connection.sendRequest(HoverRequest.type, { textDocument, position });
      const range = { start: far, end: position };
      await client.connection.sendRequest(SemanticTokensRangeRequest.type, { textDocument, range });
    }
    expect(await client.pull(uri)).toHaveLength(1);
  });

  it("requests with parameters that make no sense with an error, and goes on", async () => {
    const client = await connect(transport, pulls);
    await client.open(uri, policy("'%PROTCOL%'"));
    await expect(client.connection.sendRequest("textDocument/hover", { textDocument: null })).rejects.toThrow();
    await expect(client.connection.sendRequest("textDocument/unheardOf", {})).rejects.toThrow();
    expect(await client.pull(uri)).toHaveLength(1);
  });

  it("settings that make no sense with what is wrong with them", async () => {
    const client = await connect(transport, pulls);
    const said = new Promise<string>((resolve) => {
      client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
        resolve(message);
      });
    });
    const meshlog = {
      kuma: 2.14,
      envoy: "9.9",
      lints: { "lint/duplicate-key": 7 },
      controlPlane: [],
      inlayHints: "yes",
    };
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { meshlog } });
    const message = await said;
    for (const name of ['"kuma"', '"lint/duplicate-key"', '"controlPlane"', '"inlayHints"', "9.9"]) {
      expect(message).toContain(name);
    }
    await client.open(uri, policy("'%PROTCOL%'"));
    expect(await client.pull(uri)).toHaveLength(1);
    for (const settings of [null, 1, [], { meshlog: null }, { meshlog: "x" }]) {
      await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings });
    }
    expect(await client.pull(uri)).toHaveLength(1);
  });

  it("others after documents whose uri, text or version is none, which it does not take", async () => {
    const client = await connect(transport, pulls);
    await client.open(uri, policy("'%PROTCOL%'"));
    const { connection } = client;
    const text = policy("'a'");
    for (const textDocument of [{ text }, { uri: 5, text }, { uri }, { uri, text: [] }, { uri, text, version: {} }]) {
      await connection.sendNotification("textDocument/didOpen", {
        textDocument: { languageId: "yaml", version: 2, ...textDocument },
      });
    }
    const textDocument = { uri, version: 3 };
    for (const contentChanges of [[{}], [{ text: null }], [{ text: "x" }, { text: 5 }]]) {
      await connection.sendNotification("textDocument/didChange", { textDocument, contentChanges });
    }
    expect(await client.pull(uri)).toHaveLength(1);
    const found = await connection.sendRequest(WorkspaceSymbolRequest.type, { query: "" });
    expect(found).toMatchObject([{ location: { uri } }]);
  });

  it("messages out of order", async () => {
    const client = await connect(transport, pulls);
    const textDocument = { uri, version: 7 };
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument, contentChanges: [{ text: "x" }] }); // prettier-ignore
    await client.connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument });
    await client.open(uri, policy("'%PROTCOL%'"));
    await client.open(uri, policy("'%PROTCOL% %DURATIN%'"));
    expect(await client.pull(uri)).toHaveLength(2);
    const range = { start: { line: 900, character: 1 }, end: { line: 2, character: 900 } };
    await client.connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version: 1 }, contentChanges: [{ range, text: "\n" }] }); // prettier-ignore
    await client.pull(uri);
  });
});

/** A connection to a server of which nothing has been asked yet. */
function talkTo(server: ReturnType<typeof spawnServer>): ProtocolConnection {
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.listen();
  onTestFinished(() => {
    connection.dispose();
  });
  return connection;
}

function initialize(connection: ProtocolConnection, processId: number | null): Promise<InitializeResult> {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still demands it
  return connection.sendRequest(InitializeRequest.type, { processId, rootUri: null, capabilities: {} });
}

describe("a server", () => {
  it("goes quietly on where its connection was closed while it worked", async () => {
    const thrown = vi.fn();
    process.on("unhandledRejection", thrown);
    onTestFinished(() => void process.off("unhandledRejection", thrown));
    const [toServer, toClient] = [new PassThrough(), new PassThrough()];
    const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
    let task: (() => void) | undefined;
    const schedule = (planned: () => void): (() => void) => {
      task = planned;
      return () => undefined;
    };
    createServer(connection, { schedule }).listen();
    const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
    client.listen();
    await initialize(client, null);
    const textDocument = { uri, languageId: "yaml", version: 1, text: policy("'%PROTCOL%'") };
    await client.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
    await vi.waitUntil(() => task !== undefined);
    connection.dispose();
    task?.();
    await new Promise((resolve) => setTimeout(resolve));
    expect(thrown).not.toHaveBeenCalled();
  });

  it("can be told that a request is no longer wanted", async () => {
    const client = await connect("spawned", pulls);
    await client.open(uri, list(...Array.from({ length: 400 }, (_, i) => item(`n${i}`, `'%PROTCOL% ${i}'`))));
    const source = new CancellationTokenSource();
    const answer = client.connection.sendRequest(
      DocumentDiagnosticRequest.type,
      { textDocument: { uri } },
      source.token,
    );
    source.cancel();
    await expect(answer).rejects.toMatchObject({ code: -32800 });
    expect(await client.pull(uri)).toHaveLength(400);
  });

  it("drops what it found about a text that has changed meanwhile", async () => {
    const client = await connect("spawned", pulls);
    await client.open(uri, list(...Array.from({ length: 400 }, (_, i) => item(`n${i}`, `'%PROTCOL% ${i}'`))));
    const answer = client.connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    const change = client.change(uri, policy("'%PROTOCOL%'"));
    await expect(answer).rejects.toMatchObject({ code: -32802 });
    await change;
    expect(await client.pull(uri)).toEqual([]);
  });

  it("reads a file of 10 MB", { timeout: 120_000 }, async () => {
    const client = await connect("spawned", pulls);
    const documents = Array.from({ length: 40_000 }, (_, i) => `type: Mesh\nname: m${i}\n# ${"x".repeat(220)}\n`);
    await client.open(uri, `${documents.join("---\n")}---\n${policy("'%PROTCOL%'")}`);
    expect(await client.pull(uri)).toMatchObject([{ code: "format/unknown-operator" }]);
  });

  it("reads and completes a format of 10 MB, and what is typed into it", { timeout: 120_000 }, async () => {
    const client = await connect("spawned", pulls);
    const format = `'%PROTCOL% ${"words ".repeat(1_700_000)}%KU'`;
    await client.open(uri, policy(format));
    const { connection } = client;
    const line = policy("").split("\n").length - 2;
    const position = { line, character: `            plain: ${format}`.length - 1 };
    const range = { start: position, end: position };
    await connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument: { uri, version: 2 }, contentChanges: [{ range, text: "M" }] }); // prettier-ignore
    const typed = { line, character: position.character + 1 };
    const found = await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: typed });
    const items = Array.isArray(found) ? found : (found?.items ?? []);
    expect(items.map(({ label }) => label)).toContain("KUMA_MESH");
    expect((await client.pull(uri)).map(({ code }) => code)).toContain("format/unknown-operator");
  });

  it("goes on after a request that was no longer wanted when it came", async () => {
    const client = await connect("spawned", pulls);
    await client.open(uri, policy("'%PROTCOL%'"));
    const textDocument = { uri };
    const position = { line: 11, character: 21 };
    for (let i = 0; i < 50; i++) {
      const source = new CancellationTokenSource();
      const answer = client.connection.sendRequest(CompletionRequest.type, { textDocument, position }, source.token);
      source.cancel();
      await answer.catch((error: unknown) => {
        expect(error).toMatchObject({ code: -32800 });
      });
    }
    expect(await client.pull(uri)).toHaveLength(1);
  });

  it("goes on after a message that is no JSON", async () => {
    const server = spawnServer();
    server.stdin.write("Content-Length: 5\r\n\r\n{no!}");
    const connection = talkTo(server);
    const answer = await initialize(connection, null);
    expect(answer.serverInfo?.name).toBe("meshlog");
  });

  it("ends when its client has vanished", async () => {
    const server = spawnServer();
    const exit = once(server, "exit");
    server.stdin.end();
    expect(await exit).toBeDefined();
  });

  it("ends when the process of its client is gone, whoever still holds its streams", { timeout: 30_000 }, async () => {
    const editor = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
    const server = spawnServer();
    const exit = once(server, "exit");
    const connection = talkTo(server);
    await initialize(connection, editor.pid ?? null);
    editor.kill("SIGKILL");
    expect(await exit).toEqual([1, null]);
  });

  it("ends with an error when it is told to exit before it is shut down", async () => {
    const server = spawnServer();
    const exit = once(server, "exit");
    const connection = talkTo(server);
    await connection.sendNotification(ExitNotification.type);
    expect(await exit).toEqual([1, null]);
  });
});
