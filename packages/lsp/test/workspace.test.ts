import { mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  type CodeLens,
  CodeLensRequest,
  CodeLensResolveRequest,
  DefinitionRequest,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  DidChangeWorkspaceFoldersNotification,
  DidSaveTextDocumentNotification,
  ExecuteCommandRequest,
  FileChangeType,
  type FileEvent,
  ReferencesRequest,
  RegistrationRequest,
  ShowMessageNotification,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { type Client, connect, type Transport } from "./client.ts";
import { policy } from "./policies.ts";

interface Folder {
  readonly uri: string;
  uriOf(path: string): string;
  write(path: string, text: string): Promise<void>;
  remove(path: string): Promise<void>;
  move(from: string, to: string): Promise<void>;
}

async function folder(files: Readonly<Record<string, string>> = {}): Promise<Folder> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "meshlog-lsp ")));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const made: Folder = {
    uri: pathToFileURL(root).href,
    uriOf: (path) => pathToFileURL(join(root, path)).href,
    async write(path, text) {
      await mkdir(dirname(join(root, path)), { recursive: true });
      await writeFile(join(root, path), text);
    },
    remove: (path) => rm(join(root, path), { recursive: true }),
    move: (from, to) => rename(join(root, from), join(root, to)),
  };
  for (const [path, text] of Object.entries(files)) await made.write(path, text);
  return made;
}

const pulls = { textDocument: { diagnostic: {} } };

const open = (transport: Transport, folders: readonly Folder[], settings?: unknown): Promise<Client> =>
  connect(
    transport,
    pulls,
    settings,
    undefined,
    folders.map(({ uri }) => uri),
  );

/** Tells the server that files have changed, as a client does that watches them. */
async function tell(client: Client, ...uris: readonly string[]): Promise<void> {
  await client.connection.sendNotification(DidChangeWatchedFilesNotification.type, {
    changes: uris.map((uri): FileEvent => ({ uri, type: FileChangeType.Changed })),
  });
}

/** The names of the resources that the server knows, once it has read all that there is. */
async function known(client: Client, query = ""): Promise<readonly string[]> {
  const symbols = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query });
  return (symbols ?? []).map(({ name }) => name).sort();
}

async function codes(client: Client, uri: string): Promise<readonly unknown[]> {
  await known(client);
  return (await client.pull(uri)).map(({ code }) => code);
}

const backend = (name: string): string =>
  `type: MeshService\nname: ${name}\nlabels: {team: green}\nspec: {ports: [{port: 80, name: web}]}\n`;

const proxy = (name: string, service: string): string =>
  `type: Dataplane\nmesh: default\nname: ${name}\nnetworking:\n  address: 10.0.0.1\n  inbound:\n  - {port: 80, tags: {kuma.io/service: ${service}}}\n`;

const policyTo = (name: string): string =>
  `type: MeshAccessLog\nmesh: default\nname: p\nspec:\n  to:\n  - targetRef:\n      kind: MeshService\n      name: ${name}\n    default:\n      backends:\n      - {type: File, file: {path: /a, format: {type: Plain, plain: "%DURATION%"}}}\n`;

