import { randomInput } from "../fuzz-check.ts";
import { mutate } from "../mutate.ts";
import { pickFrom } from "../random.ts";

/** What a client writes to a server, and what the server owes it for that. */
export interface Piece {
  readonly bytes: Uint8Array;
  /** The request that it is, if it is one. */
  readonly request?: SentRequest;
}

export interface SentRequest {
  readonly id: string | number;
  readonly method: string;
  /** As the protocol has it: the answer is that of the method, and no internal error. */
  readonly isSound: boolean;
}

/** A conversation of a client with a server that has just started. */
export interface Conversation {
  readonly pieces: readonly Piece[];
  /** What ends it: bytes in which no server can find a message again. */
  readonly noise: Uint8Array | undefined;
}

const uris: readonly string[] = [
  ..."file:///w/a.yaml file:///w/b.yaml file:///w/deep/c.json file:///w/meshlog.config.yaml".split(" "),
  ..."untitled:Untitled-1 git:/w/a.yaml?x file:///%zz file://host/a.yaml a.yaml __proto__ constructor".split(" "),
  ...["", "\0", "file:///", "file:///w/ä😀.yaml", `file:///${"x/".repeat(300)}`],
];

/** Files of the workspace that are not open. */
export const workspaceFiles: Readonly<Record<string, string>> = {
  "file:///w/service.yaml": "type: MeshService\nmesh: default\nname: backend\nspec: {ports: [{port: 80}]}\n",
  "file:///w/proxy.yaml":
    "type: Dataplane\nmesh: default\nname: d\nnetworking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: backend}}]}\n",
  "file:///w/meshlog.config.yaml": "kuma: 2.12..2.14\nlints: {lint/unknown-field: off}\n",
};

/** Makes messages; the documents that were opened count for those after. */
export function* randomConversations(random: () => number): Generator<Conversation, never> {
  for (;;) yield randomConversation(random);
}

function randomConversation(random: () => number): Conversation {
  const writer = createWriter(random);
  const pieces: Piece[] = [];
  if (random() < 0.9) pieces.push(writer.message("initialize", initialize(random)));
  if (random() < 0.9) pieces.push(writer.notification("initialized", {}));
  for (const uri of uris.slice(0, 2)) pieces.push(writer.notification("textDocument/didOpen", opened(uri, random)));
  const count = 10 + Math.floor(random() * 60);
  for (let i = 0; i < count; i++) pieces.push(writer.any());
  if (random() < 0.5) {
    pieces.push(writer.message("shutdown", undefined));
    for (let i = Math.floor(random() * 5); i > 0; i--) pieces.push(writer.any());
  }
  return { pieces, noise: random() < 0.2 ? encoder.encode(pickFrom(noises, random)) : undefined };
}

const encoder = new TextEncoder();

const noises: readonly string[] = [
  "Content-Length: 10\r\n\r\n{}",
  "Content-Length: 1000000000000\r\n\r\n{}",
  "Content-Length: -5\r\n\r\n{}",
  "Content-Length: many\r\n\r\n{}",
  "Content-Length: 1\r\n\r\n{}{}",
  "Content-Length:\r\n\r\n{}",
  "no header\r\n\r\n",
  "\r\n\r\n\r\n\r\n",
  "\n\n{}\n",
  '{"jsonrpc":"2.0","id":1,"method":"shutdown"}\n',
  "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
  "\0".repeat(10_000),
  "Content-Length: 2".repeat(5000),
];

interface Writer {
  message(method: string, params: unknown): Piece;
  notification(method: string, params: unknown): Piece;
  /** A message of any kind, sound or broken. */
  any(): Piece;
}

