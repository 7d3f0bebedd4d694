import { check, load, suppress } from "@meshlog/compiler";
import { defaultTarget } from "@meshlog/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { changeDocument, openDocument, type PolicyDocument } from "../src/document.ts";
import { toDiagnostic } from "../src/features/diagnostics.ts";
import { findings } from "../src/findings.ts";
import { judgingAlone } from "./judging.ts";
import { item, list, policy } from "./policies.ts";

const uri = "file:///a.yaml";
const open = (text: string): PolicyDocument => openDocument(uri, "yaml", 1, text);
const diagnose = (document: PolicyDocument): readonly unknown[] =>
  findings(document, judgingAlone(document)).map((finding) => toDiagnostic(document, finding));

/** Replaces part of a document, by offsets. */
function edit(document: PolicyDocument, start: number, end: number, text: string): PolicyDocument {
  return changeDocument(document, [{ range: document.rangeOf({ start, end }), text }], document.version + 1);
}

const foreign = "apiVersion: v1\nkind: Pod\nmetadata: {name: '%X%'\n";

describe("after an edit", () => {
  const files: readonly (readonly [string, string])[] = [
    ["a document", [policy("a"), foreign, policy("'%PROTCOL%'"), policy("b")].join("---\n")],
    ["an item of a list", list(item("a", "a"), item("b", "'%PROTCOL%'"), item("c", "b"), item("d", "d"))],
  ];
  it.each(files)("only %s that was edited is read again", (_, text) => {
    const document = open(text);
    const before = [...document.sections].map(({ section }) => section);
    expect(before).toHaveLength(4);
    const at = text.indexOf("PROTCOL");
    const after = edit(document, at, at + 7, "PROTOCOL%\\n%DURATION");
    const kept = [...after.sections].map(({ section }) => before.includes(section));
    expect(kept.filter((same) => !same)).toHaveLength(1);
    expect([...after.sections].map(({ section }) => section.text)).toEqual(
      [...open(after.text).sections].map(({ section }) => section.text),
    );
  });

  it("documents of other programs are not read at all", () => {
    const document = open(`${foreign}---\n${policy("'%PROTCOL%'")}`);
    expect([...document.sections].map(({ section }) => section.isKumas)).toEqual([false, true]);
    expect(diagnose(document)).toMatchObject([{ code: "format/unknown-operator" }]);
  });

  it("a directive that is put before a document stays with it", () => {
    const text = `# a comment\n---\n${policy("a")}---\n${policy("b")}`;
    const document = edit(open(text), 0, 0, "%YAML 1.1\n");
    expect([...document.sections].map(({ section }) => section.text)).toEqual(
      [...open(`%YAML 1.1\n${text}`).sections].map(({ section }) => section.text),
    );
  });
});

/** What people, and monkeys, type. */
const typed = fc.oneof(
  { weight: 3, arbitrary: fc.string({ unit: "binary", maxLength: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((u) => String.fromCharCode(u)), maxLength: 2 }) }, // prettier-ignore
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      ...Array.from("-%'\"|>:#{}[]*&!\t\n\r "), "---", "\n---\n", "\n--- ", "...", "\n...\n", "%KUMA_MESH%", "%PROTCOL%", "- ", "\n- ", "items:\n",
      "kind: List\n", "type: MeshAccessLog\n", "{{", "\r\n", "name: a\n", "# ", "%YAML 1.2\n", policy("'%RE%'"), item("a", "x"),
    ), // prettier-ignore
  },
);
const edits = fc.array(fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), length: fc.nat({ max: 12 }), text: typed }), { minLength: 1, maxLength: 25 }); // prettier-ignore
const starts = fc.constantFrom(
  "",
  policy("'%PROTCOL%'"),
  [policy("a"), foreign, policy('"%START_TIME(%"'), policy("|\n              %X%\n")].join("---\n"),
  list(item("a", "'%PROTCOL%'"), item("b", "x"), item("b", ">-\n                %Y%\n"), item("c", "'%PROTOCOL%'")),
  // What is said because of other resources, and what comments silence.
  [
    "type: Mesh\nname: default\nlogging: {}\n",
    "type: MeshService\nname: backend\nspec: {ports: [{port: 80, appProtocol: tcp}]}\n",
    policyTo("MeshService", "front"),
    policyTo("MeshService", "backend"),
  ].join("---\n"),
  `${silence("io/duplicate-resource")}${policy("a")}---\n${silence("lint/unknown-field")}${policy("b")}---\n# why\n${policy("b").replace("name", `${silence("io/duplicate-resource")}name`)}x: 1\n`,
  list(
    item("a", "x"),
    `${silence("io/duplicate-resource")}${item("a", "y").replace("    name", `    ${silence("io/duplicate-resource")}    name`)}`,
    silence("lint/x") + item("c", "'%PROTOCOL%'"),
  ),
  `kind: List\nitems:\n  # two\n  - {type: MeshAccessLog, name: a}\n  - type: Mesh\n    name: m\n---\n${policy("b")}`,
);

