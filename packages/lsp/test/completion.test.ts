import { describe, expect, it } from "vitest";
import { accept, connect } from "./client.ts";

const uri = "file:///a.yaml";
const head =
  "type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file:\n          path: /dev/stdout\n          format:\n            type: Plain\n            plain: ";

async function accepted(marked: string, label: string, snippets = false): Promise<string | undefined> {
  const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: snippets } } } };
  const client = await connect("in-process", capabilities);
  const item = (await client.complete(uri, head + marked)).find((candidate) => candidate.label === label);
  return item && accept(head + marked, item).slice(head.length);
}

describe("an operator is completed in every quoting", () => {
  it.each([
    ["single quotes", "'it''s %KU┆'\n", "'it''s %KUMA_MESH%'\n"],
    ["double quotes", String.raw`"\t\u00e9 %KU┆"` + "\n", String.raw`"\t\u00e9 %KUMA_MESH%"` + "\n"],
    ["a plain scalar", "a %KU┆ b\n", "a %KUMA_MESH% b\n"],
    ["a plain scalar that would begin with %", "%KU┆\n", "'%KUMA_MESH%'\n"],
    [
      "a literal block",
      "|\n              a\n              %KU┆ b\n",
      "|\n              a\n              %KUMA_MESH% b\n",
    ],
    [
      "a folded block",
      ">-\n              a\n              😀 %KU┆\n",
      ">-\n              a\n              😀 %KUMA_MESH%\n",
    ],
    ["quotes that are still open", "'%KU┆\n", "'%KUMA_MESH%\n"],
    ["the middle of a name", "'%KU┆MA_ZONE%'\n", "'%KUMA_MESH%'\n"],
    ["after a bare %", "'%┆'\n", "'%KUMA_MESH%'\n"],
  ])("%s", async (_, marked, expected) => {
    expect(await accepted(marked, "KUMA_MESH")).toBe(expected);
  });

  it("in the values of a JSON format, and in a JSON document", async () => {
    const json = (value: string): string =>
      `{"type":"MeshAccessLog","name":"a","spec":{"rules":[{"default":{"backends":[{"type":"File","file":{"path":"/log","format":{"type":"Json","json":[{"key":"k","value":"${value}"}]}}}]}}]}}`;
    const client = await connect("in-process");
    const item = (await client.complete(uri, json("%STA┆"))).find(({ label }) => label === "START_TIME");
    expect(item && accept(json("%STA┆"), item)).toBe(json("%START_TIME%"));
  });

  it("with the argument that Envoy demands", async () => {
    expect(await accepted("'%RE┆'\n", "REQ")).toMatch(/^'%REQ\(.+\)%'\n$/);
    expect(await accepted("'%RE┆'\n", "REQ", true)).toMatch(/^'%REQ\(.+\)%'\n$/);
  });

  it("and nothing is offered where no operator can stand", async () => {
    expect(await accepted("'a ┆'\n", "KUMA_MESH")).toBeUndefined();
    expect(await accepted("'%START_TIME%'\nno┆\n", "KUMA_MESH")).toBeUndefined();
  });

  it("only what every release of the target has", async () => {
    const client = await connect("in-process", {}, { kuma: "2.14", envoy: "1.30..1.38" });
    const labels = (await client.complete(uri, `${head}'%┆'\n`)).map(({ label }) => label);
    expect(labels).toContain("COMMON_DURATION");
    expect(labels).not.toContain("SPAN_ID");
    expect(labels).not.toContain("CEL");
  });
});

const everything = {
  textDocument: {
    completion: {
      completionItem: { snippetSupport: true, tagSupport: { valueSet: [1 as const] }, resolveSupport: { properties: ["documentation"] } },
      completionList: { itemDefaults: ["editRange"] },
    },
  },
}; // prettier-ignore

