import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import packageJson from "../package.json" with { type: "json" };
import { createServer } from "./server.ts";
import { nodeFiles } from "./workspace/node-files.ts";

/** The address of the documentation is that of the package, as soon as there is one. */
const { version, homepage }: { readonly version: string; readonly homepage?: string } = packageJson;

/** How an editor can talk to a server; the protocol's library reads the same options. */
const transports = /^--(?:stdio|node-ipc|socket(?:=.*)?|pipe(?:=.*)?)$/;

const usage = `meshlog-lsp ${version}, the language server of meshlog.

Editors start it with --stdio. It also takes --node-ipc, --socket=PORT and --pipe=NAME.
`;

/** The program `meshlog-lsp`: the server on the transport that the command line names. */
const options = process.argv.slice(2);
if (options.some((option) => transports.test(option))) {
  createServer(createConnection(ProposedFeatures.all), {
    files: nodeFiles,
    ...(homepage && { site: homepage }),
  }).listen();
} else {
  const asked = options.some((option) => ["--help", "-h", "--version"].includes(option));
  (asked ? process.stdout : process.stderr).write(usage);
  process.exitCode = asked ? 0 : 2;
}
