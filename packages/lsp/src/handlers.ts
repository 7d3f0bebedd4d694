import type { Span } from "@meshlog/parser";
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
  type CodeLens,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type DocumentLink,
  type DocumentSymbol,
  type FoldingRange,
  type Hover,
  type InitializeParams,
  type InitializeResult,
  type InlayHint,
  type Location,
  type Position,
  PositionEncodingKind,
  type Range,
  type SelectionRange,
  type SemanticTokens,
  type SignatureHelp,
  type SymbolInformation,
  TextDocumentSyncKind,
  type TextEdit,
  type WorkspaceSymbol,
} from "vscode-languageserver";
import { type Cursor, cursorAt } from "./cursor.ts";
import type { PolicyDocument } from "./document.ts";
import { codeActionKinds, codeActions } from "./features/code-actions.ts";
import { codeLenses, lensUri, proxiesCommand, resolveCodeLens, selectedPlaces } from "./features/code-lens.ts";
import { completion, completionTriggers, resolveCompletion } from "./features/completion.ts";
import { definition, references } from "./features/definition.ts";
import { toDiagnostic } from "./features/diagnostics.ts";
import { foldingRanges } from "./features/folding.ts";
import { formatting } from "./features/formatting.ts";
import { hover } from "./features/hover.ts";
import { inlayHints } from "./features/inlay-hints.ts";
import { documentLinks } from "./features/links.ts";
import type { CompletionClient } from "./features/offers.ts";
import { selectionRanges } from "./features/selection-ranges.ts";
import { semanticTokens, semanticTokensLegend } from "./features/semantic-tokens.ts";
import { resolveUpgrade, type UpgradeClient, upgradeUri } from "./features/upgrade.ts";
import { signatureHelp, signatureTriggers } from "./features/signature-help.ts";
import { documentSymbols, flatSymbols, workspaceSymbols } from "./features/symbols.ts";
import { findingsBySection, readBundle } from "./findings.ts";
import type { Project } from "./project.ts";

/** What the handlers need of the world around them. */
export interface Host {
  /** The open document of a URI, in its newest version. */
  readonly document: (uri: string) => PolicyDocument | undefined;
  readonly project: Project;
  /** Where the documentation is published, if it is. */
  readonly site?: string | undefined;
}

/** A code action with its edit. */
export interface Resolved {
  readonly action: CodeAction;
  /** What is left as it is and why, for people. */
  readonly left: readonly string[];
}

/** What the server does, without a connection. Each function is one request or event. */
export interface Handlers {
  initialize(params: InitializeParams): InitializeResult;
  /** Applies the client's settings; where it has none, those that it started the server with hold. */
  configure(settings: unknown): void;
  /** What is wrong with the settings, for people. */
  readonly problem: string | undefined;
  completion(uri: string, position: Position): CompletionList | undefined;
  resolveCompletion(item: CompletionItem): CompletionItem;
  hover(uri: string, position: Position): Hover | undefined;
  signatureHelp(uri: string, position: Position): SignatureHelp | undefined;
  codeActions(uri: string, range: Range, context: CodeActionContext): readonly CodeAction[];
  /** An action with its edit, and what it leaves undone, for people. */
  resolveCodeAction(action: CodeAction): Resolved;
  semanticTokens(uri: string, range?: Range): SemanticTokens;
  documentSymbols(uri: string): DocumentSymbol[] | SymbolInformation[];
  workspaceSymbols(query: string): WorkspaceSymbol[];
  foldingRanges(uri: string): FoldingRange[];
  selectionRanges(uri: string, positions: readonly Position[]): SelectionRange[];
  documentLinks(uri: string): DocumentLink[];
  definition(uri: string, position: Position): Location[];
  references(uri: string, position: Position): Location[];
  inlayHints(uri: string, range: Range): InlayHint[];
  formatting(uri: string): Promise<TextEdit[]>;
  codeLenses(uri: string): CodeLens[];
  resolveCodeLens(lens: CodeLens): CodeLens;
  /** Where the proxies are that the policy of a lens selects; `undefined` if Kuma holds no such policy. */
  selectedProxies(lens: unknown): readonly Location[] | undefined;
  /** The diagnostics of a document, some at a time. */
  diagnostics(document: PolicyDocument): Iterable<readonly Diagnostic[]>;
  /** The client asks for diagnostics itself, so none are pushed. */
  readonly pullsDiagnostics: boolean;
  /** The client asks again if it is told that its diagnostics are stale. */
  readonly refreshesDiagnostics: boolean;
  /** The same of inlay hints. */
  readonly refreshesInlayHints: boolean;
  /** The same of code lenses. */
  readonly refreshesCodeLenses: boolean;
  /** The client can be asked for its settings. */
  readonly hasConfiguration: boolean;
  /** The client can be told that its changes of settings are wanted; others, such as Eglot, warn of it. */
  readonly takesRegistration: boolean;
  /** The client watches files for the server if it is asked to. */
  readonly watchesFiles: boolean;
  /** Changes with every change of the settings and of a configuration. */
  readonly revision: number;
  /** The folders of the workspace, or configurations in them, have changed. */
  rearrange(): void;
}

