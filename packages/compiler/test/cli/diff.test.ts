import { describe, expect, it } from "vitest";
import { file, mesh, policy, sidecar } from "../diff/bundles.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const documents = (...all: readonly string[]): string => all.join("---\n");

/** A folder with both sides of a change of one format, for some sidecars. */
function changeOf(...names: readonly string[]): string {
  const sidecars = names.map((name, i) => sidecar(name, { address: `10.0.0.${String(i + 1)}` }));
  const side = (format: string): string => documents(mesh, ...sidecars, policy("in", "rules", file(format)));
  const format = "%KUMA_DESTINATION_SERVICE% %START_TIME% %RESPONSE_FLAGS%";
  return folderWith({ "old/all.yaml": side(`${format} %PROTOCOL%`), "new/all.yaml": side(`${format} %DURATION%`) });
}

describe("diff", () => {
  it("says the same change of many proxies once", () => {
    const { code, out, error } = meshlog(["diff", "old", "new"], { cwd: changeOf("web", "db") });
    expect(out)
      .toBe(`loggers change · 2 proxies: default/db (inbound 80), default/web (inbound 80); shown as it is of the first
    file /log
      format:
  -     db %START_TIME% %RESPONSE_FLAGS% [-%PROTOCOL%-]
  +     db %START_TIME% %RESPONSE_FLAGS% {+%DURATION%+}
    by in spec.rules[0]

The access logs of 1 policy and 2 proxies change.
`);
    expect({ code, error }).toEqual({ code: 1, error: "" });
  });

  it("says that nothing changes, by its exit code too", () => {
    const cwd = changeOf("web");
    expect(meshlog(["diff", "old", "old"], { cwd })).toEqual({ code: 0, out: "Nothing changes.\n", error: "" });
  });

  it("says what it was given where that is what compile wrote", () => {
    const cwd = changeOf("web");
    meshlog(["compile", "old", "--out", "built"], { cwd });
    expect(meshlog(["diff", "built/bundle.json", "new"], { cwd })).toEqual({
      code: 2,
      out: "",
      error:
        "meshlog: built/bundle.json holds what compile wrote; diff compares the resources that it is made of, and compiles them itself.\n",
    });
  });

  it("writes what a comment of a pull request holds", () => {
    const { out } = meshlog(["diff", "--format", "markdown", "old", "new"], { cwd: changeOf("web") });
    expect(out).toBe(`### Access logs

The access logs of 1 policy and 1 proxy change.

**loggers change** · 1 proxy: default/web (inbound 80)

\`\`\`diff
  file /log
    format:
-     web %START_TIME% %RESPONSE_FLAGS% %PROTOCOL%
+     web %START_TIME% %RESPONSE_FLAGS% %DURATION%
  by in spec.rules[0]
\`\`\`
`);
  });

  it("keeps a name out of the Markdown that it stands in", () => {
    const cwd = folderWith({
      "old.yaml": mesh,
      "new.yaml": documents(mesh, sidecar("web").replace("name: web", 'name: "![x](http://a) <b> @all"')),
    });
    const { out } = meshlog(["diff", "--format", "markdown", "old.yaml", "new.yaml"], { cwd });
    expect(out).toContain("**new proxy** · 1 proxy: default/!\\[x\\](http://a) \\<b\\> \\@all\n");
  });

  it("writes notices of a workflow, at the file of the policy", () => {
    const { out } = meshlog(["diff", "--format", "github", "old", "new"], { cwd: changeOf("web") });
    expect(out).toBe(
      "::notice::The access logs of 1 policy and 1 proxy change.\n" +
        "::notice file=new/all.yaml,title=loggers change::1 proxy: default/web (inbound 80)%0A  file /log%0A    format:%0A-     web %25START_TIME%25 %25RESPONSE_FLAGS%25 %25PROTOCOL%25%0A+     web %25START_TIME%25 %25RESPONSE_FLAGS%25 %25DURATION%25%0A  by in spec.rules[0]\n",
    );
  });

  it("writes every change of every proxy for other programs", () => {
    const { code, out } = meshlog(["diff", "--format", "json", "old", "new"], { cwd: changeOf("web", "db") });
    expect(out.startsWith('{\n  "meshlog": 1,\n')).toBe(true);
    const fields = [{ path: "typedConfig.logFormat.textFormatSource.inlineString" }];
    expect(JSON.parse(out)).toMatchObject({
      before: { kuma: "2.14.3" },
      after: { kuma: "2.14.3" },
      policies: [{ change: "changed", name: "in" }],
      proxies: ["db", "web"].map((name) => ({ name, listeners: [{ change: "changed", loggers: [{ fields }] }] })),
      summary: { policies: 1, proxies: 2 },
    });
    expect(code).toBe(1);
  });

  it("compares one bundle for two releases", () => {
    const tcp = JSON.stringify({ type: "OpenTelemetry", openTelemetry: { endpoint: "otel:4317" } });
    const cwd = folderWith({ "all.yaml": documents(mesh, sidecar("web"), policy("in", "rules", tcp)) });
    const { code, out } = meshlog(["diff", "--kuma", "2.13.10", "--to", "2.14.3", "all.yaml"], { cwd });
    expect(out).toContain("\nKuma 2.13.10 → 2.14.3: The access logs of 1 policy and 1 proxy change.\n");
    expect(code).toBe(1);
  });

  it("says what Kuma refuses, since it is missing in the comparison", () => {
    const cwd = folderWith({
      "old.yaml": documents(mesh, sidecar("web"), policy("in", "rules", file("x"))),
      "new.yaml": documents(mesh, sidecar("web"), policy("in", "rules", '{"type": "File"}')),
    });
    const { code, out, error } = meshlog(["diff", "old.yaml", "new.yaml"], { cwd });
    expect(out).toContain("no longer by in spec.rules[0]");
    expect(error).toContain("new.yaml");
    expect(error).toContain("Kuma refuses this policy");
    expect(error).toContain("1 file, 1 policy: 1 error.");
    expect(code).toBe(1);
  });

  it("does not call two bundles the same of which a part could not be read", () => {
    const { code, out, error } = meshlog(["diff", "bad.yaml", "bad.yaml"], { cwd: folderWith({ "bad.yaml": "a: [" }) });
    expect(out).toBe("Nothing changes.\n");
    expect(error).toContain("io/yaml");
    expect(code).toBe(1);
  });

  it("is about one proxy if it is asked so", () => {
    const { out } = meshlog(["diff", "--dataplane", "db", "old", "new"], { cwd: changeOf("web", "db") });
    expect(out).toContain("1 proxy: default/db (inbound 80)");
    expect(out).not.toContain("default/web");
  });

  it.each([
    [["old"], "diff takes two bundles, or one and the releases to compare: --kuma 2.13 --to 2.14."],
    [["old", "new", "old"], "diff takes two bundles, OLD and NEW: a file, a folder, a glob, or - each."],
    [["old", "gone"], "gone does not exist."],
    [["-", "-"], "The standard input is either OLD or NEW, not both."],
    [["--dataplane", "x", "old", "new"], 'There is no Dataplane "x" in these files.'],
    [["--mesh", "x", "old", "new"], 'There is no Dataplane of the mesh "x" in these files.'],
  ])("refuses %j", (args, message) => {
    const { code, out, error } = meshlog(["diff", ...args], { cwd: changeOf("web") });
    expect({ code, out, error }).toEqual({ code: 2, out: "", error: `meshlog: ${message}\n` });
  });
});
