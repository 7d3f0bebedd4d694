import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CompiledBundle, CompiledProxy } from "../../src/emit/compiled.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const mesh = "type: Mesh\nname: default\n";
const dataplane = (name: string, meshName = "default"): string =>
  `type: Dataplane\nmesh: ${meshName}\nname: ${JSON.stringify(name)}\nnetworking:\n  address: 10.0.0.1\n  inbound:\n  - {port: 80, tags: {kuma.io/service: web, kuma.io/protocol: http}}\n`;
const policy = (name: string, format: string): string =>
  `type: MeshAccessLog\nmesh: default\nname: ${name}\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file: {path: /log, format: {type: Plain, plain: '${format}'}}\n`;
const documents = (...all: string[]): string => all.join("---\n");

describe("compile", () => {
  it("writes the bundle to the standard output", () => {
    const { code, out, error } = meshlog(["compile", "-"], {
      input: documents(mesh, dataplane("a"), policy("p", "%KUMA_MESH%")),
    });
    const bundle = JSON.parse(out) as CompiledBundle;
    expect(bundle).toMatchObject({ meshlog: 1, kuma: "2.14.3", envoy: "1.38.2", policies: [{ name: "p" }] });
    expect(bundle.proxies[0]?.listeners).toMatchObject([
      {
        name: "inbound:10.0.0.1:80",
        context: "inbound",
        protocol: "http",
        accessLog: [{ name: "envoy.access_loggers.file" }],
      },
    ]);
    expect(error).toBe("");
    expect(code).toBe(0);
  });

  it("fails if there are more warnings than allowed", () => {
    const run = (...args: string[]) => meshlog(["compile", ...args, "-"], { input: documents(dataplane("a"), policy("p", "word")) }).code; // prettier-ignore
    expect([run(), run("--max-warnings", "9"), run("--max-warnings", "0"), run("--strict")]).toEqual([0, 0, 1, 1]);
  });

  it("says which names of the control plane are of no Dataplane", () => {
    const cwd = folderWith({
      "a.yaml": documents(mesh, dataplane("a")),
      "cp.yaml": "metadata: {a: {}, b: {}}\noutbounds: {default/a: [], other/a: []}\n",
    });
    expect(meshlog(["compile", "--control-plane", "cp.yaml", "a.yaml"], { cwd }).error).toBe(
      `There is no Dataplane "b" in these files, which the control plane's metadata are for.\nThere is no Dataplane "other/a" in these files, which the control plane's outbounds are for.\n`,
    );
  });

  it("gives the same bytes whatever the order of the files", () => {
    const cwd = folderWith({
      "a.yaml": mesh,
      "b.yaml": dataplane("a"),
      "c.yaml": policy("p", "x"),
      "d.yaml": policy("o", "y"),
    });
    const one = meshlog(["compile", "a.yaml", "b.yaml", "c.yaml", "d.yaml"], { cwd }).out;
    expect(meshlog(["compile", "d.yaml", "b.yaml", "a.yaml", "c.yaml"], { cwd }).out).toBe(one);
    expect(meshlog(["compile", "."], { cwd }).out).toBe(one);
  });

  it("leaves out a policy that Kuma refuses, and emits a format that only Envoy refuses", () => {
    const refused = "type: MeshAccessLog\nmesh: default\nname: refused\nspec: {}\n";
    const { code, out, error } = meshlog(["compile", "-"], {
      input: documents(mesh, dataplane("a"), refused, policy("wrong", "%NOPE%")),
    });
    const bundle = JSON.parse(out) as CompiledBundle;
    expect(bundle.policies.map(({ name }) => name)).toEqual(["wrong"]);
    expect(JSON.stringify(bundle.proxies[0]?.listeners)).toContain("%NOPE%\\n");
    expect(error).toContain("at least one of 'from', 'to' or 'rules' has to be defined");
    expect(error).toContain("Not supported field in StreamInfo: NOPE");
    expect(code).toBe(1);
  });

  it("writes lines, and the lines of all shards are those of one run", () => {
    const input = documents(mesh, policy("p", "x"), ...["a", "b", "c", "d", "e"].map((name) => dataplane(name)));
    const lines = (...args: string[]): string[] =>
      meshlog(["compile", "--jsonl", ...args, "-"], { input })
        .out.trim()
        .split("\n");
    const [header, ...proxies] = lines();
    const shards = [0, 1, 2].map((i) => lines("--shard", `${i}/3`));
    expect(JSON.parse(header ?? "")).toMatchObject({ meshlog: 1, policies: [{ name: "p" }] });
    expect(proxies.map((line) => (JSON.parse(line) as CompiledProxy).name)).toEqual(["a", "b", "c", "d", "e"]);
    expect(shards.map(([first]) => first)).toEqual([header, header, header]);
    expect(shards.flatMap(([, ...rest]) => rest).sort()).toEqual(proxies.sort());
  });

  it("writes a folder, never outside of it, and removes what an earlier run listed", () => {
    const cwd = folderWith({
      "mesh.yaml": mesh,
      "p.yaml": policy("p", "x"),
      "d.yaml": documents(dataplane("a"), dataplane("../../b/é")),
    });
    expect(meshlog(["compile", "--out", "out", "."], { cwd }).code).toBe(0);
    expect(readdirSync(join(cwd, "out/default")).sort()).toEqual(["..%2F..%2Fb%2F%C3%A9.json", "a.json"]);
    expect(JSON.parse(readFileSync(join(cwd, "out/default/a.json"), "utf8"))).toMatchObject({ meshlog: 1, name: "a" });
    expect(
      meshlog(["compile", "--out", "out", "--dataplane", "a", "mesh.yaml", "p.yaml", "d.yaml"], { cwd }).code,
    ).toBe(0);
    expect(readdirSync(join(cwd, "out/default"))).toEqual(["a.json"]);
    expect(existsSync(join(cwd, "b"))).toBe(false);
  });

  it("tells a bundle without Dataplanes how to get them", () => {
    const { code, out, error } = meshlog(["compile", "-"], { input: documents(mesh, policy("p", "x")) });
    expect(JSON.parse(out)).toMatchObject({ policies: [{ name: "p" }], proxies: [] });
    expect(error).toContain("kubectl get dataplanes -A -o yaml");
    expect(code).toBe(0);
  });

  it.each([
    [
      "a Dataplane that is in two meshes",
      ["--dataplane", "a"],
      'There is a Dataplane "a" in the meshes default and other; name one with --mesh.',
    ],
    ["a Dataplane that is not there", ["--dataplane", "x"], 'There is no Dataplane "x" in these files.'],
    [
      "a shard that is none",
      ["--shard", "2/2"],
      '--shard takes i/n with i from 0 and below n, such as 0/4, not "2/2".',
    ],
    [
      "several versions",
      ["--kuma", "2.14.0..2.14"],
      "compile is for one version of Kuma; --kuma 2.14.0..2.14 names 2.",
    ],
  ])("refuses %s", (_, args, message) => {
    const input = documents(
      mesh,
      "type: Mesh\nname: other\n",
      dataplane("a"),
      dataplane("a", "other"),
      policy("p", "x"),
    );
    const { code, out, error } = meshlog(["compile", ...args, "-"], { input });
    expect({ code, out, error }).toEqual({ code: 2, out: "", error: `meshlog: ${message}\n` });
  });

  it("counts a mesh that is only named as an empty one, and says so", () => {
    const { code, out, error } = meshlog(["compile", "-"], { input: documents(dataplane("a"), policy("p", "x")) });
    expect((JSON.parse(out) as CompiledBundle).proxies).toHaveLength(1);
    expect(error).toContain("lint/absent-mesh");
    expect(code).toBe(0);
    expect(meshlog(["compile", "--strict", "-"], { input: documents(dataplane("a"), policy("p", "x")) }).code).toBe(1);
  });

  it("knows from --control-plane what resources do not say", () => {
    const transparent = "  transparentProxying: {redirectPortInbound: 15006, redirectPortOutbound: 15001}\n";
    const to =
      "type: MeshAccessLog\nmesh: default\nname: p\nspec:\n  to:\n  - targetRef: {kind: Mesh}\n    default:\n      backends: [{type: Tcp, tcp: {address: 'logs:5000'}}]\n";
    const cwd = folderWith({
      "mesh.yaml": documents(mesh, dataplane("a") + transparent, to),
      "facts.yaml":
        "metadata:\n  a: {workdir: /run/kuma}\noutbounds:\n  default/a:\n  - {address: 240.0.0.7, port: 80, tags: {kuma.io/service: web}}\n",
      "wrong.yaml": "zone: east\nmetdata: {}\n",
    });
    const outbounds = (...options: string[]): CompiledProxy["listeners"] => {
      const { out } = meshlog(["compile", ...options, "mesh.yaml"], { cwd });
      const [proxy] = (JSON.parse(out) as CompiledBundle).proxies;
      return proxy?.listeners.filter(({ context }) => context === "outbound") ?? [];
    };
    expect(outbounds()).toMatchObject([{ name: null, resource: "web" }]);
    expect(outbounds("--control-plane", "facts.yaml")).toMatchObject([
      {
        name: "outbound:240.0.0.7:80",
        resource: "web",
        accessLog: [{ typedConfig: { path: "/run/kuma/kuma-al-a-default.sock" } }],
      },
    ]);
    const wrong = meshlog(["compile", "--control-plane", "wrong.yaml", "mesh.yaml"], { cwd });
    expect(wrong.code).toBe(2);
    expect(wrong.error).toMatch(/^meshlog: wrong\.yaml:2:1: .*"metdata"/);
    const absent = meshlog(["compile", "--control-plane", "absent.yaml", "mesh.yaml"], { cwd });
    expect(absent.code).toBe(2);
    expect(absent.error).toContain("absent.yaml cannot be read");
  });

  it("says with --explain which items make a logger, and what they override", () => {
    const { out } = meshlog(["compile", "--kuma", "2.9", "--explain", "-"], {
      input: documents(mesh, dataplane("a"), fromPolicy("weak"), fromPolicy("strong")),
    });
    const { policies, proxies } = JSON.parse(out) as CompiledBundle;
    const [{ policy: winner, overridden } = { policy: -1, overridden: [] }] = proxies[0]?.listeners[0]?.because ?? [];
    // The smallest name wins.
    expect(policies[winner]?.name).toBe("strong");
    expect(overridden.map(([index]) => policies[index]?.name)).toEqual(["weak"]);
    expect(proxies[0]?.policies).toEqual(["weak", "strong"]);
  });

  it("makes the folders that it writes to, and says where none can be made", () => {
    const cwd = folderWith({ "mesh.yaml": documents(mesh, dataplane("a")), taken: "" });
    expect(meshlog(["compile", "mesh.yaml", "--out", "new/folder"], { cwd }).code).toBe(0);
    expect(readdirSync(join(cwd, "new/folder"))).toContain("bundle.json");
    for (const folder of ["taken", "taken/below"]) {
      const { code, error } = meshlog(["compile", "mesh.yaml", "--out", folder], { cwd });
      expect({ folder, code }).toEqual({ folder, code: 2 });
      expect(error).toContain(`${folder} cannot be written: `);
    }
  });

  it("fails where Kuma generates no proxy, with its error", () => {
    const { code, out, error } = meshlog(["compile", "--kuma", "2.5", "-"], {
      input: documents(mesh, dataplane("a"), fromPolicy("p", "%NOPE")),
    });
    const [proxy] = (JSON.parse(out) as CompiledBundle).proxies;
    expect(proxy?.error).toContain("could not apply policy plugin meshaccesslog: ");
    expect(proxy).toMatchObject({ listeners: [], clusters: [] });
    expect(error).toContain(
      "Kuma fails to generate the proxy default/a: could not apply policy plugin meshaccesslog: ",
    );
    expect(code).toBe(1);
  });
});

function fromPolicy(name: string, format = "x"): string {
  return `type: MeshAccessLog\nmesh: default\nname: ${name}\nspec:\n  targetRef: {kind: Mesh}\n  from:\n  - targetRef: {kind: Mesh}\n    default:\n      backends:\n      - type: File\n        file: {path: /log, format: {type: Plain, plain: '${format}'}}\n`;
}
