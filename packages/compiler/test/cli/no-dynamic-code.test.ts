import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { folderWith } from "./meshlog.ts";

const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const bundle = `type: Mesh
name: default
---
type: MeshAccessLog
mesh: default
name: p
spec:
  targetRef: {kind: Mesh}
  from:
    - targetRef: {kind: Mesh}
      default:
        backends:
          - type: File
            file: {path: /log, format: {type: Plain, plain: "%REQ(:PATH)% %KUMA_MESH%"}}
---
type: Dataplane
mesh: default
name: d
networking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: a}}]}
`;

/** V8 makes no code of a text then: `eval` and `new Function` throw, ours and those of the libraries. */
const withoutEval = ["--disallow-code-generation-from-strings", "--conditions=@meshlog/source"];

it.each([
  ["check", "--kuma", "2.9", "a.yaml"],
  ["check", "-e", "%CEL(request.path)% %COALESCE({})%"],
  ["compile", "--kuma", "2.9", "a.yaml", "--out", "out"],
  ["preview", "--kuma", "2.9", "a.yaml"],
  ["explain", "--kuma", "2.9", "--proxy", "default/d", "a.yaml"],
  ["explain", "lint"],
  ["diff", "a.yaml", "--kuma", "2.9", "--to", "2.14"],
  ["migrate", "--kuma", "2.9", "--to", "2.14", "--stdout", "a.yaml"],
  ["fmt", "--stdout", "a.yaml"],
  ["parse", "a.yaml"],
  ["operators"],
  ["schema"],
  ["completion", "bash"],
  ["init", "new"],
])("%s %s makes no code of a text", (...args) => {
  const cwd = folderWith({ "a.yaml": bundle });
  const { status, stderr } = spawnSync(process.execPath, [...withoutEval, main, ...args], { cwd, encoding: "utf8" });
  expect(stderr).not.toMatch(/EvalError|bug in meshlog/);
  expect([0, 1]).toContain(status);
});

it("is a test that sees code which is made of a text", () => {
  const { stderr } = spawnSync(process.execPath, [...withoutEval, "--eval", 'eval("1")'], { encoding: "utf8" });
  expect(stderr).toContain("EvalError");
});
