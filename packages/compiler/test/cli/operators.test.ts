import { expect, it } from "vitest";
import { folderWith, meshlog } from "./meshlog.ts";

interface Listed {
  readonly operators: readonly { readonly name: string; readonly summary: string }[];
}

const names = (...args: string[]): readonly string[] =>
  (JSON.parse(meshlog(["operators", "--format", "json", ...args]).out) as Listed).operators.map(({ name }) => name);

it("operators lists the whole catalogue, Kuma's first", () => {
  const all = names();
  expect(all.length).toBeGreaterThan(170);
  expect(all[0]).toMatch(/^KUMA_/);
});

it("operators lists what the named releases have, for the named protocol", () => {
  expect(names("--envoy", "1.36..1.40")).not.toContain("SPAN_ID");
  expect(names("--envoy", "1.38")).toContain("SPAN_ID");
  expect(names("--envoy", "1.38")).not.toContain("KUMA_MESH");
  expect(names("--kuma", "2.13")).not.toContain("KUMA_ZONE");
  expect(names("--kuma", "2.14")).toContain("KUMA_ZONE");
  expect(names("--protocol", "tcp")).not.toContain("RESPONSE_CODE");
});

it("operators tells everything about one, however it is written", () => {
  expect(meshlog(["operators", "%req%"]).out).toMatch(/^%REQ\(…\)\[:LENGTH\]%\nA request header/);
  expect(meshlog(["operators", "NOPE"])).toEqual({ code: 2, out: "", error: "meshlog: There is no operator NOPE.\n" });
});

it("operators writes a table for documents", () => {
  expect(meshlog(["operators", "DURATION", "--format", "markdown"]).out).toContain("| `%DURATION%` | Envoy 1.22 |");
});

it("operators lists what the releases of the configuration have", () => {
  const cwd = folderWith({ "meshlog.config.yaml": "kuma: 2.13\n" });
  expect(meshlog(["operators"], { cwd }).out).not.toContain("%KUMA_ZONE%");
  expect(meshlog(["operators", "--kuma", "2.14"], { cwd }).out).toContain("%KUMA_ZONE%");
});
