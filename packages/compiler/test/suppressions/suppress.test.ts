import { defaultTarget } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../src/check.ts";
import { load } from "../../src/source/load.ts";
import { suppress } from "../../src/suppressions/suppress.ts";

const head =
  "type: MeshAccessLog\nname: a\nspec:\n  rules:\n  - default:\n      backends:\n      - type: File\n        file:\n          path: /dev/stdout\n          format:\n            type: Plain\n";

/** The codes that remain, and those of what is wrong with the comments with what they underline. */
function heard(text: string): { readonly codes: readonly string[]; readonly wrong: readonly string[] } {
  const loaded = load([{ path: "a.yaml", content: text }]);
  const all = [...loaded.diagnostics, ...check(loaded.value, defaultTarget).diagnostics];
  const { value, diagnostics } = suppress(loaded.value.files, all);
  return {
    codes: value.map(({ code }) => code),
    wrong: diagnostics.map(({ code, start, end }) => `${code} ${text.slice(start, end)}`),
  };
}

const constant = "lint/constant-format";
const newline = "lint/trailing-newline";

describe("a comment silences what begins in the line below it", () => {
  it.each<[string, string]>([
    ["a plain scalar", `# meshlog-disable-next-line ${constant} -- why\n            plain: word\n`],
    [
      "with other comments between",
      `# meshlog-disable-next-line ${constant} -- why\n\n            # more\n            plain: word\n`,
    ],
    [
      "with one comment for each code",
      `# meshlog-disable-next-line ${constant} -- why\n            # meshlog-disable-next-line ${newline} -- why\n            plain: "word\\n"\n`,
    ],
    ["several codes", `# meshlog-disable-next-line ${constant}, ${newline} -- why\n            plain: "word\\n"\n`],
    [
      "several codes without commas",
      `#meshlog-disable-next-line ${constant} ${newline} --  why -- so\n            plain: "word\\n"\n`,
    ],
    [
      "a value in a line of its own",
      `plain:\n              # meshlog-disable-next-line ${constant} -- why\n              word\n`,
    ],
    [
      "behind something else",
      `omitEmptyValues: false # meshlog-disable-next-line ${constant} -- why\n            plain: word\n`,
    ],
    ["lines that end in CR LF", `# meshlog-disable-next-line ${constant} -- why\r\n            plain: word\r\n`],
    ["the last line of a file", `# meshlog-disable-next-line ${constant} -- why\n            plain: word`],
  ])("%s", (_, format) => {
    expect(heard(head + "            " + format)).toEqual({ codes: [], wrong: [] });
  });

  it.each<[string, string]>([
    ["in its later lines", `plain: |-\n              %START_TIME%\n              %START_TIME(%E12S)%\n`],
    ["that is folded", `plain: >- # a header\n              %START_TIME%\n\n              %START_TIME(%E12S)%\n`],
    ["in quotes", `plain: "%START_TIME%\n              %START_TIME(%E12S)%"\n`],
    ["that is plain", `plain: a %START_TIME%\n              %START_TIME(%E12S)%\n`],
  ])("and in a scalar that begins there, %s", (_, format) => {
    const text = `${head}            ${format}`;
    expect(heard(text).codes).toEqual(["lint/stale-digits"]);
    const comment = "            # meshlog-disable-next-line lint/stale-digits -- why\n";
    expect(heard(head + comment + "            " + format)).toEqual({ codes: [], wrong: [] });
  });
});

describe("nothing is silenced", () => {
  it.each<[string, string, readonly string[], readonly string[]]>([
    [
      "without a reason",
      `# meshlog-disable-next-line ${constant}\n            plain: word\n`,
      [constant],
      [`lint/suppression-reason # meshlog-disable-next-line ${constant}`],
    ],
    [
      "with an empty reason",
      `# meshlog-disable-next-line ${constant} -- \n            plain: word\n`,
      [constant],
      [`lint/suppression-reason # meshlog-disable-next-line ${constant} -- `],
    ],
    [
      "that Envoy refuses",
      "# meshlog-disable-next-line format/unknown-operator -- why\n            plain: '%PROTCOL%'\n",
      ["format/unknown-operator"],
      ["lint/wrong-suppression format/unknown-operator"],
    ],
    [
      "that Kuma refuses",
      "# meshlog-disable-next-line policy/invalid -- why\n            plain: ''\n",
      ["policy/invalid"],
      ["lint/wrong-suppression policy/invalid"],
    ],
    [
      "by a code that there is not",
      `# meshlog-disable-next-line lint/constant -- why\n            plain: word\n`,
      [constant],
      ["lint/wrong-suppression lint/constant"],
    ],
    [
      "without a code",
      `# meshlog-disable-next-line -- why\n            plain: word\n`,
      [constant],
      ["lint/wrong-suppression # meshlog-disable-next-line -- why"],
    ],
    [
      "by another word",
      `# meshlog-disable-line ${constant} -- why\n            plain: word\n`,
      [constant],
      ["lint/wrong-suppression meshlog-disable-line"],
    ],
    [
      "two lines below",
      `# meshlog-disable-next-line ${constant} -- why\n            omitEmptyValues: false\n            plain: word\n`,
      [constant],
      [`lint/unused-suppression ${constant}`],
    ],
    [
      "of another code",
      `# meshlog-disable-next-line ${newline}, ${constant} -- why\n            plain: word\n`,
      [],
      [`lint/unused-suppression ${newline}`],
    ],
    [
      "by a text that only looks like a comment",
      `plain: 'word # meshlog-disable-next-line ${constant} -- why'\n`,
      [constant],
      [],
    ],
    [
      "by the content of a block scalar",
      `plain: |-\n              # meshlog-disable-next-line ${constant} -- why\n              word\n`,
      [constant],
      [],
    ],
    ["by a comment about the comment", `# see meshlog-disable-next-line\n            plain: word\n`, [constant], []],
  ])("%s", (_, format, codes, wrong) => {
    expect(heard(head + "            " + format)).toEqual({ codes, wrong });
  });

  it("below the end of the document", () => {
    const text = `type: Mesh\nname: default\n# meshlog-disable-next-line ${constant} -- why\n---\n${head}            plain: word\n`;
    expect(heard(text)).toEqual({ codes: [constant], wrong: [`lint/unused-suppression ${constant}`] });
  });
});

it("a comment in a file that cannot be read whole still counts for its document", () => {
  const text = `a: [\n---\n${head}            # meshlog-disable-next-line ${constant} -- why\n            plain: word\n`;
  expect(heard(text)).toEqual({ codes: ["io/yaml"], wrong: [] });
});

it("many comments cost no more each than few", () => {
  const comments = `            # meshlog-disable-next-line ${constant} -- why\n`.repeat(20_000);
  const { codes, wrong } = heard(`${head}${comments}            plain: word\n`);
  expect(codes).toEqual([]);
  expect(wrong).toEqual([]);
});
