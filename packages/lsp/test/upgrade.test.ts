import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type ClientCapabilities,
  type CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  ShowMessageNotification,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { type Client, connect, type Transport } from "./client.ts";
import { policy } from "./policies.ts";

const title = "Upgrade what is deprecated in this file";

const backends = "backends: [{type: File, file: {path: /log}}]";
const inbound = (ref: string): string =>
  `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  # whom\n  targetRef: ${ref}\n  # what comes in\n  from: # all\n    - targetRef: {kind: Mesh}\n      default: {${backends}} # here\n`;
const upgraded = (ref: string): string =>
  `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  # whom\n  targetRef: ${ref}\n  # what comes in\n  rules: # all\n    - default: {${backends}} # here\n`;
const byTag = "{kind: MeshSubset, tags: {version: '1'}}";
const byLabel = "{kind: Dataplane, labels: {version: '1'}}";
const byLabelAgain = inbound(byTag).replace("name: a", "name: b");
const dataplane =
  "type: Dataplane\nmesh: default\nname: web-1\nlabels: {version: '1'}\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: web, version: '1'}}]\n";

/** What clients say that ask for an edit when an action is chosen, or that do not. */
const clients: Readonly<Record<string, ClientCapabilities>> = {
  resolves: { textDocument: { diagnostic: {}, codeAction: { dataSupport: true, resolveSupport: { properties: ["edit"] } } } }, // prettier-ignore
  "takes edits at once": { textDocument: { diagnostic: {}, codeAction: { disabledSupport: true } } },
};

/** A client with a folder of files, all of which the server has read. */
async function open(
  transport: Transport,
  capabilities: ClientCapabilities,
  files: Readonly<Record<string, string>>,
  settings?: unknown,
): Promise<{ readonly client: Client; readonly uri: string; readonly said: readonly string[] }> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "meshlog-lsp ")));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  const client = await connect(transport, capabilities, settings, undefined, [pathToFileURL(root).href]);
  const said: string[] = [];
  client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
    said.push(message);
  });
  const uri = pathToFileURL(join(root, "a.yaml")).href;
  await client.open(uri, files["a.yaml"] ?? "");
  await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "" });
  return { client, uri, said };
}

/** The offered upgrade of a file. */
async function offered({ connection }: Client, uri: string): Promise<CodeAction | undefined> {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const actions = await connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [] } }); // prettier-ignore
  return actions?.filter((action): action is CodeAction => !("command" in action)).find((one) => one.title === title);
}

/** The offered upgrade with its edit. */
async function chosen(client: Client, uri: string): Promise<CodeAction | undefined> {
  const action = await offered(client, uri);
  if (action === undefined || action.edit !== undefined || action.disabled !== undefined) return action;
  return client.connection.sendRequest(CodeActionResolveRequest.type, action);
}

function applied(text: string, uri: string, action: CodeAction | undefined): string | undefined {
  const edits = action?.edit?.changes?.[uri];
  return edits && TextDocument.applyEdits(TextDocument.create(uri, "yaml", 0, text), edits);
}

const transports: readonly Transport[] = ["in-process", "spawned"];

describe.each(transports.flatMap((transport) => Object.keys(clients).map((kind) => [transport, kind] as const)))(
  "the upgrade of a file, from a server that is %s to a client that %s,",
  (transport, kind) => {
    const capabilities = clients[kind] ?? {};

    it("leaves nothing deprecated, and keeps comments and other files", async () => {
      const before = inbound(byTag);
      const files = { "a.yaml": before, "b.yaml": byLabelAgain, "web.yaml": dataplane };
      const { client, uri, said } = await open(transport, capabilities, files);
      expect((await client.pull(uri)).map(({ code }) => code)).toContain("policy/deprecated");
      const action = await chosen(client, uri);
      expect(Object.keys(action?.edit?.changes ?? {})).toEqual([uri]);
      const after = applied(before, uri, action);
      expect(after).toBe(upgraded(byLabel));
      await client.change(uri, after ?? "");
      expect(await client.pull(uri)).toEqual([]);
      expect(await offered(client, uri)).toBeUndefined();
      expect(said).toEqual([]);
    });

    it("says what it leaves as it is, and upgrades the rest", async () => {
      const { client, uri, said } = await open(transport, capabilities, { "a.yaml": inbound(byTag) });
      expect(applied(inbound(byTag), uri, await chosen(client, uri))).toBe(upgraded(byTag));
      if (kind === "resolves") expect(said).toEqual([expect.stringContaining("MeshSubset")]);
    });

    it("says why it cannot be had", async () => {
      const text = `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  targetRef: ${byTag}\n  rules: [{default: {${backends}}}]\n`;
      const { client, uri, said } = await open(transport, capabilities, { "a.yaml": text });
      const action = await chosen(client, uri);
      expect(action?.title).toBe(title);
      expect(action?.edit).toBeUndefined();
      expect([...said, action?.disabled?.reason ?? ""].join("")).toContain("MeshSubset");
    });

    it("is nothing that an older release of the target would refuse", async () => {
      const files = { "a.yaml": inbound("{kind: Mesh}") };
      const { client, uri, said } = await open(transport, capabilities, files, { kuma: "2.9..2.14" });
      const action = await chosen(client, uri);
      expect(action?.edit).toBeUndefined();
      expect([...said, action?.disabled?.reason ?? ""].join("")).toContain("Older releases");
    });
  },
);

describe("the upgrade of a file", () => {
  it("is not offered where nothing is deprecated", async () => {
    const { client, uri } = await open("in-process", clients["resolves"] ?? {}, { "a.yaml": policy("'%PROTCOL%'") });
    expect(await offered(client, uri)).toBeUndefined();
  });

  it("is not computed for a large bundle before it is chosen", async () => {
    const files = { "a.yaml": inbound("{kind: Mesh}"), "b.yaml": `# ${"x".repeat(1 << 16)}\n${dataplane}` };
    const { client, uri } = await open("in-process", clients["takes edits at once"] ?? {}, files);
    expect(await offered(client, uri)).toBeUndefined();
  });

  it.each([undefined, 1, {}, { upgrade: 1 }, { upgrade: "file:///no.yaml" }])("is nothing of %j", async (data) => {
    const client = await connect("in-process");
    expect(await client.connection.sendRequest(CodeActionResolveRequest.type, { title, data })).not.toHaveProperty("edit"); // prettier-ignore
  });
});
