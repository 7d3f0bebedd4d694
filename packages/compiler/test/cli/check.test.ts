import { describe, expect, it } from "vitest";
import { folderWith, meshlog } from "./meshlog.ts";

interface Reported {
  readonly code: string;
  readonly start: { readonly line: number; readonly column: number; readonly offset: number };
  readonly end: { readonly offset: number };
  readonly kuma?: { readonly field: string; readonly message: string };
  readonly envoy?: { readonly message: string };
  readonly path?: string;
  readonly resource?: object;
}

const head =
  "type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file:\n          path: /dev/stdout\n          format:\n            type: Plain\n            plain: ";

function diagnosticsOf(text: string): readonly Reported[] {
  const { out } = meshlog(["check", "--format", "json", "--stdin-filename", "a.yaml", "-"], { input: text });
  return (JSON.parse(out) as { readonly diagnostics: readonly Reported[] }).diagnostics;
}

describe("a wrong operator is underlined at exactly its characters", () => {
  const styles = {
    plain: "[ %START_TIME% ] 'é😀' %PROTCOL% end".replace("[ ", "a "),
    single: "'it''s 😀 %START_TIME% %PROTCOL% end'",
    double: String.raw`"tab\t \u00e9 \"q\" %PROTCOL% end"`,
    literal: "|-\n              first %START_TIME%\n\n              😀 %PROTCOL% end",
    folded:
      ">-\n              first %START_TIME%\n              and\n\n                more\n              %PROTCOL% end",
    "folded, with the operator after an escape-like text": ">\n              \\u0025 %PROTCOL%\n",
    "double, folded": '"first\n              \\\n              %PROTCOL%"',
    "double, escaped": String.raw`"\x25PROTCOL\u0025"`,
  };
  const source = { "double, escaped": String.raw`\x25PROTCOL\u0025` };

  it.each(Object.entries(styles))("in a scalar that is %s", (name, scalar) => {
    const text = `${head}${scalar}\n`;
    const found = diagnosticsOf(text).filter(({ code }) => code === "format/unknown-operator");
    expect(found.map(({ start, end }) => text.slice(start.offset, end.offset))).toEqual([
      (source as Readonly<Record<string, string>>)[name] ?? "%PROTCOL%",
    ]);
  });
});

