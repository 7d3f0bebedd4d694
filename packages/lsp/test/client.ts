import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough, type Readable, type Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import {
  type ClientCapabilities,
  type CompletionItem,
  CompletionRequest,
  CompletionResolveRequest,
  ConfigurationRequest,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type DocumentDiagnosticReport,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  type InitializeParams,
  InitializeRequest,
  type InitializeResult,
  type ProtocolConnection,
  LSPErrorCodes,
  PublishDiagnosticsNotification,
  ResponseError,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentPositionParams,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createServer, type Schedule } from "../src/server.ts";
import { nodeFiles } from "../src/workspace/node-files.ts";

/** In the same process over a pair of streams, or as a process of its own on the standard streams. */
export type Transport = "in-process" | "spawned";

export interface Client {
  readonly server: InitializeResult;
  /** Resolves when the server has asked for settings and got none. */
  readonly deniedSettings: Promise<void>;
  /** For what has no function here. */
  readonly connection: ProtocolConnection;
  /** Opens, or changes to, a text; answers what a request about the place of its cursor `┆` takes. */
  at(uri: string, marked: string): Promise<TextDocumentPositionParams>;
  open(uri: string, text: string): Promise<void>;
  change(uri: string, text: string): Promise<void>;
  close(uri: string): Promise<void>;
  /** Completion at the cursor `┆` of a text, which the client opens or changes to. */
  complete(uri: string, marked: string): Promise<readonly CompletionItem[]>;
  resolve(item: CompletionItem): Promise<CompletionItem>;
  /** The diagnostics that the server pushed last for the URI; waits for the next if there is none yet. */
  pushed(uri: string): Promise<readonly Diagnostic[]>;
  /** The diagnostics that the server pushes next for the URI. */
  nextPushed(uri: string): Promise<readonly Diagnostic[]>;
  /** The version that the diagnostics which were pushed last are of. */
  pushedVersion(uri: string): number | undefined;
  pull(uri: string): Promise<readonly Diagnostic[]>;
  report(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** Shuts the server down. @returns the exit code of a process of its own. */
  shutdown(): Promise<number | null>;
}

/** A client that is connected to a server and initialized. */
export async function connect(
  transport: Transport,
  capabilities: ClientCapabilities = {},
  initializationOptions?: unknown,
  clientInfo?: InitializeParams["clientInfo"],
  folders: readonly string[] = [],
  prepare: (connection: ProtocolConnection) => void = () => undefined,
  site?: string,
): Promise<Client> {
  const { connection, exited } = transport === "spawned" ? spawned() : inProcess(site);
  const deniedSettings = new Promise<void>((resolve) => {
    connection.onRequest(ConfigurationRequest.type, ({ items }) => {
      resolve();
      return items.map(() => null);
    });
  });
  prepare(connection);
  connection.listen();
  onTestFinished(() => {
    connection.dispose();
  });

  const texts = new Map<string, number>();
  const pushed = new Map<string, readonly Diagnostic[]>();
  const waiting = new Map<string, (diagnostics: readonly Diagnostic[]) => void>();
  const versions = new Map<string, number | undefined>();
  connection.onNotification(PublishDiagnosticsNotification.type, ({ uri, version, diagnostics }) => {
    versions.set(uri, version);
    const next = waiting.get(uri);
    waiting.delete(uri);
    if (next === undefined) pushed.set(uri, diagnostics);
    else next(diagnostics);
  });

  const server = await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still demands it
    rootUri: null,
    capabilities,
    workspaceFolders: folders.map((uri) => ({ uri, name: "" })),
    ...(clientInfo && { clientInfo }),
    initializationOptions,
  });
  await connection.sendNotification(InitializedNotification.type, {});

  const client: Client = {
    server,
    deniedSettings,
    connection,
    async at(uri, marked) {
      const offset = marked.indexOf("┆");
      const text = marked.replace("┆", "");
      await (texts.has(uri) ? client.change(uri, text) : client.open(uri, text));
      return { textDocument: { uri }, position: TextDocument.create(uri, "yaml", 0, text).positionAt(offset) };
    },
    async open(uri, text) {
      texts.set(uri, 1);
      await connection.sendNotification(DidOpenTextDocumentNotification.type, {
        textDocument: { uri, languageId: "yaml", version: 1, text },
      });
    },
    async change(uri, text) {
      const version = (texts.get(uri) ?? 0) + 1;
      texts.set(uri, version);
      pushed.delete(uri);
      await connection.sendNotification(DidChangeTextDocumentNotification.type, {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    },
    async close(uri) {
      texts.delete(uri);
      pushed.delete(uri);
      await connection.sendNotification(DidCloseTextDocumentNotification.type, { textDocument: { uri } });
    },
    async complete(uri, marked) {
      const answer = await connection.sendRequest(CompletionRequest.type, await client.at(uri, marked));
      if (answer === null || Array.isArray(answer)) return answer ?? [];
      const range = answer.itemDefaults?.editRange;
      if (range === undefined || !("start" in range)) return answer.items;
      return answer.items.map((item) => ({
        ...item,
        textEdit: { range, newText: item.textEditText ?? item.label },
      }));
    },
    resolve(item) {
      return connection.sendRequest(CompletionResolveRequest.type, item);
    },
    pushed(uri) {
      const known = pushed.get(uri);
      if (known !== undefined) return Promise.resolve(known);
      return client.nextPushed(uri);
    },
    nextPushed(uri) {
      return new Promise((resolve) => waiting.set(uri, resolve));
    },
    pushedVersion(uri) {
      return versions.get(uri);
    },
    async pull(uri) {
      for (;;) {
        try {
          const report = await client.report(uri);
          return report.kind === "full" ? report.items : [];
        } catch (error) {
          // As clients do that are told to ask again.
          if (!(error instanceof ResponseError) || error.code !== LSPErrorCodes.ServerCancelled) throw error;
        }
      }
    },
    report(uri, previousResultId) {
      const previous = previousResultId === undefined ? {} : { previousResultId };
      return connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri }, ...previous });
    },
    async shutdown() {
      await connection.sendRequest(ShutdownRequest.type);
      if (transport === "spawned") await connection.sendNotification(ExitNotification.type);
      return exited;
    },
  };
  return client;
}

