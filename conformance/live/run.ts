import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BootstrapJson } from "./bootstrap-json.ts";
import { crashOf } from "./crash.ts";
import { requireEnvoy } from "./installed-envoys.ts";
import { until } from "./until.ts";

/** An Envoy that serves; to be stopped, or held by `await using`. */
export interface RunningEnvoy extends AsyncDisposable {
  /** Its working directory, where relative paths of its configuration lead; gone after `stop`. */
  readonly folder: string;
  /** The body of an admin page, such as `/stats`; undefined if Envoy is no longer there to answer. */
  admin(page: string): Promise<string | undefined>;
  /** The port that a listener is bound to, for those configured with port 0. */
  port(listener: string): Promise<number>;
  /** Whether the process has ended, be it by `stop` or by a crash. */
  hasEnded(): boolean;
  /** What it has written to stderr (warnings and worse). */
  log(): string;
  /** Ends the process, which writes out its access logs, and removes the folder. */
  stop(): Promise<void>;
}

/**
 * Starts an Envoy and waits until it is ready to serve.
 *
 * The bootstrap's `admin` is replaced by a free port of 127.0.0.1; a listener that does not care for its port has 0,
 * see {@link RunningEnvoy.port}. Access logs reach their files at once. An Envoy that ends before it is ready is an
 * error with its log. `files` are written into the working directory first.
 */
export async function run(
  bootstrap: BootstrapJson,
  version: string,
  files: Readonly<Record<string, string>> = {},
): Promise<RunningEnvoy> {
  const envoy = requireEnvoy(version);
  const folder = await mkdtemp(join(tmpdir(), "meshlog-envoy-"));
  const admin = { address: { socketAddress: { address: "127.0.0.1", portValue: 0 } } };
  await writeFile(join(folder, "bootstrap.json"), JSON.stringify({ ...bootstrap, admin }));
  const logPath = join(folder, "envoy.log");
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const child = start(envoy, folder, logPath);
  const log = () => readFileSync(logPath, "utf8");
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  const stop = async () => {
    if (!hasEnded()) {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGTERM");
      await ended;
    }
    await rm(folder, { recursive: true, force: true });
  };

  try {
    const address = await until(`Envoy ${version} is ready`, async () => {
      if (hasEnded()) throw new Error(`Envoy ${version} did not start: ${crashOf(log()) ?? log()}`);
      const written = await readFile(join(folder, "admin-address"), "utf8").catch(() => "");
      if (written === "") return undefined;
      return (await get(`http://${written}/ready`)) === "LIVE\n" ? written : undefined;
    });
    const page = (path: string) => get(`http://${address}${path}`);
    return {
      folder,
      admin: page,
      port: async (listener) => portOf(listener, await page("/listeners?format=json")),
      hasEnded,
      log,
      stop,
      [Symbol.asyncDispose]: stop,
    };
  } catch (problem) {
    await stop();
    throw problem;
  }
}

function start(envoy: string, folder: string, logPath: string): ChildProcess {
  const options = {
    "--config-path": "bootstrap.json",
    "--admin-address-path": "admin-address",
    "--concurrency": "1",
    "--log-level": "warn",
    "--log-format": "%v",
    "--drain-time-s": "1",
    "--drain-strategy": "immediate",
    "--file-flush-interval-msec": "10",
  };
  const log = openSync(logPath, "w");
  const child = spawn(envoy, ["--disable-hot-restart", ...Object.entries(options).flat()], {
    cwd: folder,
    stdio: ["ignore", "ignore", log],
  });
  closeSync(log);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  return child;
}

async function get(url: string): Promise<string | undefined> {
  try {
    return await (await fetch(url)).text();
  } catch {
    return undefined;
  }
}

interface ListenersPage {
  readonly listener_statuses?: readonly {
    readonly name: string;
    readonly local_address: { readonly socket_address?: { readonly port_value: number } };
  }[];
}

function portOf(listener: string, page: string | undefined): number {
  const { listener_statuses: statuses = [] } = JSON.parse(page ?? "{}") as ListenersPage;
  const port = statuses.find(({ name }) => name === listener)?.local_address.socket_address?.port_value;
  if (port === undefined) throw new Error(`Envoy has no listener "${listener}" on a port.`);
  return port;
}
