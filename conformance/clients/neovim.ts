import { spawn, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { once } from "node:events";
import { join } from "node:path";
import { until } from "../live/until.ts";
import { openWorkspace, policyFile } from "./workspace.ts";

/** A Neovim without a screen that has the policy open; keys are typed into it as a person types them. */
export interface Neovim extends AsyncDisposable {
  /** Types keys in Neovim's notation: `A<CR>`. */
  type(keys: string): void;
  /** The value of a Lua expression, in which there are no single quotes. */
  ask(expression: string): unknown;
}

/** Starts Neovim with nothing but an `init.lua`. */
export async function startNeovim(program: string, init: string): Promise<Neovim> {
  const workspace = openWorkspace({ "init.lua": init });
  const { folder: cwd, environment: env } = workspace;
  const socket = join(cwd, "neovim.sock");
  const editor = spawn(program, ["--headless", "-n", "-i", "NONE", "-u", "init.lua", "--listen", socket, policyFile], {
    cwd,
    env,
    stdio: "ignore",
  });
  const exited = once(editor, "exit");
  const remote = (flag: string, argument: string): string => {
    const { status, stdout, stderr } = spawnSync(program, ["--headless", "--server", socket, flag, argument], {
      cwd,
      env,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`Neovim does not take ${flag} ${argument}: ${stderr}`);
    // Before 0.10 the value of an expression is printed as an error.
    return stdout + stderr;
  };
  await until("Neovim listens", () => existsSync(socket) || undefined);
  return {
    type(keys) {
      remote("--remote-send", keys);
    },
    ask(expression) {
      const quoted = `'vim.json.encode(${expression})'`;
      return JSON.parse(remote("--remote-expr", `luaeval(${quoted})`)) as unknown;
    },
    async [Symbol.asyncDispose]() {
      editor.kill();
      await exited;
      workspace[Symbol.dispose]();
    },
  };
}
