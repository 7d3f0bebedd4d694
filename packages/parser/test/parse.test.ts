import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dialect, type Format, type Grammar, type KumaNames, parse } from "../src/index.ts";
import { readParts } from "../src/parser.ts";
import { maskKuma } from "../src/placeholders.ts";
import { formatText } from "./formats.ts";
import { faultOfReading } from "./properties.ts";

const grammars: readonly Grammar[] = ["1.22", "1.31", "1.32"];
const namings: readonly KumaNames[] = ["none", "2.0", "2.14"];

/** A format as one line: each part as its kind and text. */
function sketch(format: Format): string[] {
  return format.parts.map((part) => {
    const kind = part.kind === "broken" ? part.problem : part.kind;
    return `${kind} ${format.text.slice(part.start, part.end)}`;
  });
}

describe("a text is read into parts", () => {
  test.each([
    ["", []],
    ["text", ["text text"]],
    ["100%%", ["text 100", "escape %%"]],
    ["%PROTOCOL%%PROTOCOL%", ["operator %PROTOCOL%", "operator %PROTOCOL%"]],
    ["%%%PROTOCOL%%%", ["escape %%", "operator %PROTOCOL%", "escape %%"]],
    ["%REQ(A?B):10%:10", ["operator %REQ(A?B):10%", "text :10"]],
    ["%START_TIME(%s.%3f)%", ["operator %START_TIME(%s.%3f)%"]],
    ["%REQ(a)b)%", ["operator %REQ(a)b)%"]],
    ["%START_TIME(%s) then %PROTOCOL(x)%", ["operator %START_TIME(%s) then %PROTOCOL(x)%"]],
    ["%CEL(f(a)%)%", ["operator %CEL(f(a)%", "text )", "stray %"]],
    ["50% off", ["text 50", "stray %", "text  off"]],
    ["%PROTOCOL", ["no-percent %PROTOCOL"]],
    ["%PROTOCOL %DURATION%", ["no-percent %PROTOCOL", "text  ", "operator %DURATION%"]],
    ["%REQ(X-FO", ["no-parenthesis %REQ(X-FO"]],
    ['%REQ(X-FO "%PROTOCOL%"', ['no-parenthesis %REQ(X-FO "', "operator %PROTOCOL%", 'text "']],
    ["%REQ(A):%", ["no-percent %REQ(A)", "text :", "stray %"]],
    ["%REQ(A):-1%", ["no-percent %REQ(A)", "text :-1", "stray %"]],
    ["%A:5:6%", ["no-percent %A:5", "text :6", "stray %"]],
    ["%A:10(x)%", ["no-percent %A:10", "text (x)", "stray %"]],
    ["%req(a)%", ["name %req(a)%"]],
    ["%REQ (a)%", ["no-percent %REQ", "text  (a)", "stray %"]],
    ["%REQ(a\nb)%", ["line-break %REQ(a\nb)%"]],
    ["%KUMA_MESH%", ["kuma %KUMA_MESH%"]],
    ["%%KUMA_MESH%%", ["stray %", "kuma %KUMA_MESH%", "stray %"]],
    ["%REQ(X)%KUMA_MESH%", ["no-percent %REQ(X)", "kuma %KUMA_MESH%"]],
    ["%DURATION%%KUMA_MESH%", ["operator %DURATION%", "kuma %KUMA_MESH%"]],
    ["%REQ(%KUMA_MESH%)%", ["operator %REQ(%KUMA_MESH%)%"]],
    ["%KUMA_MESH:5%", ["operator %KUMA_MESH:5%"]],
    ["%KUMA_MESH(%KUMA_ZONE%)%", ["operator %KUMA_MESH(%KUMA_ZONE%)%"]],
    ["%KUMA_ZONE%KUMA_MESH%", ["no-percent %KUMA_ZONE", "kuma %KUMA_MESH%"]],
  ])("%j", (text, parts) => {
    expect(sketch(parse(text))).toEqual(parts);
  });
});

describe("what reads otherwise in an older grammar", () => {
  test.each<[string, Grammar, string[]]>([
    ["%REQ(a)b)%", "1.22", ["no-percent %REQ(a)", "text b)", "stray %"]],
    ["%REQ(a\nb)%", "1.22", ["operator %REQ(a\nb)%"]],
    ["%A(x) %REQ(a\nb)%", "1.22", ["no-percent %A(x)", "text  ", "operator %REQ(a\nb)%"]],
    ["%A(x) %REQ(a%BC(b)%", "1.22", ["no-percent %A(x)", "text  ", "operator %REQ(a%BC(b)%"]],
    ["%REQ(a\rb)%", "1.31", ["line-break %REQ(a\rb)%"]],
    ["%REQ(a\rb)%", "1.32", ["operator %REQ(a\rb)%"]],
    ["%START_TIME(%s) %DURATION(x)%", "1.22", ["no-percent %START_TIME(%s)", "text  ", "operator %DURATION(x)%"]],
  ])("%j in %s", (text, grammar, parts) => {
    expect(sketch(parse(text, dialect(grammar, "2.14")))).toEqual(parts);
  });

  test("a Kuma that does not know KUMA_ZONE leaves it to Envoy", () => {
    expect(sketch(parse("%KUMA_MESH%%KUMA_ZONE%", dialect("1.32", "2.0")))).toEqual([
      "kuma %KUMA_MESH%",
      "operator %KUMA_ZONE%",
    ]);
  });
});

test("a call carries its argument by kind, its limit, and where each of them stands", () => {
  const [call] = parse("%REQ(X-A?:PATH):10%").parts;
  expect(call).toEqual({
    kind: "operator",
    start: 0,
    end: 19,
    name: { start: 1, end: 4, text: "REQ" },
    argument: {
      kind: "header",
      start: 5,
      end: 14,
      text: "X-A?:PATH",
      header: { start: 5, end: 8, text: "X-A" },
      alternative: { start: 9, end: 14, text: ":PATH" },
    },
    limit: { start: 16, end: 18, text: "10" },
  });
});

describe("for every text", () => {
  const anyDialect = fc.record({ grammar: fc.constantFrom(...grammars), kuma: fc.constantFrom(...namings) });

  test("printing gives it back, the parts touch and cover it, and every node lies within its parent", () => {
    fc.assert(
      fc.property(formatText, anyDialect, (text, { grammar, kuma }) => {
        expect(faultOfReading(text, dialect(grammar, kuma))).toBeUndefined();
      }),
    );
  });

  test("the parts are those of the text in which Kuma's operators are blanked out", () => {
    fc.assert(
      fc.property(formatText, anyDialect, (text, { grammar, kuma }) => {
        const parts = readParts(text, maskKuma(text, kuma), grammar);
        expect(parse(text, dialect(grammar, kuma)).parts).toEqual(parts);
      }),
      { numRuns: 1000 },
    );
  });
});