describe("what is inside an operator is completed", () => {
  it.each([
    ["a header", "'%REQ(X-FO┆'", "X-FORWARDED-FOR", "'%REQ(X-FORWARDED-FOR'"],
    ["a pseudo-header, in lower case", "'%REQ(:me┆)%'", ":METHOD", "'%REQ(:METHOD)%'"],
    ["an alternative", "'%REQ(X-FOO?┆)%'", ":PATH", "'%REQ(X-FOO?:PATH)%'"],
    ["a header of the response", "'%RESP(┆)%'", ":STATUS", "'%RESP(:STATUS)%'"],
    ["a trailer", "'%TRAILER(┆)%'", "GRPC-STATUS", "'%TRAILER(GRPC-STATUS)%'"],
    ["a conversion of time", '"%START_TIME(%Y-%┆)%"', "%m", '"%START_TIME(%Y-%m)%"'],
    ["a whole pattern of time", "'%START_TIME(┆)%'", "%s.%3f", "'%START_TIME(%s.%3f)%'"],
    ["a point of COMMON_DURATION", "'%COMMON_DURATION(DS_RX_BEG:US┆)%'", "US_TX_BEG", "'%COMMON_DURATION(DS_RX_BEG:US_TX_BEG)%'"],
    ["its precision", "'%COMMON_DURATION(DS_RX_BEG:US_TX_BEG:┆)%'", "us", "'%COMMON_DURATION(DS_RX_BEG:US_TX_BEG:us)%'"],
    ["an option", "'%PATH(NQ:┆)%'", "ORIG_OR_PATH", "'%PATH(NQ:ORIG_OR_PATH)%'"],
    ["a server name option", "'%REQUESTED_SERVER_NAME(┆)%'", "SNI_FIRST", "'%REQUESTED_SERVER_NAME(SNI_FIRST)%'"],
    ["a gRPC status", "'%GRPC_STATUS(S┆)%'", "SNAKE_STRING", "'%GRPC_STATUS(SNAKE_STRING)%'"],
    ["whose metadata", "'%METADATA(┆)%'", "ROUTE", "'%METADATA(ROUTE)%'"],
    ["a namespace", "'%METADATA(ROUTE:envoy.f┆)%'", "envoy.filters.http.lua", "'%METADATA(ROUTE:envoy.filters.http.lua)%'"],
    ["how filter state is written", "'%FILTER_STATE(k:┆)%'", "TYPED", "'%FILTER_STATE(k:TYPED)%'"],
    ["an attribute of CEL", "'%CEL(request.p┆)%'", "request.path", "'%CEL(request.path)%'"],
    ["an operator of COALESCE", `'%COALESCE({"operators":["PRO┆"]})%'`, "PROTOCOL", `'%COALESCE({"operators":["PROTOCOL"]})%'`],
    ["a key of COALESCE", `'%COALESCE({┆})%'`, '"operators":[]', `'%COALESCE({"operators":[]})%'`],
    ["the same in double quotes", String.raw`"%COALESCE({\"operators\":[┆]})%"`, '{"command":"REQ","param":":AUTHORITY"}', String.raw`"%COALESCE({\"operators\":[{\"command\":\"REQ\",\"param\":\":AUTHORITY\"}]})%"`],
    ["a limit", "'%REQ(:PATH):┆'", "64", "'%REQ(:PATH):64'"],
    ["what ends a call", "'%REQ(:PATH)┆'", ":64%", "'%REQ(:PATH):64%'"],
  ])("%s", async (_, marked, label, expected) => {
    expect(await accepted(`${marked}\n`, label)).toBe(`${expected}\n`);
  }); // prettier-ignore

  it("but not inside a string of COALESCE, nor a limit where none is taken", async () => {
    const client = await connect("in-process");
    expect(await client.complete(uri, `${head}'%COALESCE({"oper┆`)).toEqual([]);
    expect(await client.complete(uri, `${head}'%PROTOCOL:┆%'\n`)).toEqual([]);
    const older = await connect("in-process", {}, { kuma: "2.9" });
    const labels = (await older.complete(uri, `${head}'%DYNAMIC_METADATA(a)┆`)).map(({ label }) => label);
    expect(labels).toEqual(["%"]);
  });

  it("only what every release of the target knows", async () => {
    const client = await connect("in-process", {}, { envoy: "1.30..1.38" });
    const labels = (await client.complete(uri, `${head}'%COMMON_DURATION(┆'\n`)).map(({ label }) => label);
    expect(labels).toContain("DS_RX_BEG");
    expect(labels).not.toContain("US_CX_BEG");
  });
});

