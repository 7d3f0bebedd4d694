import { commands, type ExtensionContext, Uri } from "vscode";
import {
  LanguageClient,
  type Location,
  type Position,
  type StaticFeature,
  TransportKind,
} from "vscode-languageclient/node";

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
  client.registerFeature(showsReferences);
  context.subscriptions.push(commands.registerCommand("meshlog.showReferences", showReferences));
  await client.start();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** Tells the server that a lens can show places. */
const showsReferences: StaticFeature = {
  fillClientCapabilities(capabilities) {
    capabilities.experimental = {
      ...(capabilities.experimental as object | undefined),
      meshlog: { showReferences: true },
    };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};

/** Shows the places that a lens of the server names. */
async function showReferences(uri: string, position: Position, locations: Location[]): Promise<void> {
  if (client === undefined) return;
  const { protocol2CodeConverter: convert } = client;
  await commands.executeCommand(
    "editor.action.showReferences",
    Uri.parse(uri),
    convert.asPosition(position),
    await convert.asReferences(locations),
  );
}
