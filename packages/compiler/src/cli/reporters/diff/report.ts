import type { PolicyChange } from "../../../diff/changes.ts";
import type { ChangeGroup } from "../../../diff/group.ts";
import type { CompiledHeader } from "../../../emit/compiled.ts";
import { amount } from "./where.ts";

/** What people read of a diff. */
export interface DiffReport {
  readonly before: CompiledHeader;
  readonly after: CompiledHeader;
  readonly policies: readonly PolicyChange[];
  readonly groups: readonly ChangeGroup[];
  /** How many proxies log otherwise. */
  readonly changed: number;
}

/** Turns a diff into text. */
export type DiffReporter = (report: DiffReport, style: { readonly color: boolean }) => string;

/** `3 of the proxies and 1 policy change.`, with the releases where there are two. */
export function summaryOf({ before, after, policies, changed }: DiffReport): string {
  const releases = before.kuma === after.kuma ? "" : `Kuma ${before.kuma} → ${after.kuma}: `;
  if (changed === 0 && policies.length === 0) return `${releases}Nothing changes.`;
  const parts = [
    ...(policies.length === 0 ? [] : [amount(policies.length, "policy", "policies")]),
    amount(changed, "proxy", "proxies"),
  ];
  return `${releases}The access logs of ${parts.join(" and ")} change.`;
}

/** The policies whose change no group shows: those that decide for none of the proxies. */
export function policiesAlone({ policies, groups }: DiffReport): readonly PolicyChange[] {
  const shown = new Set(
    groups.flatMap(({ finding, proxies: [first] }) => {
      if (finding.kind !== "listener" || first === undefined) return [];
      const { before = [], after = [] } = finding.change.because ?? {};
      return [...before, ...after].map(({ policy }) => JSON.stringify([first.mesh, policy]));
    }),
  );
  return policies.filter(({ mesh, name }) => !shown.has(JSON.stringify([mesh, name])));
}
