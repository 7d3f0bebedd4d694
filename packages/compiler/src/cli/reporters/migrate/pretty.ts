import type { KumaRelease } from "@meshlog/parser";
import type { ProxyChange } from "../../../diff/changes.ts";
import { groupChanges } from "../../../diff/group.ts";
import type { Diagnostic } from "../../../diagnostics.ts";
import type { Migration } from "../../../migrate/migrate.ts";
import type { Bundle } from "../../../source/load.ts";
import { ownTexts } from "../../own-texts.ts";
import { prettyGroup } from "../diff/pretty.ts";
import { amount } from "../diff/where.ts";

/** What a migration comes to. */
export interface MigrationReport {
  readonly from: KumaRelease;
  readonly to: KumaRelease;
  readonly before: Bundle;
  readonly migration: Migration;
  /** The proxies that log otherwise: migrated, by the newer release, than by the older one before. */
  readonly changes: readonly ProxyChange[];
  /** How many proxies there are. */
  readonly proxies: number;
  /** What there is to say about the migrated bundle. */
  readonly diagnostics: readonly Diagnostic[];
}

/** For people: how proxies log otherwise after the upgrade, what was rewritten, and how many proxies that changes. */
export function prettyMigration(report: MigrationReport, { color }: { readonly color: boolean }): string {
  const { from, to, before, migration, changes, proxies } = report;
  const groups = groupChanges(changes, ownTexts([before, migration.bundle]));
  const otherwise =
    proxies === 0
      ? "There is no Dataplane in these files by which to see what changes."
      : changes.length === 0
        ? `0 of ${amount(proxies, "proxy logs", "proxies log")} otherwise.`
        : `${changes.length} of ${amount(proxies, "proxy logs", "proxies log")} otherwise, by what Kuma itself changes.`;
  const lines = [`Kuma ${from.name} → ${to.name}: ${rewritten(migration)}`, otherwise];
  return [...groups.map((group) => prettyGroup(group, color)), `${lines.join("\n")}\n`].join("\n");
}

function rewritten({ files, rewritten: counts }: Migration): string {
  if (files.length === 0) return "nothing to rewrite.";
  const what = [...counts].map(([name, count]) => `${name} (${count})`);
  return `rewrote ${what.join(", ")} in ${amount(files.length, "file", "files")}.`;
}
