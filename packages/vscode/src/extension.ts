import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** Starts the server that is bundled with the extension; VS Code runs it with its own Node. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server/main.js");
  const run = { module, transport: TransportKind.stdio };
  const documentSelector = [{ language: "yaml" }, { language: "json" }];
  client = new LanguageClient("meshlog", "meshlog", { run, debug: run }, { documentSelector });
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
