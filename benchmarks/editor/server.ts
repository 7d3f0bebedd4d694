import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import {
  type ClientCapabilities,
  ConfigurationRequest,
  createProtocolConnection,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type ProtocolConnection,
  RegistrationRequest,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver/node";

/** A language server that can be measured. */
export interface Program {
  readonly name: string;
  /** The script that is its bin. */
  readonly main: string;
  /** The client's settings, by section. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Memory that a process has, in bytes: now, and at its highest. */
export interface Memory {
  readonly now: number;
  readonly peak: number;
}

/** A server that runs, and has been initialized. */
export interface RunningServer {
  readonly connection: ProtocolConnection;
  /** Milliseconds from the start of its process to its answer to `initialize`. */
  readonly start: number;
  /** `undefined` where the system has no `/proc`. */
  memory(): Memory | undefined;
  stop(): Promise<void>;
}

/** Starts a server over stdio, as an editor does. */
export async function startServer(
  { main, settings }: Program,
  capabilities: ClientCapabilities,
): Promise<RunningServer> {
  const started = performance.now();
  const server = spawn(process.execPath, [main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
  const exit = once(server, "exit");
  const connection = createProtocolConnection(
    new StreamMessageReader(server.stdout),
    new StreamMessageWriter(server.stdin),
  );
  connection.onRequest(ConfigurationRequest.type, ({ items }) =>
    items.map(({ section }) => settings[section ?? ""] ?? null),
  );
  connection.onRequest(RegistrationRequest.type, () => undefined);
  connection.listen();
  await connection.sendRequest(InitializeRequest.type, {
    processId: process.pid,
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the protocol still demands it
    rootUri: null,
    capabilities: { ...capabilities, workspace: { configuration: true } },
  });
  const start = performance.now() - started;
  await connection.sendNotification(InitializedNotification.type, {});
  return {
    connection,
    start,
    memory: () => memoryOf(server.pid),
    async stop() {
      await connection.sendRequest(ShutdownRequest.type);
      await connection.sendNotification(ExitNotification.type);
      await exit;
      connection.dispose();
    },
  };
}

function memoryOf(pid: number | undefined): Memory | undefined {
  if (process.platform !== "linux") return undefined;
  const status = readFileSync(`/proc/${pid ?? "self"}/status`, "utf8");
  const bytes = (field: string): number => 1024 * Number(new RegExp(`^${field}:\\s*(\\d+) kB$`, "m").exec(status)?.[1]);
  return { now: bytes("VmRSS"), peak: bytes("VmHWM") };
}
