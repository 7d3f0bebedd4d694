import { describe, expect, it } from "vitest";
import type { CompiledBundle } from "../../src/emit/compiled.ts";
import { folderWith, meshlog } from "./meshlog.ts";

/** What every object of JavaScript has by itself. */
const names = ["__proto__", "constructor", "toString", "hasOwnProperty"] as const;

/** Kuma takes no upper case in the name of a mesh. */
const meshOf = (name: string): string => name.toLowerCase();

/** A bundle in which everything is called so, but for the policy: Kuma takes lower case alone. */
const bundle = (name: string): string => `type: Mesh
name: ${meshOf(name)}
${name}: {${name}: 1}
---
type: MeshAccessLog
mesh: ${meshOf(name)}
name: p
labels: {${name}: ${name}}
spec:
  targetRef: {kind: MeshSubset, tags: {${name}: ${name}}}
  ${name}: x
  from:
    - targetRef: {kind: Mesh}
      default:
        backends:
          - type: File
            file:
              path: /${name}
              format:
                type: Json
                json:
                  - {key: ${name}, value: '%REQ(${name})% %KUMA_MESH% %${name}%'}
          - type: Tcp
            tcp: {address: 'sink:1'}
---
type: Dataplane
mesh: ${meshOf(name)}
name: ${name}
labels: {${name}: ${name}}
networking:
  address: 10.0.0.1
  inbound:
    - port: 80
      tags: {kuma.io/service: ${name}, kuma.io/protocol: ${name}, ${name}: ${name}}
`;

const controlPlane = (name: string): string =>
  `zone: ${name}\nmetadata: {${name}: {workdir: /${name}, features: [${name}], dynamicMetadata: {${name}: x}}}\noutbounds: {${name}: []}\n`;

/** Runs a command on the bundle; it must not end as a bug. */
function run(name: string, ...args: string[]) {
  const cwd = folderWith({
    "a.yaml": bundle(name),
    "empty.yaml": "",
    "cp.yaml": controlPlane(name),
    "meshlog.config.yaml": "kuma: 2.9\n",
  });
  const ran = meshlog(args, { cwd });
  expect(ran.error).not.toMatch(/bug in meshlog|\n\s+at /);
  return ran;
}

describe.each(names)("where everything is called %s", (name) => {
  it("check finds what is wrong with it, and the format", () => {
    const { code, out } = run(name, "check", "a.yaml", "--format", "json", "--control-plane", "cp.yaml");
    const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly { readonly code: string }[] };
    const codes = diagnostics.map((one) => one.code);
    expect(codes).toContain("lint/unknown-field");
    expect(codes.some((one) => one.startsWith("format/"))).toBe(true);
    expect(code).toBe(1);
  });

  it("compile makes its proxy, with the key in the JSON of the logger", () => {
    const { out } = run(name, "compile", "a.yaml", "--control-plane", "cp.yaml");
    const { proxies } = JSON.parse(out) as CompiledBundle;
    expect(proxies).toMatchObject([{ mesh: meshOf(name), name, policies: ["p"] }]);
    const [listener] = proxies[0]?.listeners ?? [];
    expect(JSON.stringify(listener?.accessLog)).toContain(
      `"jsonFormat":{"${name}":"%REQ(${name})% ${meshOf(name)} %${name}%"}`,
    );
  });

  it.each([
    ["preview", ["preview", "a.yaml", "--control-plane", "cp.yaml"], [0, 1]],
    ["explain", ["explain", "--proxy", `${meshOf(name)}/${name}`, "a.yaml"], [0, 1]],
    ["explain CODE", ["explain", name], [2]],
    ["diff", ["diff", "empty.yaml", "a.yaml"], [1]],
    ["diff for two releases", ["diff", "a.yaml", "--kuma", "2.9", "--to", "2.14"], [1]],
    ["migrate", ["migrate", "--kuma", "2.9", "--to", "2.14", "--stdout", "a.yaml"], [0, 1]],
    ["fmt", ["fmt", "--stdout", "a.yaml"], [0, 1]],
    ["parse", ["parse", "a.yaml"], [0, 1]],
    ["operators", ["operators", name], [2]],
    ["schema", ["schema", "--kind", name], [2]],
  ] as const)("%s ends as it does with any name", (_, args, codes) => {
    const ran = run(name, ...args);
    expect(codes).toContain(ran.code);
    if (ran.code !== 2) expect(ran.out).not.toBe("");
  });

  it("documents of meshlog's own refuse it as a key that they do not have", () => {
    const cwd = folderWith({
      "a.yaml": bundle(name),
      "cp.yaml": `${name}: {zone: x}\n`,
      "traffic.yaml": `${name}: {protocol: x}\n`,
    });
    const compiled = meshlog(["compile", "a.yaml", "--kuma", "2.9", "--control-plane", "cp.yaml"], { cwd });
    expect(compiled).toMatchObject({ code: 2 });
    expect(compiled.error).toContain(name);
    const shown = meshlog(["preview", "-e", "%PROTOCOL%", "--traffic", "traffic.yaml"], { cwd });
    expect(shown).toMatchObject({ code: 2 });
    expect(shown.error).toContain(name);
    const configured = folderWith({ "a.yaml": bundle(name), "meshlog.config.yaml": `${name}: {kuma: 2.9}\n` });
    expect(meshlog(["check", "a.yaml"], { cwd: configured })).toMatchObject({ code: 2 });
  });
});
