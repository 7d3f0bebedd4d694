import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { MessageChannel } from "node:worker_threads";
import { build } from "esbuild";
import { expect, it, onTestFinished } from "vitest";
import type { startServer } from "../src/browser.ts";

const entry = fileURLToPath(new URL("../src/browser.ts", import.meta.url));

it("runs where there is no Node: its bundle imports nothing, and answers through a message port", async () => {
  const outdir = await mkdtemp(join(tmpdir(), "meshlog-browser-"));
  onTestFinished(() => rm(outdir, { recursive: true }));
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "browser",
    conditions: ["@meshlog/source"],
    splitting: true,
    outdir,
    outExtension: { ".js": ".mjs" },
    metafile: true,
    minify: true,
  });
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports);
  expect(imports.filter(({ external }) => external)).toEqual([]);

  const built = (await import(pathToFileURL(join(outdir, "browser.mjs")).href)) as { startServer: typeof startServer };
  const { port1, port2 } = new MessageChannel();
  built.startServer(port1);
  const answer = new Promise((resolve) => {
    port2.on("message", resolve);
  });
  port2.postMessage({ jsonrpc: "2.0", id: 1, method: "initialize", params: { processId: null, rootUri: null, capabilities: {} } }); // prettier-ignore
  expect(await answer).toMatchObject({ id: 1, result: { serverInfo: { name: "meshlog" } } });
  port1.close();
});
