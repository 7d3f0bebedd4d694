import { indexLines } from "../../source/positions.ts";
import { diagnosticJson } from "./diagnostic-json.ts";
import type { Reporter } from "./report.ts";

/** The document that other programs read: `meshlog check --format json`. */
export const jsonReporter: Reporter = ({ target, diagnostics, files, summary }, { site }) => {
  const lines = new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  const unique = (names: readonly (string | undefined)[]): readonly string[] => [
    ...new Set(names.flatMap((name) => name ?? [])),
  ];
  const document = {
    meshlog: 1,
    targets: {
      kuma: unique(target.members.map(({ kuma }) => kuma?.name)),
      envoy: unique(target.members.map(({ envoy }) => envoy.name)),
    },
    diagnostics: diagnostics.map((diagnostic) => diagnosticJson(diagnostic, lines.get(diagnostic.file) ?? [0], site)),
    summary,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};
