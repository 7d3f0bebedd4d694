import type { ExtensionContext } from "vscode";
import { LanguageClient, TransportKind } from "vscode-languageclient/node";

let client: LanguageClient | undefined;

/** Starts the server that is bundled with the extension; VS Code runs it with its own Node. */
export async function activate(context: ExtensionContext): Promise<void> {
  const module = context.asAbsolutePath("dist/server/bin/meshlog-lsp.js");
  const run = { module, transport: TransportKind.stdio };
  // Not the older text beside a change, which has a scheme of its own and is not to be mended.
  const documentSelector = ["file", "untitled"].flatMap((scheme) =>
    ["yaml", "json"].map((language) => ({ scheme, language })),
  );
  client = new LanguageClient("meshlog", "meshlog", { run, debug: run }, { documentSelector });
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}
