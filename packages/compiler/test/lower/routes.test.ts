import { describe, expect, it } from "vitest";
import { goQuote } from "@meshlog/parser";
import { routeIds } from "../../src/lower/route-ids.ts";
import { profileOf } from "./release.ts";

describe("the name of a route says under which identifiers a policy may name it", () => {
  const whole = "kri_mhttpr_default___r_";
  const rule = "kri_mhttpr_default___r_rule_0";
  const read = "kri_mhttpr_default___r_rule0";

  it.each<[release: string, name: string, ids: object | undefined]>([
    ["2.11.18", whole, { id: whole, candidates: [whole] }],
    ["2.11.18", rule, undefined],
    ["2.12.13", rule, { id: read, candidates: [read] }],
    ["2.12.14", rule, { id: read, candidates: [read, whole] }],
    ["2.13.9", rule, { id: read, candidates: [read] }],
    ["2.14.1", rule, { id: read, candidates: [read] }],
    ["2.14.2", rule, { id: read, candidates: [read, whole] }],
    ["main", whole, { id: whole, candidates: [whole] }],
    ["main", "9Zuf5Tg79OuZcQITwBbQykxAk2u4fRKrwYn3//AL4Yo=", undefined],
  ])("Kuma %s: %s", (release, name, ids) => {
    expect(routeIds(name, profileOf(release))).toEqual(ids);
  });
});

/** Answers of Go's `strconv.Quote`. */
it.each([
  ["spiffe://a/b", '"spiffe://a/b"'],
  ['a"b\\c', '"a\\"b\\\\c"'],
  ["\n\t\x07\x7f\x00", '"\\n\\t\\a\\x7f\\x00"'],
  ["ü 日本 😀", '"ü 日本 😀"'],
  ["\u00a0\u00ad\u200b\u2028", '"\\u00a0\\u00ad\\u200b\\u2028"'],
  ["\u{e0001}", '"\\U000e0001"'],
])("%j is quoted as Go does", (text, quoted) => {
  expect(goQuote(text)).toBe(quoted);
});
