import {
  type CancellationToken,
  CodeLensRefreshRequest,
  type Connection,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  type DiagnosticServerCancellationData,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  type InitializeParams,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  TextDocuments,
} from "vscode-languageserver";
import { changeDocument, openDocument, type PolicyDocument } from "./document.ts";
import { proxiesCommand } from "./features/code-lens.ts";
import { createHandlers } from "./handlers.ts";
import { createProject } from "./project.ts";
import { inSlices } from "./slices.ts";
import { createConfigurations, isConfiguration } from "./workspace/configurations.ts";
import type { WorkspaceFiles } from "./workspace/files.ts";
import { createWorkspace, type WorkspaceLimits } from "./workspace/workspace.ts";

/** A server on a connection; `listen` starts it. */
export interface Server {
  listen(): void;
}

/** Does a task when the client pauses, and answers how to call it off. */
export type Schedule = (task: () => void) => () => void;

export interface ServerOptions {
  /** When diagnostics are pushed after an edit; by default after 20 ms without another. */
  readonly schedule?: Schedule;
  /** The files of the machine that the server runs on, if it may read them. */
  readonly files?: WorkspaceFiles;
  /** How much of a workspace is read. */
  readonly limits?: WorkspaceLimits;
  /** Where the documentation is published, if it is. */
  readonly site?: string;
}

const afterAPause: Schedule = (task) => {
  const timer = setTimeout(task, 20);
  return () => {
    clearTimeout(timer);
  };
};

