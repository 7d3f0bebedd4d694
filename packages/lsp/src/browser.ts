import { BrowserMessageReader, BrowserMessageWriter, createConnection } from "vscode-languageserver/browser";
import { createServer } from "./server.ts";

/** What the server talks through: the global scope of a Web Worker, or one end of a `MessageChannel`. */
export type BrowserPort = ConstructorParameters<typeof BrowserMessageReader>[0];

/** Starts the server in a browser: `startServer(self)` in a Web Worker. It uses nothing of Node. */
export function startServer(port: BrowserPort): void {
  createServer(createConnection(new BrowserMessageReader(port), new BrowserMessageWriter(port))).listen();
}
