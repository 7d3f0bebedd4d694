import { describe, expect, it } from "vitest";
import { read, shown } from "./read.ts";

const errors = (text: string): readonly string[] =>
  read(text).diagnostics.map((diagnostic) => shown(text, diagnostic).replace("Kuma cannot read this YAML: ", ""));

describe("an error says where it is and what to write", () => {
  it.each([
    ["k: %START_TIME%\n", "io/yaml 1:4 a text that starts with % must be quoted: '%…'."],
    ["k: @x\n", "io/yaml 1:4 a text that starts with @ or ` must be quoted."],
    ["a: 1\nk: a: b\n", "io/yaml 2:4 a value that holds `: ` must be quoted."],
    ["k:\n\t- a\n", "io/yaml 2:1 tabs do not indent in YAML; use spaces."],
    [
      "k: 'a\nb: 1\n",
      "io/yaml 1:4 a text in single quotes is not closed, or its next line is not indented; put ' where it ends (a ' inside is written '').",
    ],
    [
      'k: "\\d+"\n',
      "io/yaml 1:5 there is no such escape in double quotes; write \\\\ for a backslash, or use single quotes.",
    ],
    ["k: [a, b\n", "io/yaml 2:1 a [ is not closed, or its next line is not indented; put ] where the list ends."],
    ["k: *a\n", "io/yaml 1:4 nothing before it is anchored &a, so there is nothing to put here."],
    ["k: &a [*a]\n", "io/yaml 1:8 the alias *a stands inside its own anchor, so there is nothing to put here."],
    ["a: 1\n  b: 2\n", "io/yaml 1:4 a value that holds `: ` must be quoted."],
    [
      "? [a]\n: b\n",
      "io/yaml 1:3 the key of an entry is a list, and Kuma knows only text, numbers and booleans as keys.",
    ],
    ["<<: 1\n", "io/yaml 1:5 a merge key (<<) takes a map or a list of maps."],
    ["k: !!int a\n", "io/yaml 1:10 `a` is not what its tag !!int says."],
    ["k: .inf\n", "io/yaml 1:4 JSON has no number .inf; quote it if it is a text."],
    [
      "k: a\u0001\n",
      "io/yaml 1:5 the control character U+0001 stands in it; in double quotes it can be written as an escape.",
    ],
  ])("%j", (text, error) => {
    expect(errors(text)[0]).toBe(error);
  });

  it("reports every line with an error, each once", () => {
    const text = "a: %A%\nb: @b\nc: fine\nd: `x` y: z\n---\ne: %E%\n";
    expect(errors(text).map((error) => error.split(" ")[1])).toEqual(["1:4", "2:4", "4:4", "6:4"]);
  });

  it("reads the documents around a broken one", () => {
    const { roots, diagnostics } = read("a: 1\n---\nb: 'x\n---\nc: 3\n");
    expect(roots.map((root) => root?.kind === "map" && root.entries[0]?.name)).toEqual(["a", "b", "c"]);
    expect(diagnostics).toHaveLength(1);
  });

  it("makes what it can of a broken document", () => {
    const [root] = read("a: 1\nplain: %KU\nb: 2\n").roots;
    expect(
      root?.kind === "map" && root.entries.map(({ name, value }) => [name, value.kind === "scalar" && value.text]),
    ).toEqual([
      ["a", "1"],
      ["plain", "%KU"],
      ["b", "2"],
    ]);
  });
});

describe("a template", () => {
  it("is one note for the file", () => {
    const text = "a: {{ .Values.a }}\n---\nb: 1\n---\n{{- if .x }}\nc: 1\n{{- end }}\n";
    expect(errors(text)).toEqual([
      "io/template 1:4 This looks like a template; run it through its template engine and check what comes out.",
    ]);
  });

  it("is none if it is YAML as it stands", () => {
    expect(errors("a: '{{ .Values.a }}'\n")).toEqual([]);
  });

  it("does not excuse an error in a document without templates", () => {
    expect(errors("a: {{ .Values.a }}\n---\nb: %B%\n").map((error) => error.split(" ")[0])).toEqual([
      "io/template",
      "io/yaml",
    ]);
  });
});
