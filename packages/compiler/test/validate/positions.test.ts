import { check as checkFormat, defaultTarget as newest, parse } from "@meshlog/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import { load } from "../../src/source/load.ts";
import { formatPlaces } from "../../src/validate/format-places.ts";

/** Pieces of formats, most of them wrong; all that quoting and folding has to change is among them. */
const word = fc.constantFrom(
  "%PROTCOL%",
  "%REQ(A B)%",
  "%KUMA_MSEH%",
  "%KUMA_MESH%",
  "%DURATION(x)%",
  "50%",
  "it's",
  '"%NOPE%"',
  "\\%RSP(é)%",
  "😀%PROTCOL%😀",
  "%START_TIME(%Y-%m-%d)%",
);
const words = fc.array(word, { minLength: 1, maxLength: 5 });

const indent = " ".repeat(18);
const folded = (list: readonly string[], fold: boolean): string => list.join(fold ? `\n${indent}` : " ");
const escapeSome = (text: string): string =>
  Array.from(text)
    .map((character, i) => {
      if (character === '"' || character === "\\") return `\\${character}`;
      if (i % 3 !== 0 || character === "\n") return character;
      const code = character.codePointAt(0) ?? 0;
      return code > 0xffff ? `\\U${code.toString(16).padStart(8, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
    })
    .join("");

/** How words are written in each style; the first of a plain scalar may not be punctuation. */
const styles: Readonly<Record<string, (list: readonly string[], fold: boolean) => string>> = {
  plain: (list, fold) => folded(["x", ...list], fold),
  single: (list, fold) => `'${folded(list, fold).replaceAll("'", "''")}'`,
  double: (list, fold) => `"${folded(list.map(escapeSome), fold)}"`,
  literal: (list, fold) => `${fold ? "|-" : "|"}\n${indent}${list.join(`\n${indent}`)}`,
  folded: (list, fold) => `${fold ? ">-" : ">"}\n${indent}${folded(list, fold)}`,
};

interface Written {
  readonly text: string;
  readonly hasCrlf: boolean;
  readonly hasMark: boolean;
}

/** A policy with the scalar as its format. */
function policy(scalar: string, { hasCrlf, hasMark }: Omit<Written, "text">): string {
  const text = `# 😀
type: MeshAccessLog
mesh: default
name: a
spec:
  rules:
    - default:
        backends:
          - type: File
            file:
              path: /dev/stdout
              format:
                type: Plain
                plain: ${scalar}
`;
  return (hasMark ? "\ufeff" : "") + (hasCrlf ? text.replaceAll("\n", "\r\n") : text);
}

function formatOf(content: string): string {
  const { value } = load([{ path: "a.yaml", content }]);
  const [resource] = value.resources;
  const [place] = resource?.spec === undefined ? [] : formatPlaces(resource.spec);
  if (place === undefined) throw new Error(`no format in ${content}`);
  return place.node.text;
}

describe("what stands at the reported characters of the file is what the finding is about", () => {
  it.each(Object.entries(styles))("%s", (_, write) => {
    fc.assert(
      fc.property(words, fc.boolean(), fc.boolean(), fc.boolean(), (list, fold, hasCrlf, hasMark) => {
        const content = policy(write(list, fold), { hasCrlf, hasMark });
        const format = formatOf(content);
        const inFormat = checkFormat(parse(`${format}\n`), newest).diagnostics;
        const { value } = load([{ path: "a.yaml", content }]);
        const inFile = check(value, newest).diagnostics.filter(({ code }) => code.startsWith("format/"));
        const expected = inFormat.filter(({ code }) => code.startsWith("format/"));
        expect(inFile.map(({ code }) => code)).toEqual(expected.map(({ code }) => code));
        for (const [i, { start, end }] of inFile.entries()) {
          const there = expected[i] ?? { start: 0, end: 0 };
          // What ends with the text ends before the line break that a block scalar has after its last line.
          if (there.end >= format.length) continue;
          const changed = formatOf(`${content.slice(0, start)}X${content.slice(end)}`);
          expect(changed).toBe(`${format.slice(0, there.start)}X${format.slice(there.end)}`);
        }
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

it("a fix in any style mends the finding", () => {
  const style = fc.constantFrom(...Object.values(styles));
  fc.assert(
    fc.property(style, words, fc.boolean(), fc.boolean(), (write, list, fold, hasCrlf) => {
      const content = policy(write(list, fold), { hasCrlf, hasMark: false });
      const found = (text: string): readonly string[] =>
        check(load([{ path: "a.yaml", content: text }]).value, newest).diagnostics.flatMap(({ code, message }) =>
          code === "format/unreplaced-kuma-operator" ? [message] : [],
        );
      const [first] = check(load([{ path: "a.yaml", content }]).value, newest).diagnostics.filter(
        ({ code }) => code === "format/unreplaced-kuma-operator",
      );
      const [edit] = first?.fixes?.[0]?.edits ?? [];
      if (edit === undefined) return;
      const mended = content.slice(0, edit.start) + edit.text + content.slice(edit.end);
      expect(found(mended)).toHaveLength(found(content).length - 1);
    }),
    { numRuns: 300, seed: 1 },
  );
});
