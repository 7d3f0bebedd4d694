import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { build } from "esbuild";
import { chromium, type Page } from "playwright-core";
import { documentedSetup } from "./documented-setup.ts";

/** A browser that shows CodeMirror, with the language server in a Web Worker. */
export interface BrowserWithEditor extends AsyncDisposable {
  readonly page: Page;
  /** What went wrong in the page and in its worker. */
  readonly errors: readonly string[];
}

/** Starts a browser without a screen, with the page and the worker that the documentation shows. */
export async function startCodeMirror(executablePath: string): Promise<BrowserWithEditor> {
  const [worker = "", script = ""] = documentedSetup("A browser", "js");
  const files = new Map([
    ["/worker.js", { type: "text/javascript", body: await bundle(worker) }],
    ["/page.js", { type: "text/javascript", body: await bundle(script) }],
    ["/", { type: "text/html", body: "<!doctype html><meta charset=utf-8><body><script src=page.js></script>" }],
  ]);
  const server = createServer(({ url = "" }, response) => {
    const file = files.get(url);
    response.writeHead(file === undefined ? 404 : 200, { "content-type": file?.type ?? "text/plain" }).end(file?.body);
  }).listen(0, "127.0.0.1");
  const browser = await chromium.launch({ executablePath });
  const page = await browser.newPage();
  const errors: string[] = [];
  page.on("pageerror", ({ message }) => errors.push(message));
  page.on("console", (message) => {
    const isForTheTabIcon = message.location().url.endsWith("/favicon.ico");
    if (message.type() === "error" && !isForTheTabIcon) errors.push(message.text());
  });
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    errors,
    async [Symbol.asyncDispose]() {
      await browser.close();
      server.close();
    },
  };
}

/** A script for browsers, with all that it imports. */
async function bundle(contents: string): Promise<string> {
  const repository = resolve(import.meta.dirname, "../..");
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: repository },
    alias: { "@meshlog/lsp/browser": resolve(repository, "packages/lsp/src/browser.ts") },
    conditions: ["@meshlog/source"],
    bundle: true,
    format: "iife",
    platform: "browser",
    write: false,
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}
