import { defaultTarget, target, type Target } from "@meshlog/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify, type ToStringOptions } from "yaml";
import { check } from "../../../src/check.ts";
import { compile } from "../../../src/compile.ts";
import { mend, type MendedFiles } from "../../../src/cli/fixes/mend.ts";
import { applyFixes } from "../../../src/cli/fixes/safe-fixes.ts";
import type { Diagnostic } from "../../../src/diagnostics.ts";
import { identityOf, load } from "../../../src/source/load.ts";
import type { SourceFile } from "../../../src/source/source-file.ts";
import { suppress } from "../../../src/suppressions/suppress.ts";
import { randomPolicy } from "../../validate/random-policy.ts";

function judge(sources: readonly SourceFile[], releases: Target): ReturnType<Parameters<typeof mend>[1]> {
  const { value: bundle, diagnostics: unread } = load(sources);
  const { value, diagnostics } = suppress(bundle.files, [...unread, ...check(bundle, releases).diagnostics]);
  return Promise.resolve({ files: bundle.files, diagnostics: [...value, ...diagnostics] });
}

const mendFiles = (sources: readonly SourceFile[], releases: Target = defaultTarget): Promise<MendedFiles> =>
  mend(sources, (files) => judge(files, releases));

async function mendText(
  text: string,
  releases?: Target,
): Promise<{ readonly text: string; readonly codes: readonly string[] }> {
  const { changed, mendings } = await mendFiles([{ path: "a.yaml", content: text }], releases);
  return { text: changed[0]?.text ?? text, codes: mendings.map(({ code }) => code) };
}

const policy = (backends: string): string =>
  `type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n${backends}`;

describe("what is safe is mended", () => {
  it.each<[string, string, string, readonly string[], string?]>([
    [
      "the same operator by a name that the release knows",
      "          - type: File\n            file: {path: /a, format: {type: Plain, plain: '%REQUEST_HEADER(A)%'}}\n",
      "          - type: File\n            file: {path: /a, format: {type: Plain, plain: '%REQ(A)%'}}\n",
      ["format/newer-operator"],
      "2.12",
    ],
    [
      "what Kuma passes over, but not the comment on what follows",
      "          - type: File\n            # a sink\n            tcp:\n              # its address\n              address: a:1\n            # the file\n            file:\n              path: /a\n",
      "          - type: File\n            # a sink\n            # the file\n            file:\n              path: /a\n",
      ["lint/unused-backend"],
    ],
    [
      "in rounds, where one change shows the next",
      "          - type: File\n            file:\n              path: /a\n              format:\n                type: Plain\n                # meshlog-disable-next-line lint/trailing-newline, lint/stale-digits -- why\n                plain: '%PROTOCOL%'\n",
      "          - type: File\n            file:\n              path: /a\n              format:\n                type: Plain\n                plain: '%PROTOCOL%'\n",
      ["lint/unused-suppression", "lint/unused-suppression"],
    ],
  ])("%s", async (_, before, after, codes, kuma) => {
    const releases = kuma === undefined ? undefined : target({ kuma }).value;
    expect(await mendText(policy(before), releases)).toEqual({ text: policy(after), codes });
  });
});

describe("what is a guess is left to people", () => {
  it.each([
    ["a misspelt operator", "%PROTCOL%"],
    ["a lone percent sign", "100% PROTOCOL"],
    ["a header too many", "%REQ(A?B?C)%"],
  ])("%s", async (_, format) => {
    const text = policy(
      `          - type: File\n            file: {path: /a, format: {type: Plain, plain: '${format}'}}\n`,
    );
    expect(await mendText(text)).toEqual({ text, codes: [] });
  });
});

describe("edits", () => {
  const fixOf = (
    ...edits: readonly (readonly [number, number, string])[]
  ): Parameters<typeof applyFixes>[1][number] => {
    const diagnostic: Diagnostic = {
      code: "x",
      severity: "error",
      message: "",
      file: "a",
      start: 0,
      end: 0,
      affects: [],
    };
    return { diagnostic, fix: { title: "", edits: edits.map(([start, end, text]) => ({ start, end, text })) } };
  };

  it.each([
    ["in any order", [fixOf([4, 5, "X"]), fixOf([0, 1, "Y"])], "Y123X5"],
    ["all of a fix or none", [fixOf([1, 3, "X"]), fixOf([0, 0, "Y"], [2, 4, "Z"])], "Y01Z45"],
    ["the first of two that meet", [fixOf([1, 3, "X"]), fixOf([2, 4, "Y"])], "0X345"],
    ["the first of two at one place", [fixOf([1, 1, "X"]), fixOf([1, 1, "Y"])], "0X12345"],
    ["none that meets itself", [fixOf([1, 3, "X"], [2, 4, "Y"])], "012345"],
  ] as const)("%s", (_, fixes, after) => {
    expect(applyFixes("012345", fixes).text).toBe(after);
  });
});

