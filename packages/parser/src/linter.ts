import type { Format, Operator, Part } from "./ast.ts";
import type { OperatorFacts } from "./catalog/operator.ts";
import type { Findings } from "./findings.ts";
import { edit } from "./fixes.ts";
import { type Minors, noMinors, since } from "./minors.ts";
import type { CheckOptions } from "./options.ts";

/** What Envoy accepts in a call, and what still does not do what it looks like; no look is taken into its argument. */
export function lintCall(
  part: Operator,
  next: Part | undefined,
  facts: OperatorFacts,
  minors: Minors,
  options: CheckOptions,
  findings: Findings,
): void {
  if (minors === noMinors) return;
  lintUse(part, facts, minors, options, findings);
  if (part.argument !== undefined) lintSwallowed(part, minors & since("1.31"), findings);
  if (facts.limit !== undefined && part.limit === undefined) lintLimitOutside(part, next, minors, findings);
}

/** What may be wrong with a format as a whole. */
export function lintFormat(format: Format, minors: Minors, findings: Findings): void {
  if (format.parts.length > 1 && /^\s*\{\s*"[^"]*"\s*:/.test(format.text)) {
    findings.note("lint/json-in-text", { start: 0, end: format.text.length }, {}, minors);
  }
}

/** Operators that have no value where the format is used. */
function lintUse(
  part: Operator,
  facts: OperatorFacts,
  minors: Minors,
  options: CheckOptions,
  findings: Findings,
): void {
  const name = part.name.text;
  switch (name) {
    case "LOCAL_REPLY_BODY":
      findings.note("lint/always-empty", part, { name }, minors);
      return;
    case "DOWNSTREAM_TRANSPORT_FAILURE_REASON":
      findings.note("lint/listener-only", part, { name }, minors);
      return;
    case "UPSTREAM_FILTER_STATE":
      findings.note("lint/upstream-only", part, { name }, minors);
      return;
  }
  const { protocol } = options;
  if (protocol !== undefined && !facts.protocols.includes(protocol)) {
    const printed = facts.absent?.text ?? "";
    findings.note("lint/protocol", part, { name, protocol: protocol.toUpperCase(), printed }, minors);
  }
  if (facts.deprecated !== undefined) {
    findings.note("lint/deprecated-operator", part, { name, instead: facts.deprecated }, minors);
  }
}

/** A `)` before a space, or a whole call, within an argument: the `%` that was to close the call is missing. */
const swallowed = /\)\s|%[A-Z0-9_]{2,}(?:\(|%)/;

function lintSwallowed(part: Operator, minors: Minors, findings: Findings): void {
  const { argument, name } = part;
  if (argument === undefined || argument.kind === "cel" || argument.kind === "coalesce") return;
  if (minors === noMinors || !/[)%]/.test(argument.text)) return;
  const found = swallowed.exec(argument.text);
  if (found === null) return;
  const parenthesis = argument.text.indexOf(")");
  const place = { start: argument.start, end: argument.end };
  findings.note("lint/swallowed-text", place, { name: name.text }, minors, () => ({
    fixes:
      parenthesis < 0 || parenthesis > found.index
        ? []
        : [edit("Close it after the first )", argument.start + parenthesis + 1, argument.start + parenthesis + 1, "%")],
  }));
}

function lintLimitOutside(part: Operator, next: Part | undefined, minors: Minors, findings: Findings): void {
  if (next?.kind !== "text" || !next.text.startsWith(":")) return;
  const [, limit] = /^:([0-9]+)(?![0-9:.])/.exec(next.text) ?? [];
  if (limit === undefined) return;
  const place = { start: next.start, end: next.start + limit.length + 1 };
  findings.note("lint/limit-outside", place, { limit }, minors, () => ({
    fixes: [edit(`Move :${limit} inside`, part.end - 1, place.end, `:${limit}%`)],
  }));
}
