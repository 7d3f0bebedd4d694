import { indexLines } from "../../source/positions.ts";
import { diagnosticJson } from "./diagnostic-json.ts";
import { portions } from "./in-pieces.ts";
import type { Reporter } from "./report.ts";

/** The document that other programs read: `meshlog check --format json`. */
export const jsonReporter: Reporter = function* ({ target, diagnostics, files, summary }, { site }) {
  const lines = new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  const unique = (names: readonly (string | undefined)[]): readonly string[] => [
    ...new Set(names.flatMap((name) => name ?? [])),
  ];
  const targets = {
    kuma: unique(target.members.map(({ kuma }) => kuma?.name)),
    envoy: unique(target.members.map(({ envoy }) => envoy.name)),
  };
  const before = `{\n  "meshlog": 1,\n  "targets": ${inside(targets)},\n  "diagnostics": [`;
  const after = `],\n  "summary": ${inside(summary)}\n}\n`;
  // For many releases the document may be longer than a text can be.
  let separator = before;
  for (const some of portions(diagnostics)) {
    const documents = some.map((diagnostic) => diagnosticJson(diagnostic, lines.get(diagnostic.file) ?? [0], site));
    yield separator + inside(documents).slice("[".length, -"\n  ]".length);
    separator = ",";
  }
  yield diagnostics.length === 0 ? before + after : `\n  ${after}`;
};

/** A value as JSON, indented as what stands in the document. */
function inside(value: object): string {
  return JSON.stringify([value], null, 2).slice("[\n  ".length, -"\n]".length);
}
