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
  { arbitrary: fc.constantFrom(..."k|l|m.n|a-b|/x|1|0x1F|y|longer.than/twelve|'p'|\"%X%\"".split("|")), weight: 90 },
  fc.constantFrom(..."null|~|<<|'q'|\"q\"|a b|-x|.x|? k|%k|é|k |01|1.0|1e3|...|---".split("|")),
);
const tails = fc.oneof(
  { arbitrary: fc.constant(""), weight: 30 },
  fc.constantFrom(" ", "  # why", "#", " #", "\n", "\n# why", "\n      # why", "\n  "),
);

/** One of some common texts, or once in twenty of others, each between bars. */
const mostly = (common: string, others: string): fc.Arbitrary<string> =>
  fc.oneof({ arbitrary: fc.constantFrom(...common.split("|")), weight: 19 }, fc.constantFrom(...others.split("|")));

/** A flow collection of one line. */
const flow = fc.letrec<{ node: string; collection: string }>((tie) => {
  const word = mostly("a|Mesh|1|yes|null|/tmp/a.log|'b c'|\"d\\n\"|'it''s'|a|b|k.l", "a b|a:b|%X%|*x|~|a:|-1|");
  const key = mostly("k|l|m.n|'q'|\"r\"|1", "null|<<|a b|k |'it''s'");
  const colon = mostly(": |:  ", ":| : ");
  const bracketed = (open: string, close: string, parts: fc.Arbitrary<readonly string[]>): fc.Arbitrary<string> =>
    fc
      .tuple(parts, mostly("| |  ", "\t"), mostly(",|, | , ", ",,"), mostly("", ","))
      .map(([inner, blank, comma, last]) => open + blank + inner.join(comma) + last + blank + close);
  const entry = fc.tuple(key, colon, tie("node")).map((parts) => parts.join(""));
  const unlike = { maxLength: 3, selector: (text: string) => text.replace(/:.*/, "") };
  return {
    node: fc.oneof({ depthSize: "small" }, { arbitrary: word, weight: 4 }, { arbitrary: tie("collection"), weight: 1 }),
    collection: fc.oneof(
      bracketed("[", "]", fc.array(tie("node"), { maxLength: 3 })),
      bracketed("{", "}", fc.uniqueArray(entry, unlike)),
    ),
  };
}).collection;

/** A literal or folded text: its header, and its lines. */
const blockText = fc
  .record({
    header: fc.tuple(fc.constantFrom("|", ">"), mostly("|-|+", "2|-1|x"), mostly("| | # why", "# no")),
    indent: fc.integer({ min: 1, max: 4 }),
    lines: fc.array(mostly("a|b c|%X% %Y%|# a|k: v|- x|'q|{a}|é| more|  most|a ||", "\t|😀"), {
      minLength: 1,
      maxLength: 5,
    }),
    blank: mostly("| ", "      "),
    after: fc.constantFrom([], [], [], [""], ["", ""], ["# why"], ["", " # why"]),
  })
  .map(({ header, indent, lines, blank, after }) => [
    ` ${header.join("")}`,
    ...lines.map((line) => (line === "" ? blank : " ".repeat(indent) + line)),
    ...after,
  ]);

const block = fc.letrec<{ lines: readonly string[] }>((tie) => {
  const scalar = fc.oneof(
    { arbitrary: fc.tuple(texts, tails).map(([text, tail]) => [` ${text}${tail}`]), weight: 8 },
    { arbitrary: fc.tuple(flow, tails).map(([text, tail]) => [` ${text}${tail}`]), weight: 2 },
    { arbitrary: blockText, weight: 2 },
  );
  const nested = fc
    .tuple(fc.constantFrom(0, 1, 2, 2, 2, 2, 2, 3, 4), tails, tie("lines"))
    .map(([step, tail, lines]) => [tail, ...lines.map((line) => " ".repeat(step) + line)]);
  const value = fc.oneof({ depthSize: "small" }, { arbitrary: scalar, weight: 3 }, { arbitrary: nested, weight: 2 });
  return {
    lines: fc.oneof(
      fc
        .uniqueArray(fc.tuple(keys, value), { minLength: 1, maxLength: 4, selector: ([key]) => key })
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

/** Files of several documents in which the same few blocks stand again and again, mostly alike. */
export const repeatingFile: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(block, { minLength: 1, maxLength: 2 }),
    fc.constantFrom(0, 1, 2, 2),
    fc.array(
      fc.record({
        which: fc.nat(1),
        deeper: fc.constantFrom(...Array<number>(15).fill(0), 1),
        isItem: fc.constantFrom(...Array<boolean>(9).fill(false), true),
        tail: fc.constantFrom(...Array<string>(15).fill(""), " ", " # why", "\n", "\n# why", "\n   # why"),
        // What follows may belong to the block.
        after: fc.constantFrom(
          ...Array<string>(10).fill(""),
          ..."x: 1\n|y:\n  z: 1\n|  x: 1\n|- x\n|  - x\n|    x\n|\n\n|# why\n".split("|"),
        ),
      }),
      { minLength: 6, maxLength: 12 },
    ),
    fc.constantFrom("\n", "\n", ""),
  )
  .map(([blocks, step, documents, end]) => {
    const texts = documents.map(({ which, deeper, isItem, tail, after }) => {
      const some = blocks[which % blocks.length] ?? [];
      const lines = [`${some[0]?.startsWith("-") === true ? "-" : "pad:"} ${"a".repeat(40)}`, ...some];
      const indent = " ".repeat(step + deeper + (isItem ? 2 : 0));
      const inner = lines.map((line) => (line === "" ? line : indent + line)).join("\n");
      return `${isItem ? "- " : ""}b:\n${inner}${tail}\n${after}`;
    });
    return texts.join("---\n").replace(/\n$/, end);
  });
