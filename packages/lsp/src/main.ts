import { createConnection, ProposedFeatures } from "vscode-languageserver/node";
import { createServer } from "./server.ts";

/** The program `meshlog-lsp`: the server on the standard streams (`--stdio`), which is how editors start it. */
createServer(createConnection(ProposedFeatures.all)).listen();
