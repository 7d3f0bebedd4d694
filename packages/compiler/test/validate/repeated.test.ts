import { type Target, target } from "@meshlog/parser";
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { stringify } from "yaml";
import { checkFiles } from "../../src/check-files.ts";
import type { Diagnostic } from "../../src/diagnostics.ts";
import { BlockReader } from "../../src/source/block-reader.ts";
import { splitDocuments } from "../../src/source/split-documents.ts";
import type { Node } from "../../src/source/tree.ts";
import { randomPolicy } from "./random-policy.ts";

const releases: Target = target("kuma 2.5,2.12,2.14").value ?? { members: [] };

const examples = new URL("../../../../conformance/docs/examples/", import.meta.url);
const written = readdirSync(examples)
  .map((name) => readFileSync(new URL(name, examples), "utf8"))
  .filter((text) => text.includes(": MeshAccessLog\n") && !text.includes("\n---"));

const document = fc.oneof(
  randomPolicy.map((policy) => stringify(policy, { aliasDuplicateObjects: false })),
  fc.constantFrom(...written),
);

/** What is found, with places counted from an offset; a policy and its file go by the index of the document. */
function counted(diagnostics: readonly Diagnostic[], from: number): unknown {
  const text = JSON.stringify(diagnostics, (key, value: unknown) => {
    if ((key === "start" || key === "end") && typeof value === "number") return value - from;
    return key === "file" ? "" : value;
  });
  return JSON.parse(text);
}

function hasRepetition(node: Node | undefined): boolean {
  if (node === undefined || node.kind === "scalar") return false;
  return (
    node.original !== node || (node.kind === "map" ? node.entries : node.items).some((one) => hasRepetition(one.value))
  );
}

/** Checks documents in one file, and each alone; returns how many findings were compared. */
async function compare(documents: readonly string[], range: Target): Promise<number> {
  const text = documents.join("---\n");
  const together = await checkFiles([{ path: "all.yaml", content: text }], range);
  let found = 0;
  for (const [i, { start, end }] of splitDocuments(text).entries()) {
    const alone = await checkFiles([{ path: "one.yaml", content: text.slice(start, end) }], range);
    const own = together.diagnostics.filter((one) => one.start >= start && one.start < end);
    expect(counted(own, start), `document ${i} of\n${text}`).toEqual(counted(alone.diagnostics, 0));
    found += own.length;
  }
  return found;
}

/** A policy with a name of its own. */
const named = (text: string, i: number): string => text.replace(/^( *)name: .*$/m, `$1name: policy-${i}`);

it.each([
  "type: Plain\n            plain: 1",
  "type: Json\n            json: text of forty characters, or some more",
  "type: Json\n            JSON:\n            - key: a\n              value: '%PROTCOL%'",
  "type: Json\n            json:\n            - key: '%a\\b%'\n              value: '%KUMA_SOURCE_SERVICE%'\n            - key: a\n              value: 1",
])("says what is wrong in a format each time: %j", async (format) => {
  const file = `file:\n          path: /tmp/a.log\n          format:\n            ${format}`;
  const backend = `backends:\n      - type: File\n        ${file}`;
  const policy = `type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  targetRef:\n    kind: Mesh\n  from:\n  - targetRef:\n      kind: Mesh\n    default:\n      ${backend}\n`;
  for (const kuma of ["2.0.8", "2.0..main"]) {
    const range = target(`kuma ${kuma}`).value ?? { members: [] };
    expect(
      await compare(
        Array.from({ length: 5 }, (_, i) => named(policy, i)),
        range,
      ),
    ).toBeGreaterThan(4);
  }
});

// The same policies every time; 5,000 others were run once.
it("says of what stands several times in a file what it says of each alone", async () => {
  let [repeated, found] = [0, 0];
  await fc.assert(
    fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 3 }), async (some) => {
      const documents = Array.from({ length: 5 * some.length }, (_, i) => named(some[i % some.length] ?? "", i));
      const text = documents.join("---\n");
      const spans = splitDocuments(text);
      const reader = new BlockReader(text);
      repeated += spans.filter(({ start, end }) => hasRepetition(reader.read(start, end))).length;

      found += await compare(documents, releases);
    }),
    { numRuns: 60, seed: 3 },
  );
  expect(repeated).toBeGreaterThan(150);
  expect(found).toBeGreaterThan(1000);
});
