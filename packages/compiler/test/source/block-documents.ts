import fc from "fast-check";

const texts = fc.oneof(
  {
    arbitrary: fc.constantFrom(
      ..."a|1|b c|'b'|\"c\\n\"|'it''s'|\"\\\"\"|''|%REQ(A?B)% x|a#b|a:b|http://x:80/|-1|0x1F|1_0|.5|yes|null|/tmp/a|a|-a|é".split(
        "|",
      ),
      "",
    ),
    weight: 60,
  },
  fc.constantFrom(
    ..."a: b|- a|-|- |a #|# a|'a' b|'a'#|\"a|'a|a:|--- a|...|? a|*x|&x a|!!str a|{}|[]|{a: b}|[a, b]".split("|"),
    ...'"\\x41"|"\\z"|.inf|.nan|~|1e3|@a|`a|%a|>|=|<<|, a|a\tb|\ud83d\ude00|\u2028|\xa0a\xa0'.split("|"),
    ..."|\n   a\n   b|>-\n   a|a\n   b|'a\n   b'|\n  b".split("|").filter(Boolean),
    "|\n   a\n   b",
  ),
);
const keys = fc.oneof(
  { arbitrary: fc.constantFrom(..."k|l|m.n|a-b|/x|1|0x1F|y|longer.than/twelve".split("|")), weight: 90 },
  fc.constantFrom(..."null|~|<<|'q'|\"q\"|a b|-x|.x|? k|%k|é|k |01|1.0|1e3|...|---".split("|")),
);
const tails = fc.oneof(
  { arbitrary: fc.constant(""), weight: 30 },
  fc.constantFrom(" ", "  # why", "#", " #", "\n", "\n# why", "\n      # why", "\n  "),
);

const block = fc.letrec<{ lines: readonly string[] }>((tie) => {
  const scalar = fc.tuple(texts, tails).map(([text, tail]) => [` ${text}${tail}`]);
  const nested = fc
    .tuple(fc.constantFrom(0, 1, 2, 2, 2, 2, 2, 3, 4), tails, tie("lines"))
    .map(([step, tail, lines]) => [tail, ...lines.map((line) => " ".repeat(step) + line)]);
  const value = fc.oneof({ depthSize: "small" }, { arbitrary: scalar, weight: 3 }, { arbitrary: nested, weight: 2 });
  return {
    lines: fc.oneof(
      fc
        .array(fc.tuple(keys, value), { minLength: 1, maxLength: 4 })
        .map((entries) => entries.flatMap(([key, [first = "", ...rest]]) => [`${key}:${first}`, ...rest])),
      fc
        .array(fc.tuple(fc.integer({ min: 1, max: 2 }), fc.oneof(value, tie("lines"))), { minLength: 1, maxLength: 4 })
        .map((items) =>
          items.flatMap(([spaces, [first = "", ...rest]]) => [
            `-${" ".repeat(spaces)}${first}`,
            ...rest.map((line) => " ".repeat(spaces + 1) + line),
          ]),
        ),
    ),
  };
}).lines;

/** Documents of block maps and lists: most of them as people write them, some with a thing that is not, or wrong. */
export const blockDocument: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("", "", "", "---\n", "---\n", "--- # why\n", "# why\n\n", "%YAML 1.1\n---\n"),
    block,
    fc.constantFrom("\n", "\n", "", "\n\n", "\n...\n", "\n# why"),
    fc.option(fc.tuple(fc.nat(), fc.constantFrom(..."\n -:#'\"|[]{}?&*!ab".split(""))), { freq: 1 }),
  )
  .map(([before, lines, after, change]) => {
    const text = before + lines.join("\n") + after;
    if (change === null) return text;
    const at = change[0] % (text.length + 1);
    return text.slice(0, at) + change[1] + text.slice(at);
  });
