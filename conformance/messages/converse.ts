import { spawn } from "node:child_process";
import { once } from "node:events";
import { PassThrough } from "node:stream";
import { fileURLToPath } from "node:url";
import { createConnection, StreamMessageReader, StreamMessageWriter } from "vscode-languageserver/node";
import { createServer, type Schedule } from "../../packages/lsp/src/server.ts";
import type { WorkspaceFiles } from "../../packages/lsp/src/workspace/files.ts";
import { pickFrom } from "../random.ts";
import { type Conversation, type SentRequest, workspaceFiles } from "./random-messages.ts";
import { faultOfResponse } from "./valid-answers.ts";

/** How long a server may take for all that it was asked, in milliseconds. */
const patience = 20_000;

const atOnce: Schedule = (task) => {
  task();
  return () => undefined;
};

const inMemory: WorkspaceFiles = {
  async *list() {
    yield await Promise.resolve(Object.keys(workspaceFiles));
  },
  read: (uri) => Promise.resolve(workspaceFiles[uri]),
};

/** Holds a conversation with a server in this process. @returns what went wrong. */
export async function converseInProcess(conversation: Conversation, random: () => number): Promise<readonly string[]> {
  const [toServer, toClient] = [new PassThrough(), new PassThrough()];
  const reader = new StreamMessageReader(toServer);
  // Its timer would go on after the end of a message that never ends.
  reader.partialMessageTimeout = 0;
  const connection = createConnection(reader, new StreamMessageWriter(toClient));
  createServer(connection, { schedule: atOnce, files: inMemory }).listen();
  const client = listenTo(toClient, (answer) => toServer.write(answer), random);
  for (const chunk of chunksOf(conversation, random)) toServer.write(chunk);
  const faults = await client.settled(conversation);
  connection.dispose();
  return faults;
}

/** The same with the program on its standard streams, which must end when its client is gone. */
export async function converseWithProgram(
  conversation: Conversation,
  random: () => number,
  cwd: string,
): Promise<readonly string[]> {
  const main = fileURLToPath(new URL("../../packages/lsp/src/main.ts", import.meta.url));
  const server = spawn(process.execPath, ["--conditions=@meshlog/source", main, "--stdio"], { cwd, stdio: "pipe" });
  const timer = setTimeout(() => server.kill("SIGKILL"), 2 * patience);
  const ended = once(server, "close") as Promise<[code: number | null]>;
  let complaints = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  // A server that has died does not read; its exit code tells.
  server.stdin.on("error", () => undefined);
  const client = listenTo(server.stdout, (answer) => server.stdin.write(answer), random);
  for (const chunk of chunksOf(conversation, random)) server.stdin.write(chunk);
  const faults = await client.settled(conversation);
  server.stdin.end();
  const [code] = await ended;
  clearTimeout(timer);
  const wanted = code === 0 || code === 1;
  return [
    ...faults,
    ...(wanted ? [] : [`the program ended with ${String(code)} when its client was gone`]),
    ...(complaints === "" ? [] : [`the program complained: ${complaints}`]),
  ];
}

/** The bytes of a conversation, cut anywhere. */
function* chunksOf({ pieces, noise }: Conversation, random: () => number): Generator<Uint8Array> {
  const all = Buffer.concat(pieces.map(({ bytes }) => bytes));
  const isWhole = random() < 0.5;
  for (let start = 0; start < all.length;) {
    const end = isWhole ? all.length : start + 1 + Math.floor(random() * 4000);
    yield all.subarray(start, end);
    start = end;
  }
  if (noise !== undefined) yield noise;
}

/** What answers a request. */
interface Answer {
  readonly result?: unknown;
  readonly error?: unknown;
}

interface Listener {
  /** Resolves when all requests are answered, or the server has had time enough. @returns what is wrong. */
  settled(conversation: Conversation): Promise<readonly string[]>;
}

function listenTo(output: NodeJS.ReadableStream, send: (bytes: string) => void, random: () => number): Listener {
  const answers = new Map<string, readonly Answer[]>();
  let wake = (): void => undefined;
  new StreamMessageReader(output).listen((message) => {
    const { id, method, ...answer } = message as Answer & { readonly id?: unknown; readonly method?: unknown };
    if (id === undefined) return;
    if (method !== undefined) {
      const said = clientAnswer(id, random);
      if (said !== undefined) send(said);
      return;
    }
    const key = JSON.stringify(id);
    answers.set(key, [...(answers.get(key) ?? []), answer]);
    wake();
  });

  return {
    async settled({ pieces }) {
      const requests = pieces.flatMap(({ request }) => request ?? []);
      const isSettled = (): boolean => requests.every(({ id }) => answers.has(JSON.stringify(id)));
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, patience);
        wake = () => {
          if (!isSettled()) return;
          clearTimeout(timer);
          resolve();
        };
        wake();
        output.on("end", resolve);
      });
      return requests.flatMap((request) => faultOf(request, answers.get(JSON.stringify(request.id)) ?? []) ?? []);
    },
  };
}

function faultOf({ id, method, isSound }: SentRequest, [answer, ...more]: readonly Answer[]): string | undefined {
  const about = `the answer to ${JSON.stringify(id)}, ${method}`;
  if (answer === undefined) return `${about}, did not come`;
  if (more.length > 0) return `${about}, came ${more.length + 1} times`;
  const fault = faultOfResponse(answer, method, isSound);
  return fault && `${about}, ${fault}: ${JSON.stringify(answer).slice(0, 500)}`;
}

/** What a client says to a request of the server's: something, an error, nonsense, or nothing. */
function clientAnswer(id: unknown, random: () => number): string | undefined {
  const kind = random();
  if (kind < 0.2) return undefined;
  const own = kind < 0.4 ? { error: { code: -32_601, message: "no" } } : { result: pickFrom(clientResults, random) };
  const body = JSON.stringify({ jsonrpc: "2.0", id, ...own });
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

const clientResults: readonly unknown[] = [
  null,
  [null],
  [{ kuma: "2.13" }],
  [{ lints: 7, controlPlane: { metadata: [] } }],
  "x",
  {},
  [],
  [[{}]],
];