interface Connected {
  readonly connection: ProtocolConnection;
  readonly exited: Promise<number | null>;
}

const atOnce: Schedule = (task) => {
  task();
  return () => undefined;
};

function inProcess(site: string | undefined): Connected {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const connection = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  createServer(connection, { schedule: atOnce, files: nodeFiles, ...(site !== undefined && { site }) }).listen();
  return {
    connection: createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
    exited: Promise.resolve(null),
  };
}

/** A server as a process of its own, which ends with the test at the latest. */
export function spawnServer(): ChildProcessByStdio<Writable, Readable, null> {
  const main = fileURLToPath(new URL("../src/main.ts", import.meta.url));
  const server = spawn(process.execPath, ["--conditions=@meshlog/source", main, "--stdio"], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  onTestFinished(() => {
    server.kill();
  });
  return server;
}

function spawned(): Connected {
  const server = spawnServer();
  return {
    connection: createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin)),
    exited: once(server, "exit").then(([code]) => code as number | null),
  };
}

/** The text after an item was accepted, with the cursor's mark gone and places of a snippet filled with their default. */
export function accept(marked: string, item: CompletionItem): string {
  const text = marked.replace("┆", "");
  const edit = item.textEdit;
  if (edit === undefined || !("range" in edit)) throw new Error("no edit");
  const newText =
    item.insertTextFormat === 2
      ? edit.newText.replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, "$1").replace(/\\(.)/g, "$1")
      : edit.newText;
  return TextDocument.applyEdits(TextDocument.create("", "yaml", 0, text), [{ range: edit.range, newText }]);
}