describe.each<Transport>(["in-process", "spawned"])(
  "a server that is %s, of the files that are not open,",
  (transport) => {
    it("knows the names, and where they stand", async () => {
      const files = await folder({ "deep/services.yaml": backend("backend"), "p.yaml": policyTo("backend") });
      const client = await open(transport, [files]);
      const uri = files.uriOf("p.yaml");
      await client.open(uri, policyTo("backend"));
      expect(await known(client)).toEqual(["backend", "p"]);
      const items = await client.complete(uri, policyTo("┆"));
      expect(items.map(({ label }) => label)).toContain("backend");
      const definition = await client.connection.sendRequest(DefinitionRequest.type, await client.at(uri, policyTo("back┆end"))); // prettier-ignore
      expect(definition).toMatchObject([{ uri: files.uriOf("deep/services.yaml"), range: { start: { line: 1, character: 6 } } }]); // prettier-ignore
    });

    it("finds the policies that refer to a resource", async () => {
      const files = await folder({ "p.yaml": policyTo("backend") });
      const client = await open(transport, [files]);
      const at = await client.at(files.uriOf("services.yaml"), backend("back┆end"));
      const context = { includeDeclaration: false };
      expect(await client.connection.sendRequest(ReferencesRequest.type, { ...at, context })).toMatchObject([
        { uri: files.uriOf("p.yaml"), range: { start: { line: 7, character: 12 } } },
      ]);
    });

    it("follows what changes, comes, goes and moves", async () => {
      const files = await folder({ "a.yaml": backend("one"), "b.yaml": backend("two") });
      const client = await open(transport, [files]);
      expect(await known(client)).toEqual(["one", "two"]);
      await files.write("a.yaml", backend("three"));
      await files.write("new/c.yaml", backend("four"));
      await files.remove("b.yaml");
      await tell(client, files.uriOf("a.yaml"), files.uriOf("new/c.yaml"), files.uriOf("b.yaml"));
      expect(await known(client)).toEqual(["four", "three"]);
      await files.move("new/c.yaml", "d.yaml");
      await tell(client, files.uriOf("new/c.yaml"), files.uriOf("d.yaml"));
      expect(await known(client)).toEqual(["four", "three"]);
    });

    it("takes a file that is open as it is typed, and as it is saved once it is closed", async () => {
      const files = await folder({ "a.yaml": backend("saved") });
      const client = await open(transport, [files]);
      const uri = files.uriOf("a.yaml");
      await client.open(uri, backend("typed"));
      expect(await known(client)).toEqual(["typed"]);
      await files.write("a.yaml", backend("saved-again"));
      await client.connection.sendNotification(DidSaveTextDocumentNotification.type, { textDocument: { uri } });
      await client.close(uri);
      expect(await known(client)).toEqual(["saved-again"]);
    });

    it("has folders come and go", async () => {
      const [one, two] = [await folder({ "a.yaml": backend("one") }), await folder({ "a.yaml": backend("two") })];
      const client = await open(transport, [one]);
      expect(await known(client)).toEqual(["one"]);
      const change = (added: readonly Folder[], removed: readonly Folder[]): Promise<void> => {
        const named = (all: readonly Folder[]): { uri: string; name: string }[] => all.map(({ uri }) => ({ uri, name: "x" })); // prettier-ignore
        return client.connection.sendNotification(DidChangeWorkspaceFoldersNotification.type, {
          event: { added: named(added), removed: named(removed) },
        });
      };
      await change([two], []);
      expect(await known(client)).toEqual(["one", "two"]);
      await change([], [one]);
      expect(await known(client)).toEqual(["two"]);
    });

    it("leaves out what is foreign, ignored, linked, broken or not to be read", async () => {
      const files = await folder({
        "node_modules/x/a.yaml": backend("in-node-modules"),
        ".git/a.yaml": backend("in-git"),
        ".gitignore": "build/\n*.gen.yaml\n",
        "build/a.yaml": backend("built"),
        "a.gen.yaml": backend("generated"),
        "pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: pod}\n",
        "large.yaml": `# ${"x".repeat(1 << 20)}\n${backend("large")}`,
        "broken.yaml": `type: MeshService\nname: "broken\n`,
        "notes.txt": backend("text"),
        "deep/.meshlogignore": "/not.yaml\n",
        "deep/not.yaml": backend("not"),
        "deep/a.yaml": backend("good"),
      });
      await symlink("..", new URL(files.uriOf("deep/loop")));
      const client = await open(transport, [files]);
      expect(await known(client)).toEqual(["good"]);
      await files.write("build/b.yaml", backend("built-later"));
      await tell(client, files.uriOf("build/b.yaml"));
      expect(await known(client)).toEqual(["good"]);
    });

    it("says what check says of the whole bundle: what dangles, what is there twice", async () => {
      const files = await folder({ "a.yaml": backend("backend"), "b.yaml": backend("other") });
      const client = await open(transport, [files]);
      const uri = files.uriOf("p.yaml");
      await client.open(uri, `${policyTo("nobody")}---\n${backend("backend")}`);
      await known(client);
      expect(await client.pull(uri)).toMatchObject([
        { code: "lint/dangling-target", range: { start: { line: 7 } } },
        {
          code: "io/duplicate-resource",
          range: { start: { line: 13 } },
          relatedInformation: [{ location: { uri: files.uriOf("a.yaml"), range: { start: { line: 1 } } } }],
        },
      ]);
      await files.write("a.yaml", backend("nobody"));
      await tell(client, files.uriOf("a.yaml"));
      expect(await codes(client, uri)).toEqual([]);
    });

    it("keeps apart what belongs to other folders", async () => {
      const [one, two] = [await folder({ "a.yaml": backend("backend") }), await folder()];
      const client = await open(transport, [one, two]);
      await client.open(two.uriOf("p.yaml"), `${policyTo("nobody")}---\n${backend("nobody")}`);
      await client.open(two.uriOf("q.yaml"), policyTo("backend").replace("name: p", "name: q"));
      expect(await codes(client, two.uriOf("p.yaml"))).toEqual([]);
      expect(await codes(client, two.uriOf("q.yaml"))).toEqual(["lint/dangling-target"]);
    });
  },
);

