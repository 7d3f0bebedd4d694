import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { contextAt, parse } from "../src/index.ts";
import { atCursor } from "./cursor.ts";
import { formatText } from "./formats.ts";

/** What stands at the marker, as words; `‹›` are around what a completion would replace. */
function describeAt(marked: string): string {
  const { text, offset } = atCursor(marked);
  const context = contextAt(parse(text), offset);
  const range = "range" in context ? `${text.slice(0, context.range.start)}‹${text.slice(context.range.start, context.range.end)}›${text.slice(context.range.end)}` : ""; // prettier-ignore
  switch (context.kind) {
    case "text":
      return "text";
    case "name":
      return `name ${range}`;
    case "argument": {
      const { expects, index, operator } = context;
      const more = expects.kind === "header" ? ` ${expects.role}` : expects.kind === "choice" ? ` ${expects.list.name}` : ""; // prettier-ignore
      return `${operator} ${index}: ${expects.kind}${more} ${range}`;
    }
    case "end":
      return `end of ${context.operator}`;
    case "limit":
      return `limit of ${context.operator} ${range}`;
  }
}

describe("what stands at the cursor", () => {
  test.each([
    ["┆", "text"],
    ["a┆b", "text"],
    ["┆%PROTOCOL%", "text"],
    ["%PROTOCOL%┆", "text"],
    ["%┆", "name %‹›"],
    ["a %┆ b", "name a %‹› b"],
    ["%KU┆", "name %‹KU›"],
    ["%ku┆", "name %‹ku›"],
    ["%Re┆", "name %‹Re›"],
    ["%┆PROTOCOL%", "name %‹PROTOCOL›%"],
    ["%PRO┆TOCOL%", "name %‹PROTOCOL›%"],
    ["%PROTOCOL┆%", "name %‹PROTOCOL›%"],
    ["%KUMA_┆MESH%", "name %‹KUMA_MESH›%"],
    ["%┆%", "name %‹›%"],
    ["%%┆", "text"],
    ["%REQ┆(A)%", "name %‹REQ›(A)%"],
    ["%REQ(┆", "REQ 0: header header %REQ(‹›"],
    ["%REQ(X-FO┆", "REQ 0: header header %REQ(‹X-FO›"],
    ["%REQ(X-┆FO)%", "REQ 0: header header %REQ(‹X-FO›)%"],
    ["%REQ(X?┆", "REQ 1: header alternative %REQ(X?‹›"],
    ["%REQ(X?:PA┆)%", "REQ 1: header alternative %REQ(X?‹:PA›)%"],
    ['%REQ(X┆ "%PROTOCOL%"', 'REQ 0: header header %REQ(‹X› "%PROTOCOL%"'],
    ['%REQ(┆ "%PROTOCOL%" %RESP(A)%', 'REQ 0: header header %REQ(‹› "%PROTOCOL%" %RESP(A)%'],
    ['%REQ( "%PROT┆OCOL%" %RESP(A)%', 'name %REQ( "%‹PROTOCOL›%" %RESP(A)%'],
    ["%REQ(X)┆", "end of REQ"],
    ["%REQ(X)┆%", "end of REQ"],
    ["%REQ(X):┆", "limit of REQ %REQ(X):‹›"],
    ["%REQ(X):1┆", "limit of REQ %REQ(X):‹1›"],
    ["%REQ(X):1┆0%", "limit of REQ %REQ(X):‹10›%"],
    ["%START_TIME(┆)%", "START_TIME 0: time-conversion %START_TIME(‹›)%"],
    ["%START_TIME(%┆", "START_TIME 0: time-conversion %START_TIME(‹%›"],
    ["%START_TIME(%Y-%m┆-%d)%", "START_TIME 0: time-conversion %START_TIME(%Y-‹%m›-%d)%"],
    ["%PATH(N┆)%", "PATH 0: choice whether the query belongs to it %PATH(‹N›)%"],
    ["%PATH(NQ:┆)%", "PATH 1: choice which path %PATH(NQ:‹›)%"],
    ["%METADATA(┆)%", "METADATA 0: metadata-type %METADATA(‹›)%"],
    ["%METADATA(ROUTE:a┆)%", "METADATA 1: metadata-namespace %METADATA(ROUTE:‹a›)%"],
    ["%METADATA(ROUTE:a:b:┆)%", "METADATA 3: metadata-key %METADATA(ROUTE:a:b:‹›)%"],
    ["%DYNAMIC_METADATA(┆)%", "DYNAMIC_METADATA 0: metadata-namespace %DYNAMIC_METADATA(‹›)%"],
    ["%FILTER_STATE(k:P┆)%", "FILTER_STATE 1: serialization %FILTER_STATE(k:‹P›)%"],
    ["%COMMON_DURATION(DS_RX_BEG:┆)%", "COMMON_DURATION 1: time-point %COMMON_DURATION(DS_RX_BEG:‹›)%"],
    ["%COMMON_DURATION(A:B:┆)%", "COMMON_DURATION 2: precision %COMMON_DURATION(A:B:‹›)%"],
    ["%CEL(request.pa┆)%", "CEL 0: cel %CEL(‹request.pa›)%"],
    ["%ENVIRONMENT(HO┆)%", "ENVIRONMENT 0: variable %ENVIRONMENT(‹HO›)%"],
    ['%COALESCE({"operators":["PRO┆"]})%', 'COALESCE 0: operator %COALESCE({"operators":["‹PRO›"]})%'],
    [
      '%COALESCE({"operators":["A",{"command":"RE┆',
      'COALESCE 0: coalesce %COALESCE({"operators":["A",{"command":"RE‹›',
    ],
    [
      '%COALESCE({"operators":[{"command":"REQ","param":"x?:au┆"}]})%',
      'COALESCE 1: header alternative %COALESCE({"operators":[{"command":"REQ","param":"x?‹:au›"}]})%',
    ],
    ["%PROTOCOL(┆)%", "PROTOCOL 0: nothing %PROTOCOL(‹›)%"],
  ])("%s", (marked, expected) => {
    expect(describeAt(marked)).toBe(expected);
  });

  test("is told at every offset of every text, with a range that the offset lies in", () => {
    fc.assert(
      fc.property(formatText, (text) => {
        const format = parse(text);
        for (let offset = 0; offset <= text.length; offset++) {
          const context = contextAt(format, offset);
          if (!("range" in context)) continue;
          expect(context.range.start).toBeLessThanOrEqual(offset);
          expect(context.range.end).toBeGreaterThanOrEqual(offset);
          expect(text.slice(context.range.start, offset)).toBe(context.prefix);
        }
      }),
    );
  });
});
