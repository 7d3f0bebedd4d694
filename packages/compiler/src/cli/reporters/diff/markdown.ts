import { printable } from "../printable.ts";
import { describe, describePolicy, type Description, type Line } from "./describe.ts";
import { type DiffReporter, policiesAlone, summaryOf } from "./report.ts";
import { amount, where } from "./where.ts";

/** GitHub and GitLab cut a comment, or refuse it, beyond 65,536 characters. */
const longest = 60_000;

/** What a comment of a pull request holds. */
export const markdownDiff: DiffReporter = (report) => {
  const blocks = [
    ...policiesAlone(report).map((policy) => block(describePolicy(policy), undefined)),
    ...report.groups.map((group) => block(describe(group.finding), where(group))),
  ];
  const shown: string[] = [];
  let length = 0;
  for (const one of blocks) {
    length += one.length;
    if (length > longest) break;
    shown.push(one);
  }
  const rest = blocks.length - shown.length;
  return [
    "### Access logs\n",
    `${plain(summaryOf(report))}\n`,
    ...shown,
    ...(rest === 0 ? [] : [`… and ${amount(rest, "more change", "more changes")}.\n`]),
  ].join("\n");
};

function block({ title, lines }: Description, place: string | undefined): string {
  const heading = `**${plain(title)}**${place === undefined ? "" : ` · ${plain(place)}`}\n`;
  if (lines.length === 0) return heading;
  const body = lines.map(bodyLine);
  const fence = fenceFor(body.join("\n"));
  return [heading, `${fence}diff`, ...body, `${fence}\n`].join("\n");
}

function bodyLine({ sign, segments }: Line): string {
  return `${sign} ${segments.map(({ text }) => printable(text)).join("")}`.trimEnd();
}

/** Longer than any run of backticks inside. */
function fenceFor(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  return "`".repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
}

/** A text that means nothing to Markdown: names of resources may hold anything. */
function plain(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|@~]/g, "\\$&");
}