describe.each<Transport>(["in-process", "spawned"])("a server that is %s, of meshlog.config.yaml,", (transport) => {
  const unknown = `${policy("'%PROTOCOL%'")}x: 1\n`;

  it("heeds releases, levels, overrides and what is left out, nearest first", async () => {
    const files = await folder({
      "meshlog.config.yaml": "kuma: 2.9..2.14\nlints: {lint/unknown-field: error}\noverrides: [{files: [quiet], lints: {lint/unknown-field: off}}]\nignore: [left-out]\n",
      "own/meshlog.config.yaml": "lints: {lint/unknown-field: info}\n",
    }); // prettier-ignore
    const client = await open(transport, [files]);
    const severities = async (path: string, text = unknown): Promise<readonly unknown[]> => {
      await client.open(files.uriOf(path), text);
      return (await client.pull(files.uriOf(path))).map(({ code, severity }) => [code, severity]);
    };
    const rules = ["lint/unknown-field", 1];
    expect(await severities("a.yaml")).toContainEqual(rules);
    expect((await severities("quiet/b.yaml")).map(String)).not.toContain(String(rules));
    expect(await severities("left-out/c.yaml")).toEqual([]);
    expect(await severities("own/d.yaml")).toEqual([["lint/unknown-field", 3]]);
    expect(await severities("e.yaml", policy("'%SPAN_ID%'"))).toContainEqual(["format/newer-operator", 1]);
  });

  it("lets the settings of the client win", async () => {
    const files = await folder({ "meshlog.config.yaml": "kuma: 2.9\nlints: {lint/unknown-field: error}\n" });
    const client = await open(transport, [files], { kuma: "2.14", lints: { "lint/unknown-field": "info" } });
    await client.open(files.uriOf("a.yaml"), unknown);
    expect(await client.pull(files.uriOf("a.yaml"))).toMatchObject([{ code: "lint/unknown-field", severity: 3 }]);
  });

  it("takes the control plane from it", async () => {
    const files = await folder({ "meshlog.config.yaml": "controlPlane: {labels: computed}\n" });
    const client = await open(transport, [files]);
    const text = policy("'%PROTOCOL%'").replace("name: a", "name: a\nlabels: {kuma.io/mesh: other}");
    await client.open(files.uriOf("a.yaml"), text);
    expect(await codes(client, files.uriOf("a.yaml"))).toEqual(["policy/invalid"]);
    await files.remove("meshlog.config.yaml");
    await tell(client, files.uriOf("meshlog.config.yaml"));
    expect(await codes(client, files.uriOf("a.yaml"))).toEqual(["lint/labels"]);
  });

  it("reads it again when it changes, comes and goes", async () => {
    const files = await folder();
    const client = await open(transport, [files]);
    const uri = files.uriOf("a.yaml");
    await client.open(uri, unknown);
    expect(await codes(client, uri)).toEqual(["lint/unknown-field"]);
    await files.write("meshlog.config.yaml", "lints: {lint/unknown-field: off}\n");
    await tell(client, files.uriOf("meshlog.config.yaml"));
    expect(await codes(client, uri)).toEqual([]);
    await files.remove("meshlog.config.yaml");
    await tell(client, files.uriOf("meshlog.config.yaml"));
    expect(await codes(client, uri)).toEqual(["lint/unknown-field"]);
  });

  it("says what is wrong with it, once, and goes on without it", async () => {
    const files = await folder({ "meshlog.config.yaml": "kuma: 2.14\nlint: {}\n" });
    const client = await open(transport, [files]);
    const said: string[] = [];
    client.connection.onNotification(ShowMessageNotification.type, ({ message }) => {
      said.push(message);
    });
    await client.open(files.uriOf("a.yaml"), unknown);
    expect(await codes(client, files.uriOf("a.yaml"))).toEqual(["lint/unknown-field"]);
    await client.change(files.uriOf("a.yaml"), `${unknown}y: 1\n`);
    expect(await codes(client, files.uriOf("a.yaml"))).toHaveLength(2);
    expect(said).toEqual([expect.stringMatching(/meshlog\.config\.yaml: line 2: .*"lint"/)]);
  });
});

describe.each<Transport>(["in-process", "spawned"])("a server that is %s, of comments that silence,", (transport) => {
  it("silences what stands below, wherever that is, and reports what silences nothing", async () => {
    const client = await connect(transport, pulls);
    const comment = "# meshlog-disable-next-line lint/unknown-field -- our tool wants it\n";
    const uri = "file:///a.yaml";
    await client.open(uri, `${policy("'%PROTOCOL%'")}${comment}x: 1\n`);
    expect(await codes(client, uri)).toEqual([]);
    await client.change(uri, `${comment}${policy("'%PROTOCOL%'")}`);
    expect(await client.pull(uri)).toMatchObject([
      { code: "lint/unused-suppression", data: { fixes: [{ title: "Remove the comment" }] } },
    ]);
  });
});

