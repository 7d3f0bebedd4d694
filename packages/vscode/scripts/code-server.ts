import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

const version = "4.139.1";

/** VS Code's workbench, served to browsers; it ends when it is disposed of. */
export interface CodeServer extends AsyncDisposable {
  /** Where the workbench is. */
  readonly url: string;
}

/**
 * Installs code-server from npm into a folder, unless it is there. Its own set-up wants a compiler for modules that the
 * workbench does without, so its parts are installed one after another without their scripts.
 */
export function installCodeServer(folder: string): void {
  const program = join(folder, "node_modules/code-server");
  const done = join(folder, `installed-${version}`);
  if (existsSync(done)) return;
  console.log(`code-server ${version}: installing about 600 MB into ${folder}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  npmInstall(folder, `code-server@${version}`);
  npmInstall(join(program, "lib/vscode"), "--omit=dev");
  npmInstall(join(program, "lib/vscode/extensions"), "--omit=dev");
  writeFileSync(done, "");
}

function npmInstall(folder: string, ...options: readonly string[]): void {
  const { status } = spawnSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", ...options], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`npm could not install ${options.join(" ")} in ${folder}; is there a network?`);
}

/**
 * Installs an extension, a `.vsix` or the name of one at Open VSX, into a home.
 *
 * @returns what code-server says in the end if that could not be.
 */
export function installExtension(folder: string, home: string, extension: string): string | undefined {
  const { status, stderr } = spawnSync(
    process.execPath,
    [entry(folder), ...places(home), "--install-extension", extension],
    {
      encoding: "utf8",
      env: environment(home),
    },
  );
  // Before that it tells at length of native modules that it does without.
  return status === 0 ? undefined : stderr.trim().split("\n").slice(-3).join("\n");
}

/** A window with nothing in it but files and editors. */
const plainWindow = {
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "window.commandCenter": false,
  "editor.minimap.enabled": false,
};

/** Starts code-server with a home of its own, where it keeps settings and extensions; what it complains of goes to a file. */
export async function startCodeServer(folder: string, home: string, log: string): Promise<CodeServer> {
  const options = [
    "--auth=none",
    "--bind-addr=127.0.0.1:0",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-workspace-trust",
    "--disable-getting-started-override",
  ];
  mkdirSync(join(home, "data/User"), { recursive: true });
  writeFileSync(join(home, "data/User/settings.json"), JSON.stringify(plainWindow));
  // A process group of its own, so that what it starts ends with it.
  const server = spawn(process.execPath, [entry(folder), ...places(home), ...options], {
    stdio: ["ignore", "pipe", "pipe"],
    env: environment(home),
    detached: true,
  });
  server.stderr.pipe(createWriteStream(log));
  const stop = async (): Promise<void> => {
    if (server.exitCode !== null || server.pid === undefined) return;
    const ended = once(server, "exit");
    process.kill(-server.pid, "SIGTERM");
    await ended;
  };
  const url = await addressOf(server.stdout);
  if (url === undefined) throw new Error(`code-server ended before it said where it listens; see ${log}`);
  return { url, [Symbol.asyncDispose]: stop };
}

/** What code-server says that it listens at. */
function addressOf(output: Readable): Promise<string | undefined> {
  return new Promise((resolve) => {
    const lines = createInterface(output);
    lines.on("line", (line) => {
      const url = /listening on (http:\S+)/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    });
    lines.on("close", () => {
      resolve(undefined);
    });
  });
}

function entry(folder: string): string {
  return join(folder, "node_modules/code-server/out/node/entry.js");
}

function places(home: string): readonly string[] {
  return [`--user-data-dir=${join(home, "data")}`, `--extensions-dir=${join(home, "extensions")}`];
}

function environment(home: string): NodeJS.ProcessEnv {
  return { ...process.env, HOME: home, XDG_CONFIG_HOME: join(home, "config"), XDG_DATA_HOME: join(home, "share") };
}
