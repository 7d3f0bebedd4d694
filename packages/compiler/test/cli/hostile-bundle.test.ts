import { describe, expect, it } from "vitest";
import type { CompiledBundle } from "../../src/emit/compiled.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const mesh = "type: Mesh\nname: default\n";
const policy =
  "type: MeshAccessLog\nmesh: default\nname: p\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file: {path: /log, format: {type: Plain, plain: '%KUMA_MESH%'}}\n";
const dataplane = (networking: object, name = "d"): string =>
  JSON.stringify({ type: "Dataplane", mesh: "default", name, networking });
const inbound = (tags: object): object => ({ port: 80, tags });

function compile(...documents: string[]) {
  const run = meshlog(["compile", "-"], { input: documents.join("\n---\n") });
  expect(run.error).not.toMatch(/\n\s+at |bug in meshlog/);
  return run;
}

describe("a Dataplane that no control plane would hold is left out with a word", () => {
  it.each([
    ["networking that is no map", "hello" as unknown as object, "networking is not a map"],
    ["no address", {}, "networking.address is no address"],
    ["a port that is none", { address: "10.0.0.1", inbound: [{ port: -5 }] }, "has no port from 1 to 65535"],
    ["a port that is half", { address: "10.0.0.1", inbound: [{ port: 1.5 }] }, "has no port from 1 to 65535"],
    [
      "values that would expand without end",
      {
        address: "10.0.0.1",
        advertisedAddress: "%KUMA_SOURCE_SERVICE%".repeat(30_000),
        inbound: [inbound({ "kuma.io/service": "%KUMA_ZONE%".repeat(30_000) })],
      },
      "networking.advertisedAddress is no address",
    ],
  ])("%s", (_, networking, problem) => {
    const { code, out, error } = compile(mesh, policy, dataplane(networking));
    expect(error).toContain("io/invalid-resource");
    expect(error).toContain(problem);
    expect((JSON.parse(out) as CompiledBundle).proxies).toEqual([]);
    expect(code).toBe(1);
  });

  it("a Dataplane without a name", () => {
    expect(compile(mesh, policy, dataplane({ address: "10.0.0.1" }, "")).error).toContain("it has no name");
  });
});

describe("odd values are values", () => {
  it("a protocol that is the name of a method", () => {
    const tags = (protocol: string): object => ({ "kuma.io/service": "s", "kuma.io/protocol": protocol });
    const networking = { address: "10.0.0.1", inbound: [inbound(tags("constructor"))] };
    const other = { address: "10.0.0.2", inbound: [inbound(tags("http"))], outbound: [{ port: 1, tags: tags("") }] };
    const { code, out } = compile(mesh, policy, dataplane(networking, "a"), dataplane(other, "b"));
    const [, proxy] = (JSON.parse(out) as CompiledBundle).proxies;
    expect(proxy?.listeners.map(({ name, protocol }) => [name, protocol])).toEqual([
      ["inbound:10.0.0.2:80", "http"],
      ["outbound:127.0.0.1:1", "<unknown>"],
    ]);
    expect(code).toBe(0);
  });

  it("numbers in quotes and names with underscores, as protobuf reads them", () => {
    const networking = {
      address: "10.0.0.1",
      inbound: [{ port: "80" }],
      transparent_proxying: { redirect_port_outbound: "15001" },
    };
    const { out } = compile(mesh, policy, dataplane(networking));
    expect((JSON.parse(out) as CompiledBundle).proxies[0]?.listeners.map(({ name }) => name)).toEqual([
      "inbound:10.0.0.1:80",
      "outbound:passthrough:ipv4",
      "outbound:passthrough:ipv6",
    ]);
  });

  it("a mesh that is called like a file of the output, and a name that no file can have", () => {
    const cwd = folderWith({
      "a.yaml": [
        "type: Mesh\nname: bundle.json\n",
        dataplane({ address: "10.0.0.1" }, "x".repeat(300)).replace('"default"', '"bundle.json"'),
      ].join("---\n"),
    });
    expect(meshlog(["compile", "--out", "out", "a.yaml"], { cwd })).toMatchObject({ code: 0 });
  });
});

describe("files", () => {
  it("are read once, by whatever path they are named", () => {
    const cwd = folderWith({ "a.yaml": policy, "b/.c.yaml": "" });
    const { error } = meshlog(["check", "a.yaml", "./a.yaml", "../" + (cwd.split("/").at(-1) ?? "") + "/a.yaml", "."], {
      cwd,
    });
    expect(error).toBe("2 files, 1 policy: no problems.\n");
  });

  it("that are named like the standard input are a clash", () => {
    const cwd = folderWith({ "a.yaml": "" });
    const run = meshlog(["check", "--stdin-filename", "a.yaml", "-", "a.yaml"], { cwd });
    expect(run).toMatchObject({
      code: 2,
      error: expect.stringContaining("names a file and the standard input") as unknown,
    });
  });
});