describe("the report for other programs", () => {
  it("names the releases, each finding with its place, and a summary", () => {
    const folder = folderWith({ "policies/a.yaml": `${head}'%PROTCOL%'\n` });
    const { code, out, error } = meshlog(["check", "--kuma", "2.14", "--format", "json", "policies"], { cwd: folder });
    const report = JSON.parse(out) as object;
    expect(report).toMatchObject({
      meshlog: 1,
      targets: { kuma: ["2.14.3"], envoy: ["1.38.2"] },
      diagnostics: [
        {
          code: "format/unknown-operator",
          severity: "error",
          file: "policies/a.yaml",
          start: { line: 12, column: 21, offset: head.length + 1 },
          end: { line: 12, column: 30, offset: head.length + 10 },
          resource: { kind: "MeshAccessLog", mesh: "default", name: "a" },
          path: "spec.rules[0].default.backends[0].file.format.plain",
          envoy: { message: "Not supported field in StreamInfo: PROTCOL" },
          affects: ["2.14.3"],
        },
      ],
      summary: { files: 1, policies: 1, errors: 1, warnings: 0 },
    });
    expect(Object.keys(report)[0]).toBe("meshlog");
    expect(error).toBe("");
    expect(code).toBe(1);
  });

  it("gives Kuma's violations word for word and in Kuma's order", () => {
    const found = diagnosticsOf(
      "type: MeshAccessLog\nname: a\nspec:\n  targetRef: {kind: Mesh, name: x}\n  to:\n  - targetRef: {kind: MeshService}\n    default:\n      backends:\n      - {type: File, file: {path: log}}\n      - {type: Tcp}\n",
    );
    expect(found.map(({ kuma }) => kuma)).toEqual([
      { field: "spec.targetRef.name", message: "using name with kind Mesh is not yet supported" },
      { field: "spec.to[0].targetRef", message: "name or labels must be set when kind is MeshService" },
      { field: "spec.to[0].default.backends[0].file.path", message: "file backend requires a valid path" },
      { field: "spec.to[0].default.backends[1].tcp", message: "must be defined" },
    ]);
    expect(found.map(({ start }) => start.line)).toEqual([4, 6, 9, 10]);
  });

  it("says of a range which release says what", () => {
    const policy = "type: MeshAccessLog\nmesh: m\nname: a\nspec: {targetRef: {kind: MeshHTTPRoute, name: r}, to: []}\n";
    const { out } = meshlog(["check", "--kuma", "2.12..2.13", "--format", "json", "-"], { input: policy });
    const { diagnostics } = JSON.parse(out) as { readonly diagnostics: readonly object[] };
    expect(diagnostics).toMatchObject([
      {
        kuma: { field: "spec.targetRef.kind", message: "value 'MeshHTTPRoute' is not supported" },
        affects: ["2.12.14", "2.13.10"],
        variants: [{ affects: ["2.12.14"], kuma: { field: "spec.targetRef.kind", message: "value is not supported" } }],
      },
      { kuma: { field: "spec" }, affects: ["2.12.14", "2.13.10"] },
    ]);
  });

  it("refuses labels where the control plane computes them", () => {
    const policy = `type: MeshAccessLog\nmesh: default\nname: a\nlabels: {kuma.io/origin: x}\nspec:\n  rules:\n    - default: {backends: []}\n`;
    const folder = folderWith({ "a.yaml": policy, "control-plane.yml": "labels: computed\n" });
    const codes = (...options: readonly string[]): readonly string[] =>
      Array.from(
        meshlog(["check", ...options, "--kuma", "2.13", "--format", "compact", `${folder}/a.yaml`]).error.matchAll(
          / (policy\/\w+|lint\/labels):/g,
        ),
        ([, code = ""]) => code,
      );
    expect(codes()).toEqual(["lint/labels"]);
    expect(codes("--control-plane", `${folder}/control-plane.yml`)).toEqual(["policy/invalid"]);
  });

  it("reads the same policy as an object of Kubernetes", () => {
    const object = {
      apiVersion: "kuma.io/v1alpha1",
      kind: "MeshAccessLog",
      metadata: { name: "a", namespace: "kuma-system", labels: { "kuma.io/mesh": "m" } },
      spec: { to: [{ targetRef: { kind: "Mesh" }, default: {} }] },
    };
    const list = { apiVersion: "v1", kind: "List", items: [{ kind: "Pod", apiVersion: "v1" }, object] };
    expect(diagnosticsOf(JSON.stringify(list))).toMatchObject([
      {
        kuma: { field: "spec.to[0].default.backends", message: "must be defined" },
        resource: { kind: "MeshAccessLog", mesh: "m", name: "a.kuma-system", namespace: "kuma-system" },
      },
    ]);
  });
});

describe("a bare format", () => {
  it("is judged for the newest Kuma", () => {
    expect(meshlog(["check", "-e", "%KUMA_ZONE% %DURATION%"])).toEqual({
      code: 0,
      out: "",
      error: "1 file, 0 policies: no problems.\n",
    });
  });

  it("is judged for Envoy alone with --envoy, where nothing of Kuma's is replaced", () => {
    const { code, error } = meshlog(["check", "--envoy", "1.38", "--format", "compact", "-e", "%KUMA_ZONE%"]);
    expect(error).toContain("-e:1:1: error format/unreplaced-kuma-operator");
    expect(error).toContain("Not supported field in StreamInfo: KUMA_ZONE");
    expect(code).toBe(1);
  });
});

describe("the report for people", () => {
  it("shows the line, what Envoy would print and what to do", () => {
    const folder = folderWith({ "a.yaml": `${head}'%PROTCOL%'\n` });
    const { out, error } = meshlog(["check", "a.yaml"], { cwd: folder });
    expect(out).toBe("");
    expect(error).toContain("a.yaml:12:21 error format/unknown-operator\n");
    expect(error).toContain("> 12 |             plain: '%PROTCOL%'\n");
    expect(error).toContain("       |                     ^^^^^^^^^\n");
    expect(error).toContain("  Envoy: Not supported field in StreamInfo: PROTCOL\n");
    expect(error).toContain("1 file, 1 policy: 1 error.\n");
  });

  it("never hands control characters of a file to the terminal", () => {
    const { error } = meshlog(["check", "-e", "%\u001b[31mRED\u0007%"]);
    // eslint-disable-next-line no-control-regex -- these are the characters that must not come through
    expect(error).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/);
  });

  it("is coloured only if asked for or read by a person", () => {
    const run = (...args: string[]) => meshlog(["check", ...args, "-e", "%X%"], { env: { NO_COLOR: "" } }).error;
    expect(run()).not.toContain("\u001b[");
    expect(run("--color")).toContain("\u001b[31merror\u001b[39m");
  });
});
