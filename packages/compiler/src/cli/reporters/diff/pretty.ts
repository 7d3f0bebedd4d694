import { styleText } from "node:util";
import type { ChangeGroup } from "../../../diff/group.ts";
import { printable } from "../printable.ts";
import { describe, describePolicy, type Description, type Line } from "./describe.ts";
import { type DiffReporter, policiesAlone, summaryOf } from "./report.ts";
import type { Segment } from "./text-diff.ts";
import { where } from "./where.ts";

/** For people at a terminal: each change once, with the proxies that it is of. */
export const prettyDiff: DiffReporter = (report, { color }) => {
  const blocks = [
    ...policiesAlone(report).map((policy) => block(describePolicy(policy), undefined, color)),
    ...report.groups.map((group) => prettyGroup(group, color)),
  ];
  return [...blocks, `${summaryOf(report)}\n`].join("\n");
};

/** The same change of one or more proxies, and of which. */
export function prettyGroup(group: ChangeGroup, color: boolean): string {
  return block(describe(group.finding), where(group), color);
}

function block({ title, lines }: Description, place: string | undefined, color: boolean): string {
  const heading = paint("bold", printable(title), color);
  return [
    `${heading}${place === undefined ? "" : ` · ${printable(place)}`}`,
    ...lines.map((one) => `  ${prettyLine(one, color)}`),
    "",
  ].join("\n");
}

/** A line with its sign; what changed is coloured. Without colours a change inside of a line is in brackets, as git does. */
export function prettyLine({ sign, segments }: Line, color: boolean): string {
  const isWhole = segments.every(({ text, isChanged }) => isChanged || text.trim() === "");
  const texts = segments.map((segment) => (color || isWhole ? printable(segment.text) : bracketed(segment, sign)));
  if (!color || sign === " ") return `${sign} ${texts.join("")}`.trimEnd();
  const style = sign === "+" ? "green" : "red";
  const painted = segments.map(({ isChanged }, i) =>
    paint(isChanged && !isWhole ? ["bold", style] : style, texts[i] ?? "", color),
  );
  return `${paint(style, sign, color)} ${painted.join("")}`;
}

function bracketed({ text, isChanged }: Segment, sign: Line["sign"]): string {
  if (!isChanged) return printable(text);
  return sign === "+" ? `{+${printable(text)}+}` : `[-${printable(text)}-]`;
}

function paint(style: Parameters<typeof styleText>[0], text: string, color: boolean): string {
  return color ? styleText(style, text, { validateStream: false }) : text;
}
