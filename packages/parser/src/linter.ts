import type { Format, Operator, Part } from "./ast.ts";
import type { OperatorFacts } from "./catalog/operator.ts";
import { edit } from "./fixes.ts";
import { allMinors, type Minors, since } from "./minors.ts";
import type { CheckOptions } from "./options.ts";
import type { Reporter } from "./reporter.ts";

/** What Envoy accepts in a call, and what still does not do what it looks like; no look is taken into its argument. */
export function lintCall(
  part: Operator,
  next: Part | undefined,
  facts: OperatorFacts,
  minors: Minors,
  options: CheckOptions,
  report: Reporter,
): void {
  lintUse(part, facts, minors, options, report);
  if (part.argument !== undefined) lintSwallowed(part, minors & since("1.31"), report);
  if (facts.limit !== undefined && part.limit === undefined) lintLimitOutside(part, next, minors, report);
}

/** Whether an operator has a value for the traffic that is logged, as far as that is known. */
export function isMeantFor(protocol: CheckOptions["protocol"], { protocols }: OperatorFacts): boolean {
  return protocol === undefined || protocols.includes(protocol);
}

/** What may be wrong with a format as a whole. */
export function lintFormat(format: Format, report: Reporter): void {
  if (format.parts.length > 1 && /^\s*\{\s*"[^"]*"\s*:/.test(format.text)) {
    report.note("lint/json-in-text", { start: 0, end: format.text.length }, {}, allMinors);
  }
}

/** Operators that have no value where the format is used. */
function lintUse(part: Operator, facts: OperatorFacts, minors: Minors, options: CheckOptions, report: Reporter): void {
  const name = part.name.text;
  if (facts.use !== undefined) {
    report.note(`lint/${facts.use}`, part, { name }, minors);
    return;
  }
  const { protocol } = options;
  if (protocol !== undefined && !isMeantFor(protocol, facts)) {
    const printed = facts.absent?.text ?? "";
    report.note("lint/protocol", part, { name, protocol: protocol.toUpperCase(), printed }, minors);
  }
  if (facts.deprecated !== undefined) {
    report.note("lint/deprecated-operator", part, { name, instead: facts.deprecated }, minors);
  }
}

/** A `)` before a space, or a whole call, within an argument: the `%` that was to close the call is missing. */
const swallowed = /\)\s|%[A-Z0-9_]{2,}(?:\(|%)/;

function lintSwallowed(part: Operator, minors: Minors, report: Reporter): void {
  const { argument, name } = part;
  if (argument === undefined || argument.kind === "cel" || argument.kind === "coalesce") return;
  if (!/[)%]/.test(argument.text)) return;
  const found = swallowed.exec(argument.text);
  if (found === null) return;
  const parenthesis = argument.text.indexOf(")");
  const place = { start: argument.start, end: argument.end };
  report.note("lint/swallowed-text", place, { name: name.text }, minors, () => ({
    fixes:
      parenthesis < 0 || parenthesis > found.index
        ? []
        : [edit("Close it after the first )", argument.start + parenthesis + 1, argument.start + parenthesis + 1, "%")],
  }));
}

function lintLimitOutside(part: Operator, next: Part | undefined, minors: Minors, report: Reporter): void {
  if (next?.kind !== "text" || !next.text.startsWith(":")) return;
  const [, limit] = /^:([0-9]+)(?![0-9:.])/.exec(next.text) ?? [];
  if (limit === undefined) return;
  const place = { start: next.start, end: next.start + limit.length + 1 };
  report.note("lint/limit-outside", place, { limit }, minors, () => ({
    fixes: [edit(`Move :${limit} inside`, part.end - 1, place.end, `:${limit}%`)],
  }));
}
