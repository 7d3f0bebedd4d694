import fc from "fast-check";

const node = fc.letrec<{ node: string; block: string }>((tie) => ({
  node: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom("a", "1", "'b'", '"c\\n"', "", "*x", "&x d", "!!str 1", "{}", "[]", "&x", "a b"),
    fc.array(tie("node"), { maxLength: 3 }).map((items) => `[${items.join(", ")}]`),
    fc
      .array(fc.tuple(fc.constantFrom("k", "'l'", '"m"', "<<", "1"), tie("node")), { maxLength: 3 })
      .map((entries) => `{${entries.map(([key, value]) => `${key}: ${value}`).join(", ")}}`),
  ),
  block: fc.oneof(
    { depthSize: "small" },
    tie("node").map((text) => ` ${text}`),
    fc.constantFrom(" |\n  a\n  b", " >-\n  a\n\n  b", " # comment\n  a", " &y\n  k: v", " !!map\n  k: v"),
    fc
      .array(tie("block"), { minLength: 1, maxLength: 3 })
      .map((items) => `\n${items.map((item) => indent(`-${item}`)).join("\n")}`),
    fc
      .array(fc.tuple(fc.constantFrom("k", "'l'", "? m\n", "<<", "&z n"), tie("block")), { minLength: 1, maxLength: 3 })
      .map((entries) => `\n${entries.map(([key, value]) => indent(`${key}:${value}`)).join("\n")}`),
  ),
}));

const indent = (text: string): string => text.replaceAll("\n", "\n  ");

/** A YAML document of random maps and lists, in block and flow style, with anchors, tags, merge keys, comments. */
export const randomDocument: fc.Arbitrary<string> = fc
  .tuple(node.block, fc.constantFrom("", "\ufeff", "# comment\n", "--- \n"), fc.boolean())
  .map(([text, before, crlf]) => {
    const lines = `${before}root:${indent(text)}\n`;
    return crlf ? lines.replaceAll("\n", "\r\n") : lines;
  });
