import { describe, expect, it } from "vitest";
import { file, mesh, policy, sidecar } from "../diff/bundles.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const manager = "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager";

/** A dump of a proxy whose inbound logs in one format. */
function dump(format: string, id?: string, metadata: object = {}): string {
  const logger = {
    name: "envoy.access_loggers.file",
    typed_config: {
      "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
      path: "/log",
      log_format: { text_format_source: { inline_string: `${format}\n` } },
    },
  };
  const listener = {
    name: "inbound:10.0.0.1:80",
    filter_chains: [{ filters: [{ typed_config: { "@type": manager, access_log: [logger] } }] }],
  };
  const bootstrap = {
    "@type": "type.googleapis.com/envoy.admin.v3.BootstrapConfigDump",
    bootstrap: { node: { id, metadata } },
  };
  return JSON.stringify({
    configs: [
      ...(id === undefined ? [] : [bootstrap]),
      {
        "@type": "type.googleapis.com/envoy.admin.v3.ListenersConfigDump",
        dynamic_listeners: [{ name: listener.name, active_state: { listener } }, { name: "kuma:envoy:admin" }],
      },
    ],
  });
}

const bundle = [mesh, sidecar("web"), sidecar("db"), policy("in", "rules", file("a %PROTOCOL%"))].join("---\n");
const folder = (content: string): string => folderWith({ "dump.json": content, "all.yaml": bundle });
const args = ["verify", "--config-dump", "dump.json"];

describe("verify", () => {
  it("finds the proxy that the dump is of, and nothing different", () => {
    const { code, out, error } = meshlog([...args, "all.yaml"], { cwd: folder(dump("a %PROTOCOL%", "default.web")) });
    expect(out).toBe(`equal     inbound:10.0.0.1:80, 1 logger
unknown   kuma:envoy:admin: the bundle does not tell of it
default/web: 1 listener equal, 0 different, 1 unknown.
`);
    expect({ code, error }).toEqual({ code: 0, error: "" });
  });

  it("shows what is different, from what runs to what should", () => {
    const { code, out } = meshlog([...args, "all.yaml"], { cwd: folder(dump("a %DURATION%", "default.web")) });
    expect(out).toBe(`different inbound:10.0.0.1:80: it logs otherwise
    file /log
      format:
  -     a [-%DURATION%-]
  +     a {+%PROTOCOL%+}
unknown   kuma:envoy:admin: the bundle does not tell of it
- is what runs, + what the bundle compiles to.
default/web: 0 listeners equal, 1 different, 1 unknown.
`);
    expect(code).toBe(1);
  });

  it("writes the same for other programs", () => {
    const { code, out } = meshlog([...args, "--format", "json", "all.yaml"], { cwd: folder(dump("x", "default.web")) });
    expect(out.startsWith('{\n  "meshlog": 1,\n')).toBe(true);
    expect(JSON.parse(out)).toMatchObject({
      kuma: "2.14.3",
      mesh: "default",
      name: "web",
      listeners: [{ status: "different", changes: [{ loggers: [{ change: "changed" }] }] }, { status: "unknown" }],
      clusters: [],
      summary: { equal: 0, different: 1, unknown: 1 },
    });
    expect(code).toBe(1);
  });

  it("reads the dump from the standard input, and the proxy from an option", () => {
    const input = dump("a %PROTOCOL%");
    const asked = ["verify", "--config-dump", "-", "--dataplane", "web", "all.yaml"];
    expect(meshlog(asked, { cwd: folder("{}"), input }).code).toBe(0);
  });

  it("prints what the dump tells, which compile then reads", () => {
    const cwd = folder(dump("x", "default.web", { workdir: "/run", features: ["feature-a"] }));
    const { code, out, error } = meshlog([...args, "--facts"], { cwd });
    expect(JSON.parse(out)).toEqual({
      meshlog: 1,
      metadata: { "default/web": { workdir: "/run", features: ["feature-a"] } },
    });
    expect({ code, error }).toEqual({ code: 0, error: "" });
    const facts = folderWith({ "facts.json": out, "all.yaml": bundle });
    expect(meshlog(["compile", "--control-plane", "facts.json", "all.yaml"], { cwd: facts }).code).toBe(0);
  });

  it("says that the proxy may belong to another release", () => {
    const cwd = folder(dump("a %PROTOCOL%", "default.web", { version: { kumaDp: { version: "2.12.1" } } }));
    expect(meshlog([...args, "all.yaml"], { cwd }).error).toContain("the kuma-dp of this proxy is 2.12.1");
    expect(meshlog([...args, "--kuma", "2.14.3", "all.yaml"], { cwd }).error).toBe("");
  });

  it.each([
    ["no bundle", [], "x", "Name the bundle to compare with: files, folders, or - for the standard input."],
    [
      "a dump that does not name its proxy",
      ["all.yaml"],
      dump("x"),
      "The dump does not say which proxy it is of; name it with --dataplane and --mesh.",
    ],
    [
      "facts of nobody",
      ["--facts"],
      dump("x"),
      "The dump does not say which proxy it is of; name it with --dataplane and --mesh.",
    ],
    [
      "a proxy that the bundle lacks",
      ["all.yaml"],
      dump("x", "default.gone"),
      'There is no Dataplane "gone" of the mesh "default" in these files.',
    ],
    [
      "a file that is no dump",
      ["all.yaml"],
      "{}",
      'dump.json:1:1: This is no configuration of a live proxy: it has neither the key "configs", as the /config_dump of an Envoy has, nor "xds", as the _config of a control plane has.',
    ],
  ])("refuses %s", (_, more, content, message) => {
    const { code, out, error } = meshlog([...args, ...more], { cwd: folder(content) });
    expect({ code, out, error }).toEqual({ code: 2, out: "", error: `meshlog: ${message}\n` });
  });
});
