import type { Diagnostic } from "../../../diagnostics.ts";
import { indexLines, type LineIndex, positionAt } from "../../../source/positions.ts";
import { diagnosticJson } from "../diagnostic-json.ts";
import type { MigrationReport } from "./pretty.ts";

/**
 * What other programs read: the edits of each file; why something stays as it is, with its place in the file as it was;
 * what there is to say about the migrated files, with its place in these; and the proxies that log otherwise.
 */
export function migrationJson(report: MigrationReport, refusals: readonly Diagnostic[]): string {
  const { from, to, before, migration, changes, proxies, diagnostics } = report;
  const lines = (files: MigrationReport["before"]["files"]): ReadonlyMap<string, LineIndex> =>
    new Map(files.map(({ path, text }) => [path, indexLines(text)]));
  const [old, now] = [lines(before.files), lines(migration.bundle.files)];
  const document = {
    meshlog: 1,
    from: from.name,
    to: to.name,
    rewritten: Object.fromEntries(migration.rewritten),
    files: migration.files.map(({ path, edits }) => {
      const place = (offset: number): object => ({ ...positionAt(old.get(path) ?? [0], offset), offset });
      return {
        file: path,
        edits: edits.map(({ start, end, text }) => ({ start: place(start), end: place(end), text })),
      };
    }),
    left: refusals.map((one) => diagnosticJson(one, old.get(one.file) ?? [0])),
    diagnostics: diagnostics.map((one) => diagnosticJson(one, now.get(one.file) ?? [0])),
    proxies: { all: proxies, otherwise: changes.map(({ mesh, name }) => ({ mesh, name })) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}
