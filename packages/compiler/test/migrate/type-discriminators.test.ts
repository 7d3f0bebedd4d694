import { describe, expect, it } from "vitest";
import { migrated, policy } from "./migrated.ts";

const to = (...backends: readonly string[]): string =>
  policy(
    `to:\n  - targetRef: {kind: Mesh}\n    default:\n      backends:\n${backends.map((one) => `        - ${one}\n`).join("")}`,
  );

describe("backends and formats get their `type`", () => {
  it.each([
    ["file: {path: /log}", "type: File\n          file: {path: /log}"],
    ["{file: {path: /log}}", "{type: File, file: {path: /log}}"],
    ['{"tcp": {"address": "a:1"}}', '{"type":"Tcp", "tcp": {"address": "a:1"}}'],
    ["openTelemetry: {endpoint: a} # c", "type: OpenTelemetry\n          openTelemetry: {endpoint: a} # c"],
    [
      "file: # f\n            path: /log\n            format:\n              plain: |\n                %PROTOCOL%",
      "type: File\n          file: # f\n            path: /log\n            format:\n              type: Plain\n              plain: |\n                %PROTOCOL%",
    ],
    [
      "{file: {path: /log, format: {json: [{key: a, value: b}]}}}",
      "{type: File, file: {path: /log, format: {type: Json, json: [{key: a, value: b}]}}}",
    ],
    [
      "{type: File, file: {path: /log, format: {plain: x}}}",
      "{type: File, file: {path: /log, format: {type: Plain, plain: x}}}",
    ],
    ["{file: {path: /log, format: {plain: ''}}}", "{type: File, file: {path: /log}}"],
    ["{file: {format: {}, path: /log}}", "{type: File, file: {path: /log}}"],
    ["{type: File, file: {path: /log}}", "{type: File, file: {path: /log}}"],
  ])("%s", (before, after) => {
    expect(migrated(to(before), { to: "2.3.0" })).toEqual({ text: to(after), said: [] });
  });

  it("once, where an alias repeats one", () => {
    expect(migrated(to("&b {file: {path: /log}}", "*b"), { to: "2.3.0" })).toEqual({
      text: to("&b {type: File, file: {path: /log}}", "*b"),
      said: [],
    });
  });

  it("unless there are several bodies", () => {
    const text = to("{file: {path: /log}, tcp: {address: 'a:1'}}");
    expect(migrated(text, { to: "2.3.0" })).toEqual({ text, said: ["error migrate/several-bodies: file"] });
  });

  it("and nothing else where the source release demands them already", () => {
    const text = to("{file: {path: /log}}");
    expect(migrated(text, { from: "2.3.0", to: "2.9.19" })).toEqual({ text, said: [] });
  });
});