/** A comment that silences what is said of the line below. */
function silence(code: string): string {
  return `# meshlog-disable-next-line ${code} -- it is so\n`;
}

function policyTo(kind: string, name: string): string {
  return `type: MeshAccessLog\nname: to-${name}\nspec:\n  to:\n  - targetRef: {kind: ${kind}, name: ${name}}\n    default: {backends: [{type: File, file: {path: /a, format: {type: Plain, plain: "%REQ(:PATH)%"}}}]}\n`;
}

/** Texts after every one of a row of edits. */
function session(
  start: string,
  steps: readonly { readonly from: number; readonly length: number; readonly text: string }[],
  visit: (document: PolicyDocument) => void,
): void {
  let document = open(start);
  visit(document);
  for (const { from, length, text } of steps) {
    const at = Math.floor(from * (document.text.length + 1));
    document = edit(document, at, Math.min(document.text.length, at + length), text);
    visit(document);
  }
}

/** A file with comments that silence nothing, and what it says is wrong where a NUL makes it no text. */
const noText = "# meshlog-disable-next-line lint/unknown-field -- why\ntype: MeshAccessLog\nname: a\n---\n# meshlog-disable-next-line lint/unknown-field -- why\ntype: MeshAccessLog\nname: b\n"; // prettier-ignore

describe("in any session", () => {
  it("the text and all places in it are those that the protocol's own text has", () => {
    fc.assert(
      fc.property(starts, edits, fc.boolean(), (start, steps, isWhole) => {
        const model = TextDocument.create(uri, "yaml", 1, start);
        let document = open(start);
        for (const { from, length, text } of steps) {
          const at = Math.floor(from * (document.text.length + 1));
          const range = { start: model.positionAt(at), end: model.positionAt(at + length) };
          TextDocument.update(model, [{ range, text }], 2);
          document = changeDocument(document, [isWhole ? { text: model.getText() } : { range, text }], 2);
          expect(document.text).toBe(model.getText());
        }
        for (let offset = -1; offset <= document.text.length + 1; offset++) {
          expect(document.rangeOf({ start: offset, end: offset }).start).toEqual(model.positionAt(offset));
        }
        for (let line = -1; line <= model.lineCount; line++) {
          for (const character of [-1, 0, 1, 7, 200]) {
            expect(document.offsetAt({ line, character })).toBe(model.offsetAt({ line, character }));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  // Ten thousand edits and more: conformance/fuzz-edits.ts.
  it("the sections and the diagnostics after each edit are those of a fresh start on the same text", () => {
    const layout = ({ sections }: PolicyDocument): readonly unknown[] =>
      [...sections].map(({ start, section }) => [start, section.text]);
    fc.assert(
      fc.property(starts, edits, (start, steps) => {
        session(start, steps, (document) => {
          const fresh = open(document.text);
          expect(layout(document)).toEqual(layout(fresh));
          expect(diagnose(document)).toEqual(diagnose(fresh));
        });
      }),
      { numRuns: 300 },
    );
  });

  it("they are what the compiler says of the file, but for lists that are no YAML and documents that are not Kuma's", () => {
    const sorted = (diagnostics: readonly { readonly start: number; readonly code: string }[]): readonly unknown[] =>
      diagnostics.toSorted((a, b) => a.start - b.start || (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
    fc.assert(
      fc.property(starts, edits, (start, steps) => {
        session(start, steps, (document) => {
          const { value, diagnostics } = load([{ path: uri, content: document.text }]);
          const found = [...diagnostics, ...check(value, defaultTarget).diagnostics];
          const silenced = suppress(value.files, found);
          const whole = [...silenced.value, ...silenced.diagnostics];
          const isHidden =
            [...document.sections].some(({ section }) => !section.isKumas) || document.text.includes("items:");
          if (isHidden && whole.some(({ code }) => ["io/yaml", "io/template", "io/not-text"].includes(code))) return;
          const here = findings(document, judgingAlone(document)).map(({ start: base, diagnostic }) => ({
            ...diagnostic,
            start: base + diagnostic.start,
            end: base + diagnostic.end,
          }));
          // The error of a document that is cut short may reach into the next one.
          const brief = ({ start, end, code, message }: (typeof whole)[number]): object => ({ start, end: code === "io/yaml" ? start : end, code, message }); // prettier-ignore
          expect(sorted(here.map(brief) as typeof here)).toEqual(sorted(whole.map(brief) as typeof here));
        });
      }),
      { numRuns: 150, examples: [[noText, [{ from: 0, length: 0, text: "\u0000" }]]] },
    );
  });
});