it("a change after which the file reads otherwise is not made", async () => {
  const text = policy("          - type: File\n            file: {path: /a}\n");
  const breaking: Diagnostic = {
    ...{ code: "lint/unused-json", severity: "warning", message: "", file: "a.yaml", start: 0, end: 4, affects: [] },
    fixes: [{ title: "Break it", edits: [{ start: 0, end: 4, text: "[" }] }],
  };
  const found = await mend([{ path: "a.yaml", content: text }], (sources) =>
    Promise.resolve({ files: load(sources).value.files, diagnostics: [breaking] }),
  );
  expect(found.changed).toEqual([]);
});

/** Policies with what has a safe fix in them, in the layouts that YAML has. */
const messyPolicy = fc
  .tuple(
    randomPolicy,
    fc.array(
      fc.record({
        plain: fc.constantFrom("%PROTOCOL%\n", "%PROTOCOL%\n\n", "a %REQ(A )%\n", "%REQUEST_HEADER(A)%", "b"),
        json: fc.array(
          fc.record({ key: fc.constantFrom("a", "b"), value: fc.constantFrom("%PROTOCOL%", "%REQ( A)%") }),
          { maxLength: 3 },
        ),
      }),
      { maxLength: 3 },
    ),
    fc.constantFrom("BLOCK_LITERAL", "BLOCK_FOLDED", "QUOTE_DOUBLE", "PLAIN" as const),
    fc.constantFrom(undefined, "flow"),
    fc.constantFrom("2.14", "2.9", "2.5", "2.9..2.14"),
    fc.boolean(),
    fc.constantFrom({ intValue: 5 }, { stringValue: "%PROTOCOL%" }),
  )
  .map(([random, formats, style, flow, kuma, withComments, body]) => {
    const backends = formats.map(({ plain, json }) => ({
      ...{ type: "File", tcp: { address: "a:1" } },
      file: { path: "/a", format: { type: "Plain", plain, json } },
    }));
    const rules = [{ default: { backends: [...backends, { type: "OpenTelemetry", openTelemetry: { endpoint: "a:1", body } }] } }]; // prettier-ignore
    const options: ToStringOptions = {
      defaultStringType: style,
      defaultKeyType: "PLAIN",
      collectionStyle: flow ?? "any",
    };
    const text = [random, { type: "MeshAccessLog", mesh: "m", name: "b", spec: { rules } }]
      .map((document) => stringify(document, options))
      .join("---\n");
    const comment = "# meshlog-disable-next-line lint/unused-json, lint/duplicate-field -- why\n";
    return {
      kuma,
      text: withComments
        ? text.replaceAll(/^ *(?=plain|json|- key)/gm, (blanks) => `${blanks}${comment}${blanks}`)
        : text,
    };
  });

describe("of any policy", () => {
  const resourcesOf = (text: string): unknown =>
    load([{ path: "a.yaml", content: text }]).value.resources.map(identityOf);
  const unreadable = (text: string): unknown =>
    load([{ path: "a.yaml", content: text }]).diagnostics.filter(({ severity }) => severity === "error");

  it("mending leaves nothing to mend, the same resources, and nothing unreadable", async () => {
    let mended = 0;
    await fc.assert(
      fc.asyncProperty(messyPolicy, async ({ kuma, text }) => {
        const releases = target({ kuma }).value ?? defaultTarget;
        const once = await mendText(text, releases);
        mended += once.codes.length;
        expect(await mendText(once.text, releases)).toEqual({ text: once.text, codes: [] });
        expect(resourcesOf(once.text)).toEqual(resourcesOf(text));
        expect(unreadable(once.text)).toHaveLength((unreadable(text) as unknown[]).length);
      }),
      { numRuns: 200 },
    );
    expect(mended).toBeGreaterThan(100);
  });

  it("what is logged stays what it was, but for empty lines, where Envoy took it", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(messyPolicy, async ({ text }) => {
        const { text: after, codes } = await mendText(text);
        if (codes.length === 0 || codes.some((code) => code.startsWith("format/"))) return;
        const before = loggedBy(text);
        for (const [name, loggers] of loggedBy(after)) {
          // A policy may be accepted only now, since what Kuma passes over has to be right too.
          if (!before.has(name)) continue;
          expect(loggers).toBe(before.get(name));
          compared++;
        }
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(10);
  });
});

/** What each policy that Kuma accepts becomes, by its name; how many line breaks end a line does not count. */
function loggedBy(text: string): ReadonlyMap<string, string> {
  const newest = defaultTarget.members[0]?.kuma;
  if (newest === undefined) throw new Error("the default target is a Kuma");
  const { policies } = compile(load([{ path: "a.yaml", content: text }]).value, newest).value;
  return new Map(policies.map((policy) => [policy.name, JSON.stringify(policy).replaceAll(/(?:\\n)+"/g, '\\n"')]));
}
