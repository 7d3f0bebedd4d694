import { target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../src/check.ts";
import { checkFiles } from "../src/check-files.ts";
import { inDocumentOrder } from "../src/document-order.ts";
import { load } from "../src/source/load.ts";
import type { SourceFile } from "../src/source/source-file.ts";

const releases = target("kuma 2.14").value ?? { members: [] };

/** What there is to say when all is read first, and when it is judged document by document. */
function bothWays(files: readonly SourceFile[]): readonly [unknown, unknown] {
  const { value, diagnostics } = load(files);
  const found = inDocumentOrder(value.files, diagnostics, check(value, releases).diagnostics);
  return [found, checkFiles(files, releases).diagnostics];
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
  it("give what the bundle gives as a whole, whichever document comes first", () => {
    const documents = [policy("a", "db"), service("db", "tcp"), policy("a", "web"), policy("b", "gone"), "[\n"];
    for (const text of [documents, documents.toReversed()].map((all) => all.join("---\n"))) {
      const [whole, parts] = bothWays([{ path: "b.yaml", content: text }]);
      expect(parts).toEqual(whole);
      expect(codesOf(parts)).toEqual(
        expect.arrayContaining(["io/yaml", "io/duplicate-resource", "lint/protocol", "lint/dangling-target"]),
      );
    }
  });

  it("give the same whichever file a service stands in", () => {
    const files = [
      { path: "b.yaml", content: policy("a", "db") },
      { path: "a.yaml", content: service("db", "tcp") },
      { path: "c.yaml", content: policy("a", "nowhere") },
      { path: "d.yaml", content: "\0" },
    ];
    const [whole, parts] = bothWays(files);
    expect(parts).toEqual(whole);
    expect(codesOf(parts)).toEqual(expect.arrayContaining(["io/not-text", "io/duplicate-resource", "lint/protocol"]));
  });
});
