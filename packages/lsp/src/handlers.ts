import type { Span, Target } from "@meshlog/parser";
import {
  type ClientCapabilities,
  type CodeAction,
  type CodeActionContext,
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
import { signatureHelp, signatureTriggers } from "./features/signature-help.ts";
import { documentSymbols, flatSymbols, workspaceSymbols } from "./features/symbols.ts";
import { findingsBySection } from "./findings.ts";
import type { OpenResource } from "./names.ts";
import { type AppliedSettings, applySettings } from "./settings.ts";

/** What the handlers need of the world around them. */
export interface Host {
  /** The open document of a URI, in its newest version. */
  readonly document: (uri: string) => PolicyDocument | undefined;
  /** Every open document. */
  readonly documents: () => Iterable<PolicyDocument>;
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
  /** The diagnostics of a document, some at a time. */
  diagnostics(document: PolicyDocument): Iterable<readonly Diagnostic[]>;
  /** The client asks for diagnostics itself, so none are pushed. */
  readonly pullsDiagnostics: boolean;
  /** The client asks again if it is told that its diagnostics are stale. */
  readonly refreshesDiagnostics: boolean;
  /** The same of inlay hints. */
  readonly refreshesInlayHints: boolean;
  /** The client can be asked for its settings. */
  readonly hasConfiguration: boolean;
  /** The client can be told that its changes of settings are wanted; others, such as Eglot, warn of it. */
  readonly takesRegistration: boolean;
  /** Changes with every change of the settings. */
  readonly revision: number;
}

/** Clients that say that they ask for diagnostics, and only take what is pushed (`@codemirror/lsp-client` 6.3.0). */
const neverPull: ReadonlySet<string> = new Set(["@codemirror/lsp-client"]);

/** The handlers, with nothing open yet and the default target. */
export function createHandlers(host: Host): Handlers {
  let client: ClientCapabilities = {};
  let pullsDiagnostics = false;
  let initialSettings: unknown;
  let settings: AppliedSettings = applySettings(undefined);
  let revision = 0;
  const target = (): Target => settings.target;

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

  function* openResources(): Generator<OpenResource> {
    for (const { uri, sections } of host.documents()) {
      for (const { start, section } of sections)
        for (const resource of section.readable()) yield { uri, start, resource };
    }
  }

  return {
    initialize({ capabilities, clientInfo, initializationOptions }) {
      client = capabilities;
      pullsDiagnostics = capabilities.textDocument?.diagnostic !== undefined && !neverPull.has(clientInfo?.name ?? "");
      initialSettings = initializationOptions;
      settings = applySettings(initialSettings);
      return {
        serverInfo: { name: "meshlog" },
        capabilities: {
          positionEncoding: PositionEncodingKind.UTF16,
          textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
          completionProvider: { triggerCharacters: [...completionTriggers], resolveProvider: true },
          hoverProvider: true,
          signatureHelpProvider: { triggerCharacters: [...signatureTriggers], retriggerCharacters: [")"] },
          codeActionProvider: { codeActionKinds: [...codeActionKinds] },
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
          workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
          ...(pullsDiagnostics
            ? { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } }
            : {}),
        },
      };
    },
    configure(value) {
      settings = applySettings(value ?? initialSettings);
      revision++;
    },
    get problem() {
      return settings.problem;
    },
    get revision() {
      return revision;
    },
    completion(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor && completion(cursor, target(), openResources(), completionClient(client));
    },
    resolveCompletion,
    hover(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor && hover(cursor, target(), settings.zone);
    },
    signatureHelp(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor && signatureHelp(cursor);
    },
    codeActions: (uri, range, { only }) => on(uri, (document) => codeActions(document, range, only, target())),
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
    workspaceSymbols: (query) => workspaceSymbols(query, openResources(), host.document),
    foldingRanges: (uri) =>
      on(uri, (document) => foldingRanges(document, client.textDocument?.foldingRange?.rangeLimit)),
    selectionRanges: (uri, positions) => on(uri, (document) => selectionRanges(document, positions)),
    documentLinks: (uri) => on(uri, (document) => documentLinks(document, target())),
    definition(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor === undefined ? [] : definition(cursor, openResources(), host.document);
    },
    references(uri, position) {
      const cursor = cursorIn(uri, position);
      return cursor === undefined ? [] : references(cursor, openResources(), host.document);
    },
    inlayHints(uri, range) {
      if (!settings.inlayHints) return [];
      return on(uri, (document) => inlayHints(document, spanOf(document, range), settings.zone));
    },
    async formatting(uri) {
      const document = host.document(uri);
      return document === undefined ? [] : await formatting(document);
    },
    *diagnostics(document) {
      for (const found of findingsBySection(document, target())) {
        yield found.flatMap((finding) => {
          const severity = settings.lints.get(finding.diagnostic.code) ?? finding.diagnostic.severity;
          if (severity === "off") return [];
          return [toDiagnostic(document, { ...finding, diagnostic: { ...finding.diagnostic, severity } })];
        });
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
    get hasConfiguration() {
      return client.workspace?.configuration ?? false;
    },
    get takesRegistration() {
      return client.workspace?.didChangeConfiguration?.dynamicRegistration ?? false;
    },
  };
}

function spanOf(document: PolicyDocument, { start, end }: Range): Span {
  return { start: document.offsetAt(start), end: document.offsetAt(end) };
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
