import type { Target } from "@meshlog/parser";
import {
  type ClientCapabilities,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type InitializeParams,
  type InitializeResult,
  type Position,
  PositionEncodingKind,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { cursorAt } from "./cursor.ts";
import type { PolicyDocument } from "./document.ts";
import { completion, completionTriggers, resolveCompletion } from "./features/completion.ts";
import { toDiagnostic } from "./features/diagnostics.ts";
import type { CompletionClient } from "./features/offers.ts";
import { findingsBySection } from "./findings.ts";
import type { OpenResource } from "./names.ts";
import { type AppliedSettings, applySettings } from "./settings.ts";

/** What the handlers need of the world around them. */
export interface Host {
  /** The open document of a URI, in its newest version. */
  document(uri: string): PolicyDocument | undefined;
  /** Every open document. */
  documents(): Iterable<PolicyDocument>;
}

/** What the server does, without a connection. Each function is one request or event. */
export interface Handlers {
  initialize(params: InitializeParams): InitializeResult;
  configure(settings: unknown): void;
  /** What is wrong with the settings, for people. */
  readonly problem: string | undefined;
  completion(uri: string, position: Position): CompletionList | undefined;
  resolveCompletion(item: CompletionItem): CompletionItem;
  /** The diagnostics of a document, some at a time. */
  diagnostics(document: PolicyDocument): Iterable<readonly Diagnostic[]>;
  /** The client asks for diagnostics itself, so none are pushed. */
  readonly pullsDiagnostics: boolean;
  /** The client asks again if it is told that its diagnostics are stale. */
  readonly refreshesDiagnostics: boolean;
  /** The client can be asked for its settings. */
  readonly hasConfiguration: boolean;
  /** Changes with every change of the settings. */
  readonly revision: number;
}

/** The handlers, with nothing open yet and the default target. */
export function createHandlers(host: Host): Handlers {
  let client: ClientCapabilities = {};
  let settings: AppliedSettings = applySettings(undefined);
  let revision = 0;
  const target = (): Target => settings.target;

  function* openResources(): Generator<OpenResource> {
    for (const { uri, sections } of host.documents()) {
      for (const { start, section } of sections)
        for (const resource of section.readable()) yield { uri, start, resource };
    }
  }

  return {
    initialize({ capabilities, initializationOptions }) {
      client = capabilities;
      settings = applySettings(initializationOptions);
      return {
        serverInfo: { name: "meshlog" },
        capabilities: {
          positionEncoding: PositionEncodingKind.UTF16,
          textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
          completionProvider: { triggerCharacters: [...completionTriggers], resolveProvider: true },
          ...(pulls(client)
            ? { diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false } }
            : {}),
        },
      };
    },
    configure(value) {
      settings = applySettings(value);
      revision++;
    },
    get problem() {
      return settings.problem;
    },
    get revision() {
      return revision;
    },
    completion(uri, position) {
      const document = host.document(uri);
      const cursor = document && cursorAt(document, document.offsetAt(position));
      return cursor && completion(cursor, target(), openResources(), completionClient(client));
    },
    resolveCompletion,
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
      return pulls(client);
    },
    get refreshesDiagnostics() {
      return pulls(client) && (client.workspace?.diagnostics?.refreshSupport ?? false);
    },
    get hasConfiguration() {
      return client.workspace?.configuration ?? false;
    },
  };
}

function pulls({ textDocument }: ClientCapabilities): boolean {
  return textDocument?.diagnostic !== undefined;
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
