import type { Finding } from "../../../diff/group.ts";
import { printable } from "../printable.ts";
import { workflowCommand } from "../workflow-command.ts";
import { describe, describePolicy, type Description, type Line } from "./describe.ts";
import { type DiffReporter, policiesAlone, summaryOf } from "./report.ts";
import { where } from "./where.ts";

/**
 * Notices of a GitHub workflow, which stand at the policies in the list of changed files. GitHub shows the first ten of a
 * step, so the summary comes first.
 */
export const githubDiff: DiffReporter = (report) =>
  [
    workflowCommand("notice", {}, summaryOf(report)),
    ...policiesAlone(report).map((policy) => notice(describePolicy(policy), undefined, policy.file)),
    ...report.groups.map((group) => notice(describe(group.finding), where(group), fileOf(group.finding))),
  ].join("");

function notice({ title, lines }: Description, place: string | undefined, file: string | undefined): string {
  const body = [...(place === undefined ? [] : [printable(place)]), ...lines.map(bodyLine)];
  return workflowCommand(
    "notice",
    { ...(file === undefined ? {} : { file }), title: printable(title) },
    body.length === 0 ? printable(title) : body.join("\n"),
  );
}

function bodyLine({ sign, segments }: Line): string {
  return `${sign} ${segments.map(({ text }) => printable(text)).join("")}`.trimEnd();
}

/** The policy that decides now, or decided before. */
function fileOf(finding: Finding): string | undefined {
  if (finding.kind !== "listener") return undefined;
  const { before = [], after = [] } = finding.change.because ?? {};
  return [...after, ...before][0]?.file;
}