function createWriter(random: () => number): Writer {
  let ids = 0;
  const nextId = (): string | number => {
    ids++;
    return random() < 0.8 ? ids : pickFrom([`id ${ids}`, -ids, ids + 0.5, `${ids}__proto__`], random);
  };

  function write(message: Readonly<Record<string, unknown>>, isSound: boolean): Piece {
    const { id, method } = message;
    const isRequest = typeof method === "string" && (typeof id === "number" || typeof id === "string");
    // A server ends with the process of its client: here that would be ours.
    const bytes = framed(JSON.stringify(message).replace(/"processId":-?[\d.e+]+/, '"processId":null'), random);
    return isRequest ? { bytes, request: { id, method, isSound } } : { bytes };
  }

  const message = (method: string, params: unknown): Piece =>
    write({ jsonrpc: "2.0", id: nextId(), method, params }, true);
  const notification = (method: string, params: unknown): Piece => write({ jsonrpc: "2.0", method, params }, false);

  /** What has the form of a message, and is none that makes sense. */
  function broken(method: string, params: unknown, isRequest: boolean): Piece {
    const own = isRequest ? { id: nextId() } : {};
    const kind = random();
    if (kind < 0.7) return write({ jsonrpc: "2.0", ...own, method, params: mutate(params, random) }, false);
    if (kind < 0.8) return write({ ...own, method, params: [params] }, false);
    if (kind < 0.9) return write({ jsonrpc: "2.0", id: nextId(), result: params }, false);
    const text = pickFrom(["", "null", "[]", "{}", "7", '"x"', "{", "[{}]", '{"id":null,"method":"shutdown"}'], random);
    return { bytes: framed(text, random) };
  }

  return {
    message,
    notification,
    any() {
      const [method, params] = pickFrom(random() < 0.65 ? requests : notifications, random);
      const isRequest = requests.some(([name]) => name === method);
      const given = params(random);
      if (random() < 0.3) return broken(method, given, isRequest);
      if (random() < 0.05) return notification("$/cancelRequest", { id: ids - Math.floor(random() * 4) });
      return isRequest ? message(method, given) : notification(method, given);
    },
  };
}

/** A body with its header, in the ways in which a header may be written. */
function framed(body: string, random: () => number): Uint8Array {
  const bytes = encoder.encode(body);
  const length = `${random() < 0.95 ? "Content-Length" : "content-length"}: ${bytes.length}\r\n`;
  const type = random() < 0.95 ? "" : "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\n";
  const header = encoder.encode(random() < 0.5 ? `${length}${type}\r\n` : `${type}${length}\r\n`);
  return Uint8Array.from([...header, ...bytes]);
}

type Params = (random: () => number) => unknown;

const textDocument = (random: () => number): { readonly uri: string } => ({
  uri: pickFrom(random() < 0.7 ? uris.slice(0, 2) : uris, random),
});

const number = (random: () => number): number => {
  const kind = random();
  if (kind < 0.9) return Math.floor(random() * 30);
  return pickFrom([-1, 0.5, 2 ** 31 - 1, 2 ** 32, 1e300], random);
};

const position: Params = (random) => ({ line: number(random), character: number(random) });
const range: Params = (random) => ({ start: position(random), end: position(random) });
const onDocument: Params = (random) => ({ textDocument: textDocument(random) });
const atPosition: Params = (random) => ({ textDocument: textDocument(random), position: position(random) });
const onRange: Params = (random) => ({ textDocument: textDocument(random), range: range(random) });

const text = (random: () => number): string => {
  const input = randomInput(random);
  return typeof input === "string" ? input : new TextDecoder().decode(input);
};

function opened(uri: string, random: () => number): unknown {
  return { textDocument: { uri, languageId: "yaml", version: 1, text: text(random) } };
}

/** Capabilities of clients, from none to all that the server asks for. */
const capabilities: readonly unknown[] = [
  {},
  { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } },
  {
    workspace: {
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: true },
      didChangeWatchedFiles: { dynamicRegistration: true },
      inlayHint: { refreshSupport: true },
      codeLens: { refreshSupport: true },
    },
    textDocument: {
      completion: { completionItem: { snippetSupport: true }, completionList: { itemDefaults: ["editRange"] } },
      codeAction: { dataSupport: true, disabledSupport: true, resolveSupport: { properties: ["edit"] } },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      foldingRange: { rangeLimit: 3 },
    },
    experimental: { meshlog: { showReferences: true } },
  },
];

const settings: Params = (random) =>
  pickFrom<unknown>(
    [
      null,
      { kuma: "2.11..2.14", lints: { "lint/unknown-field": "off" }, inlayHints: true },
      { envoy: "9.9", kuma: 2 },
      { controlPlane: { zone: "z", metadata: { d: { workdir: "/w" } } } },
    ],
    random,
  );

