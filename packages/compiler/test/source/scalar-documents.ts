import fc from "fast-check";
import type { ScalarStyle } from "../../src/source/scalar-token.ts";

/** A document `k: …` whose value is a scalar of a style, somewhere in maps and lists, with LF or CRLF. */
export interface ScalarDocument {
  readonly style: ScalarStyle;
  readonly text: string;
}

const indentOf = (depth: number): string => " ".repeat(2 * depth);

/** Letters, marks of format strings, an astral character; nothing that ends a plain scalar. */
const word = fc.stringMatching(/^[a-z][a-zA-Z0-9%()é😀[\]"'\\]{0,5}$/u).map((text) => text.replace(/[[\]]$/, "x"));
const blanks = fc.stringMatching(/^[ \t]{0,2}$/);

/** Words with a single blank, or one or more line breaks with blanks around, between them. */
const folded = (words: fc.Arbitrary<string>, depth: number): fc.Arbitrary<string> => {
  const indent = indentOf(depth + 1);
  const fold = fc
    .tuple(blanks, fc.array(blanks, { maxLength: 2 }), blanks)
    .map(([before, empty, after]) => `${before}\n${empty.map((line) => `${line}\n`).join("")}${indent}${after}`);
  const gap = fc.oneof({ weight: 3, arbitrary: fc.constant(" ") }, { weight: 1, arbitrary: fold });
  return fc
    .array(fc.tuple(words, gap), { minLength: 1, maxLength: 6 })
    .map((pieces) => pieces.map(([text, space], i) => text + (i < pieces.length - 1 ? space : "")).join(""));
};

const singleWord = fc.oneof(word, fc.constant(""), fc.constant("# a: {b}, ")).map((text) => text.replaceAll("'", "''"));

const escape = fc.constantFrom(
  "\\n",
  "\\t",
  '\\"',
  "\\\\",
  "\\x41",
  "\\u00e9",
  "\\U0001F600",
  "\\e",
  "\\ ",
  "\\_",
  "\\L",
  "\\0",
);
const escapedBreak = (depth: number): fc.Arbitrary<string> =>
  blanks.map((after) => `x\\\n${indentOf(depth + 1)}${after}y`);
const doubleWord = (depth: number): fc.Arbitrary<string> =>
  fc.oneof(
    word.map((text) => text.replace(/["\\]/g, "\\$&")),
    escape,
    escapedBreak(depth),
    fc.constant("# a: {b}, "),
  );

const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom("", "", "", " ", "  ", "\t"), word, blanks).map((parts) => parts.join("")),
  },
  { weight: 1, arbitrary: fc.constant("# not a comment: %DURATION%") },
);
const emptyLine = fc.constantFrom("", " ", "  ");

const block = (depth: number): fc.Arbitrary<string> =>
  fc
    .record({
      chomping: fc.constantFrom("", "-", "+"),
      indicator: fc.integer({ min: 1, max: 3 }),
      explicit: fc.boolean(),
      comment: fc.constantFrom("", " ", " # comment | >"),
      first: line,
      lines: fc.array(
        fc.oneof(
          line,
          emptyLine.map((spaces) => ({ spaces })),
        ),
        { maxLength: 6 },
      ),
      leading: fc.array(fc.constant(""), { maxLength: 2 }),
      trailing: fc.array(emptyLine, { maxLength: 2 }),
    })
    .map(({ chomping, indicator, explicit, comment, first, lines, leading, trailing }) => {
      const indent = indentOf(depth) + " ".repeat(indicator);
      const body = [explicit ? first : first.trimStart(), ...lines].map((content) =>
        typeof content === "string" ? indent + content : content.spaces.slice(0, indent.length),
      );
      const header = `${explicit ? indicator : ""}${chomping}${comment}`;
      return [header, ...leading, ...body, ...trailing].join("\n");
    });

const written: Readonly<Record<ScalarStyle, (depth: number) => fc.Arbitrary<string>>> = {
  plain: (depth) => folded(word, depth),
  single: (depth) => folded(singleWord, depth).map((text) => `'${text}'`),
  double: (depth) => folded(doubleWord(depth), depth).map((text) => `"${text}"`),
  literal: (depth) => block(depth).map((text) => `|${text}`),
  folded: (depth) => block(depth).map((text) => `>${text}`),
};

/** How deep in maps the scalar stands, what is around it, what comes before and after it. */
export const scalarDocument = (style: ScalarStyle): fc.Arbitrary<ScalarDocument> =>
  fc
    .record({
      depth: fc.integer({ min: 0, max: 2 }),
      properties: fc.constantFrom("", "", "&a ", "!!str ", "&a !!str "),
      after: fc.constantFrom("\n", "\nz: 1\n", "\n# comment\n"),
      crlf: fc.boolean(),
    })
    .chain(({ depth, properties, after, crlf }) =>
      written[style](depth).map((scalar) => {
        const path = Array.from({ length: depth }, (_, i) => `${indentOf(i)}k:\n`).join("");
        const text = `${path}${indentOf(depth)}k: ${properties}${scalar}${after}`;
        return { style, text: crlf ? text.replaceAll("\n", "\r\n") : text };
      }),
    );
