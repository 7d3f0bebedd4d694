import { BrowserMessageReader } from 'vscode-languageserver/browser';
type BrowserPort = ConstructorParameters<typeof BrowserMessageReader>[0];
declare function startServer(port: BrowserPort): void;

export { startServer };
export type { BrowserPort };
