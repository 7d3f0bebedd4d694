import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocuments,
} from "vscode-languageserver";
import { changeDocument, openDocument, type PolicyDocument } from "./document.ts";
import { createHandlers } from "./handlers.ts";
import { inSlices } from "./slices.ts";

/** A server on a connection; `listen` starts it. */
export interface Server {
  listen(): void;
}

/** Does a task when the client pauses, and answers how to call it off. */
export type Schedule = (task: () => void) => () => void;

export interface ServerOptions {
  /** When diagnostics are pushed after an edit; by default after 20 ms without another. */
  readonly schedule?: Schedule;
}

const afterAPause: Schedule = (task) => {
  const timer = setTimeout(task, 20);
  return () => {
    clearTimeout(timer);
  };
};

/** Wires the handlers to a connection: standard streams, a pair of streams in a test, a Web Worker. */
export function createServer(connection: Connection, { schedule = afterAPause }: ServerOptions = {}): Server {
  const documents = new TextDocuments<PolicyDocument>({ create: openDocument, update: changeDocument });
  const handlers = createHandlers({ document: (uri) => documents.get(uri), documents: () => documents.all() });

  connection.onInitialize((params) => handlers.initialize(params));
  connection.onInitialized(() => {
    complain();
    if (!handlers.hasConfiguration) return;
    if (handlers.takesRegistration) {
      ask(connection.client.register(DidChangeConfigurationNotification.type, { section: "meshlog" }));
    }
    ask(configure());
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (handlers.hasConfiguration) ask(configure());
    else apply((Object(settings) as { readonly meshlog?: unknown }).meshlog);
  });

  connection.onCompletion(({ textDocument, position }) => handlers.completion(textDocument.uri, position));
  connection.onCompletionResolve((item) => handlers.resolveCompletion(item));
  connection.onHover(({ textDocument, position }) => handlers.hover(textDocument.uri, position));
  connection.onSignatureHelp(({ textDocument, position }) => handlers.signatureHelp(textDocument.uri, position));
  connection.onCodeAction(({ textDocument, range, context }) => [
    ...handlers.codeActions(textDocument.uri, range, context),
  ]);
  connection.languages.semanticTokens.on(({ textDocument }) => handlers.semanticTokens(textDocument.uri));
  connection.languages.semanticTokens.onRange(({ textDocument, range }) =>
    handlers.semanticTokens(textDocument.uri, range),
  );
  connection.onDocumentSymbol(({ textDocument }) => handlers.documentSymbols(textDocument.uri));
  connection.onWorkspaceSymbol(({ query }) => handlers.workspaceSymbols(query));
  connection.onFoldingRanges(({ textDocument }) => handlers.foldingRanges(textDocument.uri));
  connection.onSelectionRanges(({ textDocument, positions }) => handlers.selectionRanges(textDocument.uri, positions));
  connection.onDocumentLinks(({ textDocument }) => handlers.documentLinks(textDocument.uri));
  connection.onDefinition(({ textDocument, position }) => handlers.definition(textDocument.uri, position));
  connection.onReferences(({ textDocument, position }) => handlers.references(textDocument.uri, position));
  connection.languages.inlayHint.on(({ textDocument, range }) => handlers.inlayHints(textDocument.uri, range));
  connection.onDocumentFormatting(({ textDocument }) => handlers.formatting(textDocument.uri));
  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    pull(textDocument.uri, previousResultId, token),
  );
  documents.onDidChangeContent(({ document }) => {
    plan(document.uri);
  });
  documents.onDidClose(({ document: { uri } }) => {
    callOff(uri);
    if (!handlers.pullsDiagnostics) ask(connection.sendDiagnostics({ uri, diagnostics: [] }));
  });

  async function configure(): Promise<void> {
    apply(await connection.workspace.getConfiguration("meshlog"));
  }

  function apply(settings: unknown): void {
    handlers.configure(settings);
    complain();
    if (handlers.refreshesDiagnostics) ask(connection.languages.diagnostics.refresh());
    if (handlers.refreshesInlayHints) ask(connection.languages.inlayHint.refresh());
    for (const { uri } of documents.all()) plan(uri);
  }

  /** Tells the person at the client what is wrong with the settings. */
  function complain(): void {
    const { problem } = handlers;
    if (problem === undefined) return;
    const message = `meshlog: ${problem}`;
    // Not `window.showWarningMessage`: that is a request, which not every client answers.
    ask(connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message }));
  }

  /** Sends what a client may refuse or be gone for, without which the server goes on. */
  function ask(sent: Promise<unknown>): void {
    sent.catch((error: unknown) => {
      connection.console.info(`meshlog: the client refused: ${String(error)}`);
    });
  }

  const planned = new Map<string, () => void>();

  function callOff(uri: string): void {
    planned.get(uri)?.();
    planned.delete(uri);
  }

  function plan(uri: string): void {
    if (handlers.pullsDiagnostics) return;
    callOff(uri);
    const cancel = schedule(() => {
      ask(push(uri));
    });
    planned.set(uri, cancel);
  }

  async function push(uri: string): Promise<void> {
    const document = documents.get(uri);
    if (document === undefined) return;
    const diagnostics = await judge(document, () => true);
    // Newer text has a push of its own.
    if (diagnostics !== undefined) ask(connection.sendDiagnostics({ uri, version: document.version, diagnostics }));
  }

  async function pull(
    uri: string,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport | ResponseError<DiagnosticServerCancellationData>> {
    const document = documents.get(uri);
    if (document === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    const resultId = `${document.version}/${handlers.revision}`;
    if (resultId === previous) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
    const items = await judge(document, () => !token.isCancellationRequested);
    if (items !== undefined) return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
    const [code, reason] = token.isCancellationRequested
      ? ([LSPErrorCodes.RequestCancelled, "cancelled"] as const)
      : ([LSPErrorCodes.ServerCancelled, "the text has changed"] as const);
    return new ResponseError(code, reason, { retriggerRequest: !token.isCancellationRequested });
  }

  /** The diagnostics of a document; `undefined` if they are no longer wanted, or the document is no longer so. */
  async function judge(document: PolicyDocument, isWanted: () => boolean): Promise<Diagnostic[] | undefined> {
    const { revision } = handlers;
    const isCurrent = (): boolean =>
      isWanted() && documents.get(document.uri) === document && handlers.revision === revision;
    const found = await inSlices(handlers.diagnostics(document), isCurrent);
    return found?.flat();
  }

  return {
    listen() {
      documents.listen(connection);
      connection.listen();
    },
  };
}
