import {
  type ClientCapabilities,
  CompletionRequest,
  DidChangeTextDocumentNotification,
  DidOpenTextDocumentNotification,
  type Position,
  PublishDiagnosticsNotification,
} from "vscode-languageserver/node";
import { type Memory, type Program, startServer } from "./server.ts";

/** Where in a file something is typed. */
export interface Place {
  readonly name: string;
  /** What stands after the cursor, in the first line of the file's second half that has it. */
  readonly before: string;
  /** What is typed, a character at a time, and then taken back. */
  readonly word: string;
}

/** What the messages of a session took, in milliseconds; each a list of samples. */
export interface Timings {
  readonly start: number;
  /** From a keystroke to the answer of the completion that follows it. */
  readonly completion: readonly number[];
  /** From a keystroke to the diagnostics of the text; empty if none are wanted. */
  readonly diagnostics: readonly number[];
  readonly memory: Memory | undefined;
}

export interface Session {
  readonly program: Program;
  readonly text: string;
  readonly place: Place;
  /** Whether the server judges the text after each keystroke, and the client waits for it. */
  readonly judges: boolean;
  readonly keystrokes: number;
}

const uri = "file:///policies.yaml";
const warmUp = 10;

/** A client that asks for diagnostics itself, and never does, gets none. */
const capabilities = (judges: boolean): ClientCapabilities => ({
  textDocument: {
    // As VS Code and Neovim do, documentation is asked for of the item that is looked at.
    completion: {
      completionItem: { snippetSupport: true, resolveSupport: { properties: ["documentation", "detail"] } },
      completionList: { itemDefaults: ["editRange"] },
    },
    publishDiagnostics: { versionSupport: true },
    ...(judges ? {} : { diagnostic: {} }),
  },
});

/** Opens a file in a new server, and types. */
export async function runSession({ program, text, place, judges, keystrokes }: Session): Promise<Timings> {
  const server = await startServer(program, capabilities(judges));
  const { connection } = server;
  let judged: () => void = () => undefined;
  connection.onNotification(PublishDiagnosticsNotification.type, () => {
    judged();
  });
  const nextDiagnostics = (): Promise<void> =>
    judges ? new Promise((resolve) => (judged = resolve)) : Promise.resolve();

  let version = 1;
  const edit = async (from: Position, to: Position, typed: string): Promise<void> => {
    const contentChanges = [{ range: { start: from, end: to }, text: typed }];
    const textDocument = { uri, version: ++version };
    await connection.sendNotification(DidChangeTextDocumentNotification.type, { textDocument, contentChanges });
  };
  const opened = nextDiagnostics();
  await connection.sendNotification(DidOpenTextDocumentNotification.type, {
    textDocument: { uri, languageId: "yaml", version, text },
  });
  await opened;

  const start = positionOf(text, place.before);
  const at = (typed: number): Position => ({ line: start.line, character: start.character + typed });
  const completion: number[] = [];
  const diagnostics: number[] = [];
  for (let key = 0; key < warmUp + keystrokes; key++) {
    const typed = key % place.word.length;
    if (key > 0 && typed === 0) {
      const takenBack = nextDiagnostics();
      await edit(at(0), at(place.word.length), "");
      await takenBack;
    }
    // The client's own garbage is not what is measured.
    globalThis.gc?.();
    const pressed = performance.now();
    const found = nextDiagnostics();
    await edit(at(typed), at(typed), place.word.charAt(typed));
    await connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position: at(typed + 1) });
    if (key >= warmUp) completion.push(performance.now() - pressed);
    await found;
    if (key >= warmUp && judges) diagnostics.push(performance.now() - pressed);
  }
  const memory = server.memory();
  await server.stop();
  return { start: server.start, completion, diagnostics, memory };
}

function positionOf(text: string, before: string): Position {
  const lines = text.split("\n");
  const line = lines.findIndex((content, i) => i >= lines.length / 2 && content.includes(before));
  if (line < 0) throw new Error(`no ${before} in the second half of the file`);
  return { line, character: lines[line]?.indexOf(before) ?? 0 };
}
