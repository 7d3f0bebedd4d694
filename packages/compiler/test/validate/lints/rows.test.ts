import { target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.ts";
import type { Diagnostic } from "../../../src/diagnostics.ts";
import { exampleBundle } from "../../../src/explain/run-example.ts";
import { type Code, messages } from "../../../src/messages.ts";
import { load } from "../../../src/source/load.ts";
import { suppress } from "../../../src/suppressions/suppress.ts";

/** The release that a row's examples are for, where it is not the newest. */
const releases: Readonly<Partial<Record<Code, string>>> = {
  "format/empty-logger": "2.13",
  "generate/backend": "2.10",
  "generate/endpoint": "2.13",
  "generate/format-member": "2.12",
  "lint/ignored-traffic-log": "main",
  "lint/omit-empty-text": "2.5",
  "lint/other-backend": "2.12",
  "lint/selects-nothing": "2.2",
};

function find(example: string, code: Code): { readonly all: readonly Diagnostic[]; readonly text: string } {
  const text = exampleBundle(example);
  const releasesWanted = target(`kuma ${releases[code] ?? "2.14"}`).value;
  if (releasesWanted === undefined) throw new Error(code);
  const loaded = load([{ path: "a.yaml", content: text }]);
  const found = [...loaded.diagnostics, ...check(loaded.value, releasesWanted).diagnostics];
  const { value, diagnostics } = suppress(loaded.value.files, found);
  return { all: [...value, ...diagnostics], text };
}

const rows = (Object.keys(messages) as Code[]).flatMap((code) => {
  const { bad } = messages[code];
  return bad === undefined ? [] : [{ code, bad }];
});

describe("a fix mends what it is for and nothing else", () => {
  it.each(rows.filter(({ code, bad }) => find(bad, code).all.some((found) => found.code === code && found.fixes)))(
    "$code",
    ({ code, bad }) => {
      const { all, text } = find(bad, code);
      const [fix] = all.find((found) => found.code === code)?.fixes ?? [];
      const mended = [...(fix?.edits ?? [])]
        .sort((a, b) => b.start - a.start)
        .reduce((before, edit) => before.slice(0, edit.start) + edit.text + before.slice(edit.end), text);
      const after = find(mended, code).all.map((found) => found.code);
      expect(after).toEqual(all.map((found) => found.code).filter((found) => found !== code));
    },
  );
});
