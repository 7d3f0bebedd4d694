import { target } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { check } from "../../../src/check.ts";
import type { Diagnostic } from "../../../src/diagnostics.ts";
import { type Code, messages } from "../../../src/messages.ts";
import { load } from "../../../src/source/load.ts";

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

/** A row's example: resources, the spec of a policy, or a backend in its rules. */
function bundleOf(example: string): string {
  const indent = (by: number): string => example.replaceAll(/^(?=.)/gm, " ".repeat(by));
  if (/^type: Mesh(?:AccessLog|ProxyPatch)?$|^type: (?:TrafficLog|Dataplane)/m.test(example)) return example;
  const head = "type: MeshAccessLog\nmesh: default\nname: a\nspec:\n";
  if (/^(?:to|from|rules|targetRef):/.test(example)) return head + indent(2);
  return `${head}  rules:\n    - default:\n        backends:\n          - ${indent(12).trimStart()}`;
}

function find(example: string, code: Code): { readonly all: readonly Diagnostic[]; readonly text: string } {
  const text = bundleOf(example);
  const releasesWanted = target(`kuma ${releases[code] ?? "2.14"}`).value;
  if (releasesWanted === undefined) throw new Error(code);
  const loaded = load([{ path: "a.yaml", content: text }]);
  return { all: [...loaded.diagnostics, ...check(loaded.value, releasesWanted).diagnostics], text };
}

const rows = (Object.keys(messages) as Code[]).flatMap((code) => {
  const { bad, good } = messages[code];
  return bad === undefined || good === undefined || code === "lint/duplicate-key" ? [] : [{ code, bad, good }];
});

describe("the examples of each row have the finding, and do not have it", () => {
  it.each(rows)("$code", ({ code, bad, good }) => {
    expect(find(bad, code).all.map((found) => found.code)).toContain(code);
    expect(find(good, code).all.map((found) => found.code)).not.toContain(code);
  });
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

it("every lint of a policy says what is wrong and what is right", () => {
  const without = (Object.keys(messages) as Code[]).filter(
    (code) => /^(?:lint|generate)\//.test(code) && messages[code].bad === undefined,
  );
  expect(without).toEqual(["lint/unknown-field", "lint/field-case", "lint/absent-mesh"]);
});
