import { describe, expect, it } from "vitest";
import {
  CodeActionRequest,
  DefinitionRequest,
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  HoverRequest,
  InlayHintRequest,
  type Range,
  ReferencesRequest,
  SelectionRangeRequest,
  SemanticTokensRequest,
  SignatureHelpRequest,
  type TextEdit,
  WorkspaceSymbolRequest,
} from "vscode-languageserver/node";
import { TextDocument } from "vscode-languageserver-textdocument";
import { connect } from "./client.ts";
import { item, list, policy } from "./policies.ts";

const uri = "file:///a.yaml";
const textIn = (text: string, range: Range): string => TextDocument.create(uri, "yaml", 0, text).getText(range);
const applied = (text: string, edits: readonly TextEdit[]): string =>
  TextDocument.applyEdits(TextDocument.create(uri, "yaml", 0, text), [...edits]);

describe("hover tells", () => {
  it.each([
    ["what an operator prints", policy("'%PRO┆TOCOL%'"), "%PROTOCOL", /\*\*%PROTOCOL%\*\*.*Prints `-`/s],
    ["what a header is", policy('"%REQ(:AUTH┆ORITY)%"'), ":AUTHORITY", /host that the request is for/],
    ["what a conversion prints", policy("'%START_TIME(%Y-%┆m)%'"), "%m", /month, two digits.*`03`/],
    ["what a limit does", policy("'%REQ(:PATH):6┆4%'"), "64", /At most 64 bytes/],
    ["what Kuma puts there", policy("'%KUMA_TRAFFIC_┆DIRECTION%'"), "%KUMA_TRAFFIC_DIRECTION%", /Here: `INBOUND`/],
    ["the name of the mesh", policy("'%KUMA_┆MESH%'"), "%KUMA_MESH%", /Here: `default`/],
    [
      "the line of a request",
      policy("'a┆ %REQ(:PATH)% %KUMA_MESH% %START_TIME%'"),
      "a %REQ",
      /prints:\s+```text\na \/cart\?id=7 default 2026-/,
    ],
    ["what `%%` is", policy("'%┆%'"), "%%", /one `%`/],
    ["what a field is for", policy("a").replace("backends", "back┆ends"), "backends", /Where every line goes/],
    ["what values a field has", policy("a").replace("Plain", "Pl┆ain"), "Plain", /One of `Plain`, `Json`/],
  ])("%s", async (_, marked, what, expected) => {
    const client = await connect("in-process");
    const hover = await client.connection.sendRequest(HoverRequest.type, await client.at(uri, marked));
    expect(hover?.contents).toMatchObject({ value: expect.stringMatching(expected) as string });
    expect(hover?.range && textIn(marked.replace("┆", ""), hover.range)).toMatch(what);
  });

  it("the zone that the settings name, and nothing of text", async () => {
    const client = await connect("in-process", {}, { controlPlane: { zone: "east" } });
    const params = await client.at(uri, policy("'%KUMA_Z┆ONE%'"));
    expect(await client.connection.sendRequest(HoverRequest.type, params)).toMatchObject({ contents: { value: expect.stringContaining("Here: `east`") as string } }); // prettier-ignore
    expect(await client.connection.sendRequest(HoverRequest.type, await client.at(uri, "kind: Pod┆\n"))).toBeNull();
  });
});

describe("signature help", () => {
  it.each([
    ["'%REQ(┆'", "%REQ(HEADER?ALTERNATIVE):LIMIT%", 0],
    ["'%REQ(a?┆b)%'", "%REQ(HEADER?ALTERNATIVE):LIMIT%", 1],
    ["'%COMMON_DURATION(DS_RX_BEG:┆'", "%COMMON_DURATION(START:END:PRECISION)%", 1],
    ["'%PATH(┆'", "%PATH(WQ|NQ:ORIG|PATH|ORIG_OR_PATH):LIMIT%", 0],
    ["'%METADATA(ROUTE:a:b:c┆)%'", "%METADATA(TYPE:NAMESPACE:KEY…):LIMIT%", 2],
  ])("%s", async (marked, label, parameter) => {
    const client = await connect("in-process");
    const help = await client.connection.sendRequest(SignatureHelpRequest.type, await client.at(uri, policy(marked)));
    expect(help?.signatures[0]?.label).toBe(label);
    expect(help?.activeParameter).toBe(parameter);
  });
});

const flow = (format: string): string =>
  `type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default: {backends: [{type: File, file: {path: /a, format: {${format}}}}]}\n`;

const jsonPolicy = (format: string): string =>
  `{"type":"MeshAccessLog","name":"a","spec":{"rules":[{"default":{"backends":[{"type":"File","file":{"path":"/a","format":{${format}}}}]}}]}}`;

const quotings: readonly (readonly [string, (format: string) => string])[] = [
  ["a plain scalar", (format) => `é ${format}`],
  ["single quotes", (format) => `'it''s ${format}'`],
  ["double quotes over two lines", (format) => `"\\t 😀\n              ${format}"`],
  ["a literal scalar", (format) => `|\n              é\n              ${format}`],
  ["a folded scalar", (format) => `>-\n              😀\n              ${format}`],
];

describe("code actions", () => {
  const unfinished = "type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default:\n      backends:\n";
  it.each([
    ["write the operator that was meant", policy('"\\u00e9 %PROT┆COL%"'), "Write PROTOCOL", policy('"\\u00e9 %PROTOCOL%"')],
    ["add the type of a backend", `${unfinished}      - ┆file: {path: /a}\n`, "Add `type: File`", `${unfinished}      - type: File\n        file: {path: /a}\n`],
    ["add it in braces", `${unfinished}      - {┆file: {path: /a}}\n`, "Add `type: File`", `${unfinished}      - {type: File, file: {path: /a}}\n`],
    ["quote a format", policy("a %PROTO┆COL% b"), "Put the format in quotes", policy("'a %PROTOCOL% b'")],
    ["write text as JSON", policy("'[%START┆_TIME%] %REQ(X-A?:PATH)% %REQ(:PATH)% %KUMA_MESH%'"), "Write the format as JSON",
      policy("X").replace("type: Plain\n            plain: X\n", "type: Json\n            json:\n            - key: start_time\n              value: '%START_TIME%'\n            - key: path\n              value: '%REQ(X-A?:PATH)%'\n            - key: path_2\n              value: '%REQ(:PATH)%'\n            - key: mesh\n              value: '%KUMA_MESH%'\n")],
    ["write JSON as text", policy("X").replace("type: Plain\n            plain: X\n", "type: Json\n            json:\n            - key: a\n              value: '%PRO┆TOCOL%'\n            - {key: b, value: x}\n"), "Write the format as text", policy("'a=%PROTOCOL% b=x'")],
    ["write text as JSON in braces", flow("type: Plain, plain: '%PRO┆TOCOL% x'"), "Write the format as JSON", flow("type: Json, json: [{key: 'protocol', value: '%PROTOCOL%'}]")],
    ["write JSON as text in braces", flow("type: Json, json: [{key: a, value: '%PRO┆TOCOL%'}], omitEmptyValues: true"), "Write the format as text", flow("type: Plain, plain: 'a=%PROTOCOL%', omitEmptyValues: true")],
    ["write text as JSON in a JSON document", jsonPolicy('"type":"Plain","plain":"%REQ(:PA┆TH)%"'), "Write the format as JSON", jsonPolicy('"type": "Json", "json": [{"key": "path", "value": "%REQ(:PATH)%"}]')],
    ["write JSON as text in a JSON document", jsonPolicy('"type":"Json","json":[{"key":"a","value":"%REQ(:PA┆TH)%"}]'), "Write the format as text", jsonPolicy('"type": "Plain", "plain": "a=%REQ(:PATH)%"')],
    ["add the type in a JSON document", jsonPolicy('"plain":"%PROTOCOL%"').replace("format", "for┆mat"), "Add `type: Plain`", jsonPolicy('"type": "Plain", "plain":"%PROTOCOL%"')],
    ...quotings.map(([style, write]): [string, string, string, string] =>
      [`write the operator that was meant in ${style}`, policy(write("%PROT┆COL%")), "Write PROTOCOL", policy(write("%PROTOCOL%"))]),
    ["fix all", list(item("a", "'%PROT┆COL% %DURATIN%'"), item("b", "%PROTCOL%")), "Fix all that meshlog can fix", list(item("a", "'%PROTOCOL% %DURATION%'"), item("b", "%PROTCOL%"))],
  ])("%s", async (_, marked, title, expected) => {
    const client = await connect("in-process");
    const { textDocument, position } = await client.at(uri, marked);
    const range = { start: position, end: position };
    const actions = await client.connection.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [] } });
    const action = actions?.find((one) => one.title === title);
    const edits = action !== undefined && "edit" in action ? action.edit.changes?.[uri] : undefined;
    expect(edits && applied(marked.replace("┆", ""), edits)).toBe(expected);
  }); // prettier-ignore

  it("are of the kinds that are asked for", async () => {
    const client = await connect("in-process");
    const { textDocument, position } = await client.at(uri, policy("'%PROT┆COL%'"));
    const range = { start: position, end: position };
    const only = ["source.fixAll"];
    const actions = await client.connection.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [], only } }); // prettier-ignore
    expect(actions).toMatchObject([{ kind: "source.fixAll.meshlog" }]);
  });

  it("convert nothing where a comment would be lost", async () => {
    const client = await connect("in-process");
    const marked = policy("'%PRO┆TOCOL%'").replace("plain:", "# why\n            plain:");
    const { textDocument, position } = await client.at(uri, marked);
    const range = { start: position, end: position };
    expect(await client.connection.sendRequest(CodeActionRequest.type, { textDocument, range, context: { diagnostics: [] } })).toEqual([]); // prettier-ignore
  });
});

describe("the structure of a file", () => {
  const text = [policy("'%REQ(:PATH):7% %KUMA_MESH% %%'"), list(item("b", "x"))].join("---\n");

  it("as semantic tokens", async () => {
    const client = await connect("in-process");
    await client.open(uri, text);
    const tokens = await client.connection.sendRequest(SemanticTokensRequest.type, { textDocument: { uri } });
    expect(tokens?.data).toEqual([11, 20, 4, 0, 0, 0, 5, 5, 2, 0, 0, 7, 1, 3, 0, 0, 1, 1, 0, 0, 0, 2, 11, 1, 0, 0, 12, 2, 4, 0]); // prettier-ignore
  });

  it("as symbols", async () => {
    const client = await connect("in-process", {
      textDocument: { documentSymbol: { hierarchicalDocumentSymbolSupport: true } },
    });
    await client.open(uri, text);
    expect(await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } })).toMatchObject([
      { name: "a", detail: "MeshAccessLog", children: [{ name: "rules[0]", children: [{ name: "File", detail: "/dev/stdout" }] }] }, // prettier-ignore
      { name: "b.kuma-system", selectionRange: { start: { line: 18 } } },
    ]);
    expect(await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query: "mabs" })).toMatchObject([
      { name: "b.kuma-system", containerName: "MeshAccessLog" },
    ]);
  });

  it("as folding ranges", async () => {
    const client = await connect("in-process");
    await client.open(uri, `${foreignMap}---\n${policy("|\n              a\n              b\n\n")}`);
    const ranges = await client.connection.sendRequest(FoldingRangeRequest.type, { textDocument: { uri } });
    expect(ranges?.map(({ startLine, endLine }) => [startLine, endLine])).toEqual([[4, 17], [6, 17], [7, 17], [8, 17], [9, 17], [10, 17], [11, 17], [13, 17], [15, 17]]); // prettier-ignore
  });

  const foreignMap = "kind: Pod\nmetadata:\n  name: x\n";

  it("as what a selection grows to", async () => {
    const client = await connect("in-process");
    const marked = policy("'a %REQ(:PA┆TH)%'");
    const { textDocument, position } = await client.at(uri, marked);
    const [range] = (await client.connection.sendRequest(SelectionRangeRequest.type, { textDocument, positions: [position] })) ?? []; // prettier-ignore
    const grown: string[] = [];
    for (let one = range; one !== undefined; one = one.parent) grown.push(textIn(marked.replace("┆", ""), one.range));
    expect(grown.slice(0, 6)).toEqual([
      ":PATH",
      "%REQ(:PATH)%",
      "a %REQ(:PATH)%",
      "'a %REQ(:PATH)%'",
      "plain: 'a %REQ(:PATH)%'",
      "type: Plain\n            plain: 'a %REQ(:PATH)%'",
    ]);
    expect(grown.at(-1)).toBe(marked.replace("┆", ""));
  });

  it("as links to the documentation of the target", async () => {
    const client = await connect("in-process");
    await client.open(uri, text);
    expect(await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } })).toMatchObject([
      { target: "https://kuma.io/docs/2.14.x/policies/meshaccesslog/" },
      { target: "https://kuma.io/docs/2.14.x/policies/meshaccesslog/" },
    ]);
  });
});

describe("what a targetRef selects", () => {
  const service = "type: MeshService\nmesh: default\nname: backend\nlabels: {team: green}\nspec: {}\n";
  const to = (ref: string): string => `type: MeshAccessLog\nname: a\nspec:\n  to:\n  - targetRef: ${ref}\n    default: {backends: []}\n`; // prettier-ignore

  it.each([
    ["by name", "{kind: MeshService, name: back┆end}"],
    ["by labels", "{kind: MeshService, labels: {team: gre┆en}}"],
  ])("is found %s, and back", async (_, ref) => {
    const client = await connect("in-process");
    await client.open("file:///b.yaml", service);
    const params = await client.at(uri, to(ref));
    expect(await client.connection.sendRequest(DefinitionRequest.type, params)).toMatchObject([
      { uri: "file:///b.yaml", range: { start: { line: 2, character: 6 } } },
    ]);
    const position = { line: 2, character: 8 };
    const back = { textDocument: { uri: "file:///b.yaml" }, position, context: { includeDeclaration: false } };
    expect(await client.connection.sendRequest(ReferencesRequest.type, back)).toMatchObject([
      { uri, range: { start: { line: 4 } } },
    ]);
  });

  it("is nothing of another mesh or kind", async () => {
    const client = await connect("in-process");
    await client.open("file:///b.yaml", service.replace("mesh: default", "mesh: other"));
    const params = await client.at(uri, to("{kind: MeshService, name: back┆end}"));
    expect(await client.connection.sendRequest(DefinitionRequest.type, params)).toEqual([]);
  });
});

describe("inlay hints", () => {
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  it("say what Kuma's operators become, to those who switch them on", async () => {
    const client = await connect("in-process", {}, { inlayHints: true });
    await client.open(uri, policy("'%KUMA_MESH% %KUMA_SOURCE_ADDRESS%'"));
    expect(await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })).toMatchObject([
      { label: "= default", position: { line: 11, character: 31 } },
    ]);
  });
  it("are off otherwise", async () => {
    const client = await connect("in-process");
    await client.open(uri, policy("'%KUMA_MESH%'"));
    expect(await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range })).toEqual([]);
  });
});

describe("formatting", () => {
  const options = { tabSize: 2, insertSpaces: true };
  it("is Prettier's", async () => {
    const client = await connect("in-process");
    const text = policy('"%PROTOCOL%"').replace("type: MeshAccessLog", "type:   MeshAccessLog   # why");
    await client.open(uri, text);
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument: { uri }, options }); // prettier-ignore
    expect(applied(text, edits ?? [])).toBe(
      `type: MeshAccessLog # why\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                plain: "%PROTOCOL%"\n`,
    );
  });
  const long = "x".repeat(100);
  it.each([
    ["documents of others", "a:   1\n---\nkind:   Pod\n---\n", "---\nb:   1\n"],
    ["what is no YAML", `${policy("'open")}---\n`, ""],
    [
      "a document that would say something else",
      `type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type:   File\n            # meshlog-disable-next-line lint/credentials -- it is public\n            file: {path: /a, format: {type: Plain, plain: "%REQ(AUTHORIZATION)% %PROTOCOL% ${long}"}}\n---\n`,
      "",
    ],
    ["a line break that is one to Kuma alone", `${policy('"a\u0085  b"')}---\n`, ""],
  ])("leaves alone %s, and does the rest", async (_, before, after) => {
    const client = await connect("in-process");
    const text = `${before}type:   MeshAccessLog\nname: b\n${after}`;
    await client.open(uri, text);
    const edits = await client.connection.sendRequest(DocumentFormattingRequest.type, { textDocument: { uri }, options }); // prettier-ignore
    expect(applied(text, edits ?? [])).toBe(text.replace("type:   MeshAccessLog", "type: MeshAccessLog"));
  });
});
