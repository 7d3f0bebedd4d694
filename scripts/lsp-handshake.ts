import { spawn } from "node:child_process";
import { once } from "node:events";

const message = (content: object) => {
  const text = JSON.stringify({ jsonrpc: "2.0", ...content });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
};

/**
 * Goes through a language server's whole life over stdio: initialize, shutdown, exit. A server that does not name its
 * capabilities, or does not end with code 0, is an error with what it wrote.
 */
export async function lspHandshake(command: string, cwd: string): Promise<void> {
  const child = spawn(command, ["--stdio"], { cwd, stdio: "pipe", timeout: 30_000 });
  let answers = "";
  let complaints = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (answers += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  // A server that has died does not read; its exit code tells.
  child.stdin.on("error", () => undefined);
  const initialize = { processId: process.pid, rootUri: null, capabilities: {} };
  child.stdin.write(message({ id: 1, method: "initialize", params: initialize }));
  child.stdin.write(message({ method: "initialized", params: {} }));
  child.stdin.write(message({ id: 2, method: "shutdown" }));
  child.stdin.write(message({ method: "exit" }));
  const [code] = (await once(child, "close")) as [number | null];
  if (code !== 0 || !answers.includes('"capabilities"'))
    throw new Error(`${command} --stdio ended with code ${code ?? "none"}:\n${answers}${complaints}`);
}
