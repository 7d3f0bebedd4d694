import {
  type Connection,
  DidChangeConfigurationNotification,
  DocumentDiagnosticReportKind,
  TextDocuments,
} from "vscode-languageserver";
import { TextDocument } from "vscode-languageserver-textdocument";
import { createHandlers } from "./handlers.ts";

/** A server on a connection; `listen` starts it. */
export interface Server {
  listen(): void;
}

/** Wires the handlers to a connection: standard streams, a pair of streams in a test, a Web Worker. */
export function createServer(connection: Connection): Server {
  const documents = new TextDocuments(TextDocument);
  const handlers = createHandlers({ document: (uri) => documents.get(uri) });

  connection.onInitialize((params) => handlers.initialize(params));
  connection.onInitialized(() => {
    complain();
    if (!handlers.hasConfiguration) return;
    void connection.client.register(DidChangeConfigurationNotification.type, { section: "meshlog" });
    void configure();
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (handlers.hasConfiguration) void configure();
    else apply((Object(settings) as { readonly meshlog?: unknown }).meshlog);
  });

  connection.onCompletion(({ textDocument, position }) => [...handlers.completion(textDocument.uri, position)]);
  connection.languages.diagnostics.on(({ textDocument }) => ({
    kind: DocumentDiagnosticReportKind.Full,
    items: [...handlers.diagnostics(textDocument.uri)],
  }));
  documents.onDidChangeContent(({ document }) => {
    push(document.uri);
  });
  documents.onDidClose(({ document }) => {
    if (!handlers.pullsDiagnostics) void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] });
  });

  async function configure(): Promise<void> {
    apply(await connection.workspace.getConfiguration("meshlog"));
  }

  function apply(settings: unknown): void {
    handlers.configure(settings);
    complain();
    if (handlers.refreshesDiagnostics) void connection.languages.diagnostics.refresh();
    for (const { uri } of documents.all()) push(uri);
  }

  /** Tells the person at the client what is wrong with the settings. */
  function complain(): void {
    if (handlers.problem !== undefined) connection.window.showWarningMessage(`meshlog: ${handlers.problem}`);
  }

  function push(uri: string): void {
    if (handlers.pullsDiagnostics) return;
    void connection.sendDiagnostics({ uri, diagnostics: [...handlers.diagnostics(uri)] });
  }

  return {
    listen() {
      documents.listen(connection);
      connection.listen();
    },
  };
}