describe("the policy around formats is completed", () => {
  const spec = (rest: string): string => `type: MeshAccessLog\nname: a\nspec:\n${rest}`;
  it.each([
    ["a whole format", "  rules:\n  - default:\n      backends:\n      - file:\n          format:\n            plain:┆\n", "Kuma's TCP format", /plain: '\[%START_TIME%\] %RESPONSE_FLAGS% .*bytes'\n$/],
    ["an operator where nothing stands", "  rules:\n  - default:\n      backends:\n      - file:\n          format:\n            plain: ┆\n", "KUMA_MESH", /plain: '%KUMA_MESH%'\n$/],
    ["a set of JSON keys", "  rules:\n  - default:\n      backends:\n      - file:\n          format:\n            type: Json\n            js┆", "json", /\n {12}json:\n {12}- key: start_time\n {12} {2}value: '%START_TIME%'\n/],
    ["a key on an empty line", "  ┆\n", "rules", /spec:\n {2}rules:\n {2}- \n$/],
    ["a key of an item", "  rules:\n  - def┆\n", "default", / {2}- default:\n {6}\n$/],
    ["a key in braces", "  targetRef: {ki┆}\n", "kind", /\{kind: \}\n$/],
    ["a key that has its colon", "  targetRef:\n    ki┆: Mesh\n", "kind", / {4}kind: Mesh\n$/],
    ["an enum's value", "  targetRef:\n    kind: ┆\n", "Dataplane", /kind: Dataplane\n$/],
    ["an enum's value in quotes", '  targetRef:\n    kind: "Me┆"\n', "MeshService", /kind: "MeshService"\n$/],
    ["an enum's value in a list", "  targetRef:\n    kind: Mesh\n    proxyTypes:\n    - Si┆\n", "Sidecar", / {4}- Sidecar\n$/],
    ["a boolean", "  rules:\n  - default:\n      backends:\n      - file: {path: /a, format: {omitEmptyValues: ┆}}\n", "true", /omitEmptyValues: true\}/],
  ])("%s", async (_, marked, label, expected) => {
    const client = await connect("in-process");
    const item = (await client.complete(uri, spec(marked))).find((candidate) => candidate.label === label);
    expect(item && accept(spec(marked), item)).toMatch(expected);
  }); // prettier-ignore

  it("for the releases of the target: what all have, deprecated where one that counts says so", async () => {
    const keys = async (kuma: string, marked: string): Promise<readonly unknown[]> => {
      const client = await connect("in-process", everything, { kuma });
      const items = await client.complete(uri, spec(marked));
      return items.map(({ label, tags }) => (tags === undefined ? label : `${label}, deprecated`));
    };
    expect(await keys("2.8", "  targetRef: {kind: Mesh}\n  ┆\n")).toEqual(["to", "from"]);
    expect(await keys("2.8..2.14", "  targetRef: {kind: Mesh}\n  ┆\n")).toEqual(["to", "from, deprecated"]);
    expect(await keys("2.14", "  targetRef: {kind: Mesh}\n  ┆\n")).toEqual(["to", "from, deprecated", "rules"]);
    expect(await keys("2.8", "  targetRef:\n    kind: ┆\n")).not.toContain("Dataplane");
    expect(await keys("2.14", "  targetRef:\n    kind: ┆\n")).toEqual(expect.arrayContaining(["Dataplane", "MeshSubset, deprecated"])); // prettier-ignore
  });

  it("documents keys at once, and operators when they are looked at", async () => {
    const client = await connect("in-process", everything);
    const [key] = await client.complete(uri, spec("  ┆\n"));
    expect(key?.documentation).toMatchObject({ value: expect.stringContaining("**targetRef**") as string });
    expect(key && (await client.resolve(key))).toEqual(key);
  });

  it("with the keys that are missing, and none twice", async () => {
    const client = await connect("in-process");
    const items = await client.complete(uri, spec("  targetRef: {kind: Mesh}\n  ┆\n"));
    expect(items.map(({ label }) => label)).toEqual(["to", "from", "rules"]);
  });

  it.each([
    ["a name", "targetRef:\n    kind: MeshService\n    name: ┆\n", "backend"],
    ["a service that is a tag", "targetRef:\n    kind: MeshService\n    name: ┆\n", "web"],
    ["a namespace", "targetRef:\n    kind: MeshService\n    namespace: ┆\n", "shop"],
    ["a section of a service", "targetRef:\n    kind: MeshService\n    sectionName: ┆\n", "http-port"],
    ["a section of a proxy", "targetRef:\n    kind: Dataplane\n    sectionName: ┆\n", "main"],
    ["a label", "targetRef:\n    kind: MeshService\n    labels:\n      ┆\n", "team: green"],
    ["the value of a label", "targetRef:\n    kind: MeshService\n    labels:\n      team: ┆\n", "green"],
    ["a tag", "targetRef:\n    kind: MeshSubset\n    tags:\n      ┆\n", "kuma.io/service: web"],
  ])("with what open documents have: %s", async (_, marked, label) => {
    const client = await connect("in-process");
    await client.open(
      "file:///others.yaml",
      "apiVersion: kuma.io/v1alpha1\nkind: MeshService\nmetadata:\n  name: backend\n  namespace: shop\n  labels: {team: green}\nspec:\n  ports:\n  - {name: http-port, port: 80}\n---\ntype: Dataplane\nmesh: default\nname: web-1\nnetworking:\n  inbound:\n  - {name: main, port: 1, tags: {kuma.io/service: web}}\n",
    );
    expect((await client.complete(uri, spec(`  ${marked}`))).map((item) => item.label)).toContain(label);
  });
});

describe("a client that can do more", () => {
  it("gets one range for all, places to type over, and documentation when it asks", async () => {
    const client = await connect("in-process", everything);
    const items = await client.complete(uri, `${head}'%RE┆'\n`);
    expect(new Set(items.map(({ textEdit }) => textEdit && "range" in textEdit && textEdit.range)).size).toBe(1);
    const req = items.find(({ label }) => label === "REQ");
    expect(req).toMatchObject({ textEditText: String.raw`REQ(${"${1:X-ENVOY-ORIGINAL-PATH?:PATH}"})%` });
    expect(req).not.toHaveProperty("documentation");
    expect(req && (await client.resolve(req)).documentation).toMatchObject({ value: expect.stringContaining("**%REQ%**") as string }); // prettier-ignore
    expect(items.find(({ label }) => label === "DYNAMIC_METADATA")).toMatchObject({ tags: [1] });
  });
});
