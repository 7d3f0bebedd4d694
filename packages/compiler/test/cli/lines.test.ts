import { expect, it } from "vitest";
import { meshlog } from "./meshlog.ts";

const answers = (rows: readonly unknown[], ...args: string[]): unknown[] => {
  const input = rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");
  const { code, out } = meshlog(["check", "--lines", ...args], { input });
  expect(code).toBe(0);
  return out
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
};

it("check --lines answers each line in order, one verdict for each Envoy", () => {
  expect(
    answers(
      [{ format: "%PROTOCOL%" }, { format: "%SPAN_ID%" }, { json: { b: "%NOPE%", a: 1 } }],
      "--envoy",
      "1.36..1.38",
    ),
  ).toMatchObject([
    { verdicts: { "1.36": "ok", "1.37": "ok", "1.38": "ok" }, diagnostics: [] },
    {
      verdicts: {
        "1.36": "Not supported field in StreamInfo: SPAN_ID",
        "1.37": "Not supported field in StreamInfo: SPAN_ID",
        "1.38": "ok",
      },
      diagnostics: [{ code: "format/newer-operator", start: { line: 1, column: 1, offset: 0 } }],
    },
    { verdicts: { "1.38": "Not supported field in StreamInfo: NOPE" }, diagnostics: [{ path: ["b"] }] },
  ]);
});

it("check --lines replaces Kuma's operators if a line says so", () => {
  expect(answers([{ format: "%KUMA_ZONE%", kuma: true }, { format: "%KUMA_ZONE%" }], "--envoy", "1.40")).toMatchObject([
    { verdicts: { "1.40": "ok" } },
    { verdicts: { "1.40": "Not supported field in StreamInfo: KUMA_ZONE" } },
  ]);
});

it("check --lines has a verdict for each Kuma that reads formats itself", () => {
  expect(answers([{ format: "%CEL(x)%" }], "--kuma", "2.5")).toMatchObject([
    { kumaVerdicts: { "2.5.11": expect.stringContaining("format string is not valid") as unknown } },
  ]);
});

it("check --lines answers a line that it cannot read, and goes on", () => {
  expect(
    answers(
      ["nope", "[]", { forma: 1 }, { format: 5 }, {}, { format: "a", json: "b" }, { format: "%PROTOCOL%" }],
      "--envoy",
      "1.40",
    ),
  ).toEqual([
    { error: expect.stringContaining("This line is not JSON") as unknown },
    { error: "This line is not an object." },
    { error: expect.stringContaining('"forma" is not known') as unknown },
    { error: '"format" cannot be 5.' },
    { error: 'A line has either "format", a text, or "json", a JSON format.' },
    { error: '"json" cannot be "b".' },
    { verdicts: { "1.40": "ok" }, diagnostics: [] },
  ]);
});

it("check --lines answers every line, blank ones too", () => {
  const { out } = meshlog(["check", "--lines", "--protocol", "tcp"], { input: '\n{"format":"%REQ(X)%"}\n' });
  const [blank, answered, ...others] = out.trimEnd().split("\n");
  expect(blank).toContain("This line is not JSON");
  expect(answered).toContain("lint/protocol");
  expect(others).toEqual([]);
});
