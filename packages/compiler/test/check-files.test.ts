import { target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../src/check.ts";
import { checkFiles } from "../src/check-files.ts";
import { inDocumentOrder } from "../src/document-order.ts";
import { load } from "../src/source/load.ts";
import type { SourceFile } from "../src/source/source-file.ts";

const releases = target("kuma 2.14").value ?? { members: [] };

/** What there is to say when all is read first, and when it is judged document by document. */
async function bothWays(files: readonly SourceFile[]): Promise<readonly [unknown, unknown]> {
  const { value, diagnostics } = load(files);
  const found = inDocumentOrder(value.files, diagnostics, check(value, releases).diagnostics);
  return [found, (await checkFiles(files, releases)).diagnostics];
}

const policy = (name: string, service: string): string => `type: MeshAccessLog
mesh: default
name: ${name}
spec:
  to:
    - targetRef: {kind: MeshService, name: ${service}}
      default:
        backends:
          - type: File
            file: {path: /dev/stdout, format: {type: Plain, plain: "%REQ(:PATH)% %PROTCOL%"}}
`;
const service = (name: string, protocol: string): string => `type: MeshService
mesh: default
name: ${name}
spec:
  ports: [{port: 80, appProtocol: ${protocol}}]
`;
const codesOf = (found: unknown): readonly string[] => (found as readonly { code: string }[]).map(({ code }) => code);

describe("files that are judged document by document", () => {
  it("give what the bundle gives as a whole, whichever document comes first", async () => {
    const documents = [policy("a", "db"), service("db", "tcp"), policy("a", "web"), policy("b", "gone"), "[\n"];
    for (const text of [documents, documents.toReversed()].map((all) => all.join("---\n"))) {
      const [whole, parts] = await bothWays([{ path: "b.yaml", content: text }]);
      expect(parts).toEqual(whole);
      expect(codesOf(parts)).toEqual(
        expect.arrayContaining(["io/yaml", "io/duplicate-resource", "lint/protocol", "lint/dangling-target"]),
      );
    }
  });

  it("give the same for lists that hold all kinds, and for a kind that is written with an escape", async () => {
    const item = (text: string): string => `  - ${text.trimEnd().replaceAll("\n", "\n    ")}\n`;
    const list = `kind: List\nitems:\n${[policy("a", "db"), service("db", "tcp"), policy("a", "web")].map(item).join("")}`;
    const escaped = policy("e", "db").replace("type: MeshAccessLog", 'type: "MeshAccess\\x4cog"');
    for (const documents of [
      [list, escaped],
      [escaped, list],
      [escaped, service("db", "tcp")],
    ]) {
      const [whole, parts] = await bothWays([{ path: "a.yaml", content: documents.join("---\n") }]);
      expect(parts).toEqual(whole);
      expect(codesOf(parts).filter((code) => code === "lint/protocol").length).toBeGreaterThan(0);
    }
  });

  it("give the same whichever file a service stands in", async () => {
    const files = [
      { path: "b.yaml", content: policy("a", "db") },
      { path: "a.yaml", content: service("db", "tcp") },
      { path: "c.yaml", content: policy("a", "nowhere") },
      { path: "d.yaml", content: "\0" },
    ];
    const [whole, parts] = await bothWays(files);
    expect(parts).toEqual(whole);
    expect(codesOf(parts)).toEqual(expect.arrayContaining(["io/not-text", "io/duplicate-resource", "lint/protocol"]));
  });
});
