import { describe, expect, it } from "vitest";
import { readControlPlane } from "../../src/documents/control-plane.ts";

/** What is wrong with a text, each with the characters that it is said of. */
function problems(content: string): readonly string[] {
  const { value, diagnostics } = readControlPlane({ path: "facts.yaml", content });
  expect(value === undefined).toBe(diagnostics.length > 0);
  return diagnostics.map(({ start, end, message }) => `${content.slice(start, end)}: ${message}`);
}

describe("what a control plane knows beyond its resources", () => {
  it("is read from YAML and JSON, every key optional", () => {
    const facts = {
      zone: "zone-1",
      settings: { inboundTagsDisabled: true },
      metadata: { "default/web-1": { workdir: "/tmp", features: ["feature-unified-resource-naming"] } },
      outbounds: { "web-1": [{ address: "240.0.0.0", port: 80, tags: { "kuma.io/service": "web" } }] },
    };
    const { value } = readControlPlane({ path: "facts.json", content: JSON.stringify(facts) });
    expect(value).toEqual(facts);
    expect(readControlPlane({ path: "facts.yaml", content: "meshlog: 1\nzone: east # ours\n" }).value).toEqual({
      meshlog: 1,
      zone: "east",
    });
  });

  it.each(["", "# nothing yet\n", "{}", "zone:\n"])("may be empty: %j", (content) => {
    expect(problems(content)).toEqual([]);
  });

  it.each([
    ["zones: [a]", "zones", 'there is no key "zones" here'],
    ["metadata:\n  web: {workDir: /tmp}", "workDir", 'there is no key "workDir" here'],
    ["zone: [east]", "[east]", "it has to be a text"],
    ["zone: 1", "1", "it has to be a text"],
    ["settings:\n  inboundTagsDisabled: maybe", "maybe", "it has to be true or false"],
    ["labels: guessed", "guessed", "it has to be one of asWritten, computed"],
    ["metadata: [web]", "[web]", "it has to be a map"],
    ["outbounds:\n  web: {}", "{}", "it has to be a list"],
    ["outbounds:\n  web: [{port: 80}]", "{port: 80}", 'the key "address" is missing or wrong'],
    ["outbounds:\n  web: [{address: a, port: -1}]", "-1", "it has to be a whole number"],
    ["- zone", "- zone", "it has to be a map with the keys"],
  ])("is refused where it says something else: %j", (content, at, problem) => {
    const [first = ""] = problems(content);
    expect(first.startsWith(`${at}: `), first).toBe(true);
    expect(first).toContain(problem);
  });

  it("is refused as a whole if it is no YAML, or more than one document", () => {
    expect(problems("zone: [").length).toBeGreaterThan(0);
    expect(problems("zone: a\n---\nzone: b\n").join()).toContain("a second document begins in it");
  });
});