/** Clients that say that they ask for diagnostics, and only take what is pushed (`@codemirror/lsp-client` 6.3.0). */
const neverPull: ReadonlySet<string> = new Set(["@codemirror/lsp-client"]);

/** The handlers, with nothing open yet and the default target. */
export function createHandlers(host: Host): Handlers {
  let client: ClientCapabilities = {};
  let pullsDiagnostics = false;
  let initialSettings: unknown;
  let revision = 0;
  const { project, site } = host;

  function cursorIn(uri: string, position: Position): Cursor | undefined {
    const document = host.document(uri);
    return document && cursorAt(document, document.offsetAt(position));
  }

  /** What a feature finds in a document; nothing in one that is not open. */
  function on<T>(uri: string, find: (document: PolicyDocument) => T[]): T[];
  function on<T>(uri: string, find: (document: PolicyDocument) => readonly T[]): readonly T[];
  function on<T>(uri: string, find: (document: PolicyDocument) => readonly T[]): readonly T[] {
    const document = host.document(uri);
    return document === undefined ? [] : find(document);
  }

  /** Whether the client can show places itself when a lens is clicked. */
  function showsReferences(): boolean {
    const { meshlog } = Object(client.experimental) as { readonly meshlog?: unknown };
    return (Object(meshlog) as { readonly showReferences?: unknown }).showReferences === true;
  }

  function selectionOf<T>(lens: unknown, find: (document: PolicyDocument) => T): T | undefined {
    const uri = lensUri(lens);
    const document = uri === undefined ? undefined : host.document(uri);
    return document && find(document);
  }

  return {
    initialize({ capabilities, clientInfo, initializationOptions }) {
      client = capabilities;
      pullsDiagnostics = capabilities.textDocument?.diagnostic !== undefined && !neverPull.has(clientInfo?.name ?? "");
      initialSettings = initializationOptions;
      project.configure(initialSettings);
      return {
        serverInfo: { name: "meshlog" },
        capabilities: {
          positionEncoding: PositionEncodingKind.UTF16,
          textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
          completionProvider: { triggerCharacters: [...completionTriggers], resolveProvider: true },
          hoverProvider: true,
          signatureHelpProvider: { triggerCharacters: [...signatureTriggers], retriggerCharacters: [")"] },
          codeActionProvider: { codeActionKinds: [...codeActionKinds], resolveProvider: true },
          semanticTokensProvider: { legend: semanticTokensLegend, full: true, range: true },
          documentSymbolProvider: true,
          workspaceSymbolProvider: true,
          foldingRangeProvider: true,
          selectionRangeProvider: true,
          documentLinkProvider: {},
          definitionProvider: true,
          referencesProvider: true,
          inlayHintProvider: true,
          documentFormattingProvider: true,
          codeLensProvider: { resolveProvider: true },
          ...(showsReferences() ? {} : { executeCommandProvider: { commands: [proxiesCommand] } }),
          workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
          ...(pullsDiagnostics
            ? { diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: false } }
            : {}),
        },
      };
    },
    configure(value) {
      project.configure(value ?? initialSettings);
      revision++;
    },
    get problem() {
      return project.problem;
    },
    get revision() {
      return revision;
    },
    rearrange() {
      project.rearrange();
      revision++;
    },
    completion(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor && completion(cursor, project.settingsOf(uri).target, project.others(), completionClient(client));
    },
    resolveCompletion,
    hover(uri, position) {
      const cursor = cursorIn(uri, position);
      const { target, controlPlane } = project.settingsOf(uri);
      return cursor && hover(cursor, target, controlPlane.zone);
    },
    signatureHelp(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor && signatureHelp(cursor);
    },
    codeActions: (uri, range, { only }) =>
      on(uri, (document) =>
        codeActions(document, range, only, project.judging(document), upgradeClient(client, project.isWhole)),
      ),
    resolveCodeAction(action) {
      const uri = upgradeUri(action);
      const document = uri === undefined ? undefined : host.document(uri);
      const judging = document && project.judging(document);
      if (document === undefined || judging === undefined) return { action, left: [] };
      return resolveUpgrade(action, document, judging);
    },
    semanticTokens(uri, range) {
      const document = host.document(uri);
      return document === undefined ? { data: [] } : semanticTokens(document, range && spanOf(document, range));
    },
    documentSymbols(uri) {
      const isTree = client.textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport ?? false;
      const document = host.document(uri);
      if (document === undefined) return [];
      return isTree ? documentSymbols(document) : flatSymbols(document);
    },
    workspaceSymbols: (query) => workspaceSymbols(query, project.resources()),
    foldingRanges: (uri) =>
      on(uri, (document) => foldingRanges(document, client.textDocument?.foldingRange?.rangeLimit)),
    selectionRanges: (uri, positions) => on(uri, (document) => selectionRanges(document, positions)),
    documentLinks: (uri) => on(uri, (document) => documentLinks(document, project.settingsOf(uri).target)),
    definition(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor === undefined ? [] : definition(cursor, project.others());
    },
    references(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor === undefined ? [] : references(cursor, project.resources());
    },
    inlayHints(uri, range) {
      const { inlayHints: isWanted, controlPlane } = project.settingsOf(uri);
      if (!isWanted) return [];
      return on(uri, (document) => inlayHints(document, spanOf(document, range), controlPlane.zone));
    },
    async formatting(uri) {
      const document = host.document(uri);
      return document === undefined ? [] : await formatting(document);
    },
    codeLenses: (uri) => on(uri, codeLenses),
    resolveCodeLens(lens) {
      const { data } = lens as { readonly data: unknown };
      const resolved = selectionOf(data, (document) => {
        const bundle = project.bundleOf(document);
        return resolveCodeLens(lens, document, bundle, project.selectorOf(document, bundle), showsReferences());
      });
      return resolved ?? lens;
    },
    selectedProxies: (lens) =>
      selectionOf(lens, (document) => {
        const bundle = project.bundleOf(document);
        return selectedPlaces(lens, document, bundle, project.selectorOf(document, bundle));
      }),
    *diagnostics(document) {
      const judging = project.judging(document);
      if (judging === undefined) return;
      yield* readBundle(document, judging);
      for (const found of findingsBySection(document, judging)) {
        yield found.map((finding) => toDiagnostic(document, finding, site));
      }
    },
    get pullsDiagnostics() {
      return pullsDiagnostics;
    },
    get refreshesDiagnostics() {
      return pullsDiagnostics && (client.workspace?.diagnostics?.refreshSupport ?? false);
    },
    get refreshesInlayHints() {
      return client.workspace?.inlayHint?.refreshSupport ?? false;
    },
    get refreshesCodeLenses() {
      return client.workspace?.codeLens?.refreshSupport ?? false;
    },
    get hasConfiguration() {
      return client.workspace?.configuration ?? false;
    },
    get takesRegistration() {
      return client.workspace?.didChangeConfiguration?.dynamicRegistration ?? false;
    },
    get watchesFiles() {
      return client.workspace?.didChangeWatchedFiles?.dynamicRegistration ?? false;
    },
  };
}

function spanOf(document: PolicyDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
}

function upgradeClient({ textDocument }: ClientCapabilities, isWhole: boolean): UpgradeClient {
  const { dataSupport, disabledSupport, resolveSupport } = textDocument?.codeAction ?? {};
  const resolves = dataSupport === true && resolveSupport?.properties.includes("edit") === true;
  return { resolves, showsDisabled: disabledSupport ?? false, isWhole };
}

function completionClient({ textDocument }: ClientCapabilities): CompletionClient {
  const { completionItem, completionList } = textDocument?.completion ?? {};
  return {
    snippets: completionItem?.snippetSupport ?? false,
    sharesRange: completionList?.itemDefaults?.includes("editRange") ?? false,
    resolves: completionItem?.resolveSupport?.properties.includes("documentation") ?? false,
    tagsDeprecated: completionItem?.tagSupport !== undefined,
  };
}