/** Wires the handlers to a connection: standard streams, a pair of streams in a test, a Web Worker. */
export function createServer(
  connection: Connection,
  { schedule = afterAPause, files, limits, site }: ServerOptions = {},
): Server {
  const documents = new TextDocuments<PolicyDocument>(soundDocuments);
  const configurations = createConfigurations(files);
  const events = {
    onRead: refresh,
    onConfiguration: async (uri: string) => {
      if (await configurations.seek(uri)) handlers.rearrange();
    },
    onLimit: (why: string) => {
      log("warn", why);
    },
  };
  const workspace = files && createWorkspace(files, events, limits);
  const project = createProject({ open: () => documents.all(), workspace, configurations });
  const handlers = createHandlers({ document: (uri) => documents.get(uri), project, site });
  /** Counts what has changed in any file: what is said of one may depend on others. */
  let changes = 0;

  connection.onInitialize((params) => {
    workspace?.addFolders(foldersIn(params));
    return handlers.initialize(params);
  });
  connection.onShutdown(() => workspace?.close());
  connection.onInitialized(() => {
    complain();
    if (handlers.watchesFiles && workspace !== undefined) {
      const watchers = [{ globPattern: "**/*.{yaml,yml,json}" }];
      ask(() => connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (!handlers.hasConfiguration) return;
    if (handlers.takesRegistration) {
      ask(() => connection.client.register(DidChangeConfigurationNotification.type, { section: "meshlog" }));
    }
    ask(configure);
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    if (handlers.hasConfiguration) ask(configure);
    else apply((Object(settings) as { readonly meshlog?: unknown }).meshlog);
  });

  connection.onNotification(DidChangeWorkspaceFoldersNotification.type, ({ event: { added, removed } }) => {
    workspace?.removeFolders(removed.map(({ uri }) => uri));
    workspace?.addFolders(added.map(({ uri }) => uri));
    handlers.rearrange();
    refresh();
  });
  connection.onDidChangeWatchedFiles(({ changes: changed }) => {
    for (const { uri } of changed) fileChanged(uri);
  });
  documents.onDidSave(({ document: { uri } }) => {
    fileChanged(uri);
  });

  connection.onCompletion(({ textDocument, position }) => handlers.completion(textDocument.uri, position));
  connection.onCompletionResolve((item) => handlers.resolveCompletion(item));
  connection.onHover(({ textDocument, position }) => handlers.hover(textDocument.uri, position));
  connection.onSignatureHelp(({ textDocument, position }) => handlers.signatureHelp(textDocument.uri, position));
  connection.onCodeAction(({ textDocument, range, context }) => [
    ...handlers.codeActions(textDocument.uri, range, context),
  ]);
  connection.onCodeActionResolve(async (asked) => {
    await workspace?.read();
    const { action, left } = handlers.resolveCodeAction(asked);
    if (left.length > 0) warn(left.join("\n"));
    return action;
  });
  connection.languages.semanticTokens.on(({ textDocument }) => handlers.semanticTokens(textDocument.uri));
  connection.languages.semanticTokens.onRange(({ textDocument, range }) =>
    handlers.semanticTokens(textDocument.uri, range),
  );
  connection.onDocumentSymbol(({ textDocument }) => handlers.documentSymbols(textDocument.uri));
  connection.onWorkspaceSymbol(async ({ query }) => {
    await workspace?.read();
    return handlers.workspaceSymbols(query);
  });
  connection.onFoldingRanges(({ textDocument }) => handlers.foldingRanges(textDocument.uri));
  connection.onSelectionRanges(({ textDocument, positions }) => handlers.selectionRanges(textDocument.uri, positions));
  connection.onDocumentLinks(({ textDocument }) => handlers.documentLinks(textDocument.uri));
  connection.onDefinition(async ({ textDocument, position }) => {
    await workspace?.read();
    return handlers.definition(textDocument.uri, position);
  });
  connection.onReferences(async ({ textDocument, position }) => {
    await workspace?.read();
    return handlers.references(textDocument.uri, position);
  });
  connection.onCodeLens(({ textDocument }) => handlers.codeLenses(textDocument.uri));
  connection.onCodeLensResolve(async (lens) => {
    await workspace?.read();
    return handlers.resolveCodeLens(lens);
  });
  connection.onExecuteCommand(async ({ command, arguments: [lens] = [] }) => {
    if (command !== proxiesCommand) return new ResponseError(LSPErrorCodes.RequestFailed, `no command "${command}"`);
    await workspace?.read();
    return handlers.selectedProxies(lens) ?? [];
  });
  connection.languages.inlayHint.on(({ textDocument, range }) => handlers.inlayHints(textDocument.uri, range));
  connection.onDocumentFormatting(({ textDocument }) => handlers.formatting(textDocument.uri));
  connection.languages.diagnostics.on(({ textDocument, previousResultId }, token) =>
    pull(textDocument.uri, previousResultId, token),
  );
  documents.onDidChangeContent(({ document }) => {
    changes++;
    plan(document.uri);
    for (const { uri } of documents.all()) if (uri !== document.uri) plan(uri);
  });
  documents.onDidOpen(({ document: { isKumas } }) => {
    if (isKumas) workspace?.read().catch(passOver);
  });
  documents.onDidClose(({ document: { uri } }) => {
    changes++;
    callOff(uri);
    last.delete(uri);
    fileChanged(uri);
    if (!handlers.pullsDiagnostics) ask(() => connection.sendDiagnostics({ uri, diagnostics: [] }));
  });

  async function configure(): Promise<void> {
    apply(await connection.workspace.getConfiguration("meshlog"));
  }

  function apply(settings: unknown): void {
    handlers.configure(settings);
    complain();
    refresh();
  }

  /** Says anew what is said of open files. */
  function refresh(): void {
    changes++;
    if (handlers.refreshesDiagnostics) ask(() => connection.languages.diagnostics.refresh());
    if (handlers.refreshesInlayHints) ask(() => connection.languages.inlayHint.refresh());
    if (handlers.refreshesCodeLenses) ask(() => connection.sendRequest(CodeLensRefreshRequest.type));
    for (const { uri } of documents.all()) plan(uri);
  }

  /** A file has changed on the disk. */
  function fileChanged(uri: string): void {
    workspace?.changed(uri);
    if (!isConfiguration(uri)) return;
    configurations.reread(uri).then(() => {
      handlers.rearrange();
      refresh();
    }, passOver);
  }

  /** Tells the person at the client what is wrong with the settings. */
  function complain(): void {
    if (handlers.problem !== undefined) warn(handlers.problem);
  }

  const told = new Map<string, string>();

  /** Tells what is wrong with the configuration of a file, once as long as it is the same. */
  function complainAbout(uri: string): void {
    const { folder = "", problem = "" } = configurations.of(uri) ?? {};
    if (problem !== "" && told.get(folder) !== problem) warn(problem);
    told.set(folder, problem);
  }

  function warn(problem: string): void {
    const message = `meshlog: ${problem}`;
    // Not `window.showWarningMessage`: that is a request, which not every client answers.
    ask(() => connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message }));
  }

  /** Sends what a client may refuse or be gone for, without which the server goes on. */
  function ask(send: () => Promise<unknown>): void {
    // A connection that is closed throws at once.
    const sent = async (): Promise<unknown> => send();
    sent().catch((error: unknown) => {
      log("info", `the client refused: ${String(error)}`);
    });
  }

  /** Writes into the client's log, if there is a client still. */
  function log(level: "info" | "warn", text: string): void {
    try {
      connection.console[level](`meshlog: ${text}`);
    } catch {
      // Nobody is left to read it.
    }
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
      ask(() => push(uri));
    });
    planned.set(uri, cancel);
  }

  /** What was pushed last of each document. */
  const last = new Map<string, { readonly version: number; readonly diagnostics: readonly Diagnostic[] }>();

  async function push(uri: string): Promise<void> {
    const document = documents.get(uri);
    if (document === undefined) return;
    const diagnostics = await judge(document, () => true);
    // Newer text has a push of its own.
    if (diagnostics === undefined) return;
    const { version } = document;
    const known = last.get(uri);
    if (known?.version === version && JSON.stringify(known.diagnostics) === JSON.stringify(diagnostics)) return;
    last.set(uri, { version, diagnostics });
    ask(() => connection.sendDiagnostics({ uri, version, diagnostics }));
  }

  async function pull(
    uri: string,
    previous: string | undefined,
    token: CancellationToken,
  ): Promise<DocumentDiagnosticReport | ResponseError<DiagnosticServerCancellationData>> {
    const document = documents.get(uri);
    if (document === undefined) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
    await prepare(uri);
    const resultId = `${document.version}/${handlers.revision}/${changes}`;
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
    await prepare(document.uri);
    const { revision } = handlers;
    const isCurrent = (): boolean =>
      isWanted() && documents.get(document.uri) === document && handlers.revision === revision;
    return inSlices(handlers.diagnostics(document), isCurrent);
  }

  /** Finds the configuration of a file. */
  async function prepare(uri: string): Promise<void> {
    if (await configurations.seek(uri)) handlers.rearrange();
    complainAbout(uri);
  }

  return {
    listen() {
      documents.listen(connection);
      connection.listen();
    },
  };
}

/**
 * Documents of messages that have the form of one. What throws here is a notification, which is then passed over and told
 * to the client's log; the document stays as it was.
 */
const soundDocuments: ConstructorParameters<typeof TextDocuments<PolicyDocument>>[0] = {
  create(uri, languageId, version, text) {
    requireForm([uri, text], version);
    return openDocument(uri, languageId, version, text);
  },
  update(document, changes, version) {
    requireForm(
      changes.map(({ text }) => text),
      version,
    );
    return changeDocument(document, changes, version);
  },
};

function requireForm(texts: readonly unknown[], version: unknown): void {
  if (texts.every((text) => typeof text === "string") && typeof version === "number") return;
  throw new ResponseError(ErrorCodes.InvalidParams, "a document's uri and text must be texts, its version a number");
}

/** The folders that the client has open. */
function foldersIn({ workspaceFolders, ...older }: InitializeParams): readonly string[] {
  if (workspaceFolders) return workspaceFolders.map(({ uri }) => uri);
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- older clients say no more
  return older.rootUri ? [older.rootUri] : [];
}

/** A file that cannot be read is as good as none. */
function passOver(): void {
  // Nothing to do.
}
