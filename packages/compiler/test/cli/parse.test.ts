import { expect, it } from "vitest";
import { folderWith, meshlog } from "./meshlog.ts";

const format = '%% %REQ(A?B):5% %PROTCOL "%REQ(X';

it("parse prints the tree of a format", () => {
  const { code, out } = meshlog(["parse", "-e", "%REQ(A?B):5%"]);
  expect(JSON.parse(out)).toMatchObject({
    meshlog: 1,
    formats: [
      {
        format: {
          kind: "format",
          parts: [{ kind: "operator", name: { text: "REQ" }, argument: { kind: "header" }, limit: { text: "5" } }],
        },
      },
    ],
  });
  expect(code).toBe(0);
});

it("parse --print gives back the very text, broken or not", () => {
  expect(meshlog(["parse", "--print", "-e", format]).out).toBe(`${format}\n`);
});

it("parse finds the formats of policies, and says where they are", () => {
  const policy = {
    type: "MeshAccessLog",
    name: "a",
    spec: {
      to: [
        {
          targetRef: { kind: "Mesh" },
          default: {
            backends: [
              { type: "File", file: { path: "/log", format: { type: "Plain", plain: "%PROTOCOL%" } } },
              {
                type: "OpenTelemetry",
                openTelemetry: {
                  endpoint: "otel:4317",
                  attributes: [{ key: "a", value: "%DURATION%" }],
                  body: { kvlistValue: { values: [{ key: "k", value: { stringValue: "%BYTES_SENT%" } }] } },
                },
              },
            ],
          },
        },
      ],
    },
  };
  const { out } = meshlog(["parse", "--stdin-filename", "a.json", "-"], { input: JSON.stringify(policy) });
  const { formats } = JSON.parse(out) as {
    readonly formats: readonly { file: string; resource: string; path: string; format: { text: string } }[];
  };
  const backends = "spec.to[0].default.backends";
  const body = `${backends}[1].openTelemetry.body.kvlistValue.values[0]`;
  expect(formats.map(({ file, resource, path, format: { text } }) => [file, resource, path, text])).toEqual([
    ["a.json", "a", `${backends}[0].file.format.plain`, "%PROTOCOL%"],
    ["a.json", "a", `${backends}[1].openTelemetry.attributes[0].value`, "%DURATION%"],
    ["a.json", "a", `${body}.key`, "k"],
    ["a.json", "a", `${body}.value.stringValue`, "%BYTES_SENT%"],
  ]);
});

it("parse reads a format as the release that is named or configured does", () => {
  // Up to Envoy 1.30 an argument ends at the first parenthesis.
  const cwd = folderWith({ "old/meshlog.config.yaml": "kuma: 2.5\n" });
  const argument = (folder: string, ...args: string[]): unknown => {
    const { out } = meshlog(["parse", "-e", "%DYNAMIC_METADATA(a:b)c)%", ...args], { cwd: `${cwd}/${folder}` });
    return JSON.stringify((JSON.parse(out) as { readonly formats: readonly unknown[] }).formats);
  };
  expect(argument("old")).toBe(argument(".", "--kuma", "2.5"));
  expect(argument("old")).not.toBe(argument("."));
  expect(argument("old", "--kuma", "2.14")).toBe(argument("."));
});