describe.each<Transport>(["in-process", "spawned"])("a server that is %s, of the proxies of a policy,", (transport) => {
  const selecting = (service: string): string =>
    policyTo("backend").replace("spec:\n", `spec:\n  targetRef: {kind: MeshSubset, tags: {kuma.io/service: ${service}}}\n`); // prettier-ignore

  async function lensOf(client: Client, uri: string): Promise<CodeLens> {
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    const [lens] = lenses ?? [];
    if (lens === undefined) throw new Error("no lens");
    expect(lens.command).toBeUndefined();
    return client.connection.sendRequest(CodeLensResolveRequest.type, lens);
  }

  it("says how many there are, and where", async () => {
    const files = await folder({ "web.yaml": `${proxy("web-1", "web")}---\n${proxy("web-2", "web")}---\n${proxy("db-1", "db")}` }); // prettier-ignore
    const client = await open(transport, [files]);
    const uri = files.uriOf("p.yaml");
    await client.open(uri, selecting("web"));
    const lens = await lensOf(client, uri);
    expect(lens).toMatchObject({ range: { start: { line: 4 } }, command: { title: "selects 2 proxies" } });
    const { command = "", arguments: given = [] } = lens.command ?? {};
    expect(await client.connection.sendRequest(ExecuteCommandRequest.type, { command, arguments: given })).toMatchObject([
      { uri: files.uriOf("web.yaml"), range: { start: { line: 2 } } },
      { uri: files.uriOf("web.yaml"), range: { start: { line: 10 } } },
    ]); // prettier-ignore
    await client.change(uri, selecting("db"));
    expect((await lensOf(client, uri)).command?.title).toBe("selects 1 proxy");
    await client.change(uri, selecting("db").replace("MeshSubset", "MeshSub"));
    expect((await lensOf(client, uri)).command?.title).toBe("is not in Kuma's store");
  });

  it("hands the places to a client that can show them", async () => {
    const files = await folder({ "web.yaml": proxy("web-1", "web") });
    const capabilities = { ...pulls, experimental: { meshlog: { showReferences: true } } };
    const client = await connect(transport, capabilities, undefined, undefined, [files.uri]);
    expect(client.server.capabilities.executeCommandProvider).toBeUndefined();
    const uri = files.uriOf("p.yaml");
    await client.open(uri, selecting("web"));
    expect((await lensOf(client, uri)).command).toMatchObject({
      command: "meshlog.showReferences",
      arguments: [uri, { line: 4 }, [{ uri: files.uriOf("web.yaml") }]],
    });
  });

  it("answers a lens and a command that make no sense", async () => {
    const client = await connect(transport);
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
    for (const data of [undefined, 1, {}, { uri: "file:///no.yaml", policy: 1 }]) {
      expect(await client.connection.sendRequest(CodeLensResolveRequest.type, { range, data })).not.toHaveProperty("command"); // prettier-ignore
      const found = client.connection.sendRequest(ExecuteCommandRequest.type, { command: "meshlog.proxies", arguments: [data] }); // prettier-ignore
      expect(await found).toEqual([]);
    }
    await expect(client.connection.sendRequest(ExecuteCommandRequest.type, { command: "rm" })).rejects.toThrow("rm");
  });
});

describe("a client that can watch files", () => {
  it("is asked to", async () => {
    const files = await folder();
    const registered: string[] = [];
    const asked = new Promise<void>((resolve) => {
      const capabilities = { workspace: { didChangeWatchedFiles: { dynamicRegistration: true } } };
      void connect("in-process", capabilities, undefined, undefined, [files.uri], (connection) => {
        connection.onRequest(RegistrationRequest.type, ({ registrations }) => {
          registered.push(...registrations.map(({ method }) => method));
          resolve();
        });
      });
    });
    await asked;
    expect(registered).toEqual(["workspace/didChangeWatchedFiles"]);
  });

  it("has new settings counted for open files", async () => {
    const client = await connect("in-process");
    await client.open("file:///a.yaml", policy("'%SPAN_ID%'"));
    expect(await client.pushed("file:///a.yaml")).toEqual([]);
    const next = client.nextPushed("file:///a.yaml");
    await client.connection.sendNotification(DidChangeConfigurationNotification.type, { settings: { meshlog: { kuma: "2.9" } } }); // prettier-ignore
    expect((await next).map(({ code }) => code)).toContain("policy/invalid");
  });
});