const initialize: Params = (random) => ({
  processId: null,
  rootUri: null,
  capabilities: pickFrom(capabilities, random),
  workspaceFolders: random() < 0.7 ? [{ uri: "file:///w", name: "w" }] : null,
  initializationOptions: settings(random),
});

const requests: readonly (readonly [method: string, params: Params])[] = [
  ["textDocument/completion", atPosition],
  ["textDocument/completion", atPosition],
  ["completionItem/resolve", () => ({ label: "PROTOCOL", data: { operator: "PROTOCOL" } })],
  ["textDocument/hover", atPosition],
  ["textDocument/signatureHelp", atPosition],
  ["textDocument/codeAction", (random) => ({ textDocument: textDocument(random), range: range(random), context: { diagnostics: [] } })], // prettier-ignore
  ["codeAction/resolve", (random) => ({ title: "x", data: { upgrade: textDocument(random).uri } })],
  ["textDocument/semanticTokens/full", onDocument],
  ["textDocument/semanticTokens/range", onRange],
  ["textDocument/documentSymbol", onDocument],
  ["workspace/symbol", (random) => ({ query: pickFrom(["", "a", "*", "\\", "("], random) })],
  ["textDocument/foldingRange", onDocument],
  ["textDocument/selectionRange", (random) => ({ textDocument: textDocument(random), positions: [position(random), position(random)] })], // prettier-ignore
  ["textDocument/documentLink", onDocument],
  ["textDocument/definition", atPosition],
  ["textDocument/references", (random) => ({ ...(atPosition(random) as object), context: { includeDeclaration: true } })], // prettier-ignore
  ["textDocument/codeLens", onDocument],
  ["codeLens/resolve", (random) => ({ range: range(random), data: { uri: textDocument(random).uri, section: number(random), start: 0, kind: "x" } })], // prettier-ignore
  ["workspace/executeCommand", (random) => ({ command: pickFrom(["meshlog.proxies", "x"], random), arguments: [{ uri: textDocument(random).uri }] })], // prettier-ignore
  ["textDocument/inlayHint", onRange],
  ["textDocument/formatting", (random) => ({ textDocument: textDocument(random), options: { tabSize: 2, insertSpaces: true } })], // prettier-ignore
  ["textDocument/diagnostic", onDocument],
  ["textDocument/diagnostic", (random) => ({ textDocument: textDocument(random), previousResultId: pickFrom(["1/0/2", ""], random) })], // prettier-ignore
  ["textDocument/rename", (random) => ({ ...(atPosition(random) as object), newName: "x" })],
  ["meshlog/unheardOf", () => ({})],
  ["__proto__", () => ({})],
  ["initialize", initialize],
];

const notifications: readonly (readonly [method: string, params: Params])[] = [
  ["textDocument/didOpen", (random) => opened(textDocument(random).uri, random)],
  ["textDocument/didChange", (random) => ({ textDocument: { ...textDocument(random), version: number(random) }, contentChanges: [{ range: range(random), text: text(random).slice(0, 60) }] })], // prettier-ignore
  ["textDocument/didChange", (random) => ({ textDocument: { ...textDocument(random), version: number(random) }, contentChanges: [{ text: text(random) }] })], // prettier-ignore
  ["textDocument/didClose", onDocument],
  ["textDocument/didSave", onDocument],
  ["workspace/didChangeConfiguration", (random) => ({ settings: { meshlog: settings(random) } })],
  ["workspace/didChangeWatchedFiles", (random) => ({ changes: [{ ...textDocument(random), type: 2 }] })],
  ["workspace/didChangeWorkspaceFolders", (random) => ({ event: { added: random() < 0.5 ? [{ uri: "file:///w", name: "w" }] : [], removed: random() < 0.3 ? [{ uri: "file:///w", name: "w" }] : [] } })], // prettier-ignore
  ["$/setTrace", () => ({ value: "verbose" })],
  ["$/cancelRequest", (random) => ({ id: number(random) })],
  ["window/workDoneProgress/cancel", () => ({ token: "x" })],
  ["meshlog/unheardOf", () => ({})],
  ["initialized", () => ({})],
];
