import type { Argument, Piece } from "./arguments/argument.ts";
import { checkArgument } from "./arguments/check.ts";
import type { CallCheck } from "./arguments/call.ts";
import { type CheckInner, refuseUnknownInner } from "./arguments/coalesce.ts";
import type { Limit, Name } from "./ast.ts";
import type { OperatorFacts } from "./catalog/operator.ts";
import { operators } from "./catalog/operators.ts";
import { defects, isAffected } from "./catalog/defects.ts";
import { edit } from "./fixes.ts";
import { allMinors, type Minors, noMinors, only, since } from "./minors.ts";

/** A call as it stands in a format or in COALESCE. */
export interface Call {
  readonly name: Name;
  readonly argument?: Argument;
  readonly limit?: Limit;
}

/** What of an operator depends on the release, as sets of releases. */
export interface Reach {
  readonly facts: OperatorFacts;
  /** Which know it with no extension configured. */
  readonly builtIn: Minors;
  /** Which know it where its extension is configured. */
  readonly extended: Minors;
  readonly takesArgument: Minors;
  readonly takesLimit: Minors;
  /** Whether there is nothing to say of a call with neither argument nor limit, where its protocol is right. */
  readonly isPlain: boolean;
}

const reaches = new Map<string, Reach | undefined>();

/** The sets of an operator; worked out once. */
export function reachOf(name: string): Reach | undefined {
  let reach = reaches.get(name);
  if (reach === undefined) {
    const facts = operators.get(name);
    if (facts === undefined) return undefined;
    reach = measure(facts);
    reaches.set(name, reach);
  }
  return reach;
}

/** Kinds of arguments of which nothing is asked where they are left out. */
const bareKinds: ReadonlySet<string> = new Set(["mask", "time"]);

function measure(facts: OperatorFacts): Reach {
  const { extension, argument, limit, use, deprecated } = facts;
  const mayStandBare = argument === undefined || (argument.presence === "optional" && bareKinds.has(argument.kind));
  const builtIn = extension === undefined ? facts.since : extension.builtInSince;
  return {
    facts,
    builtIn: builtIn === undefined ? noMinors : since(builtIn),
    extended: since(facts.since),
    takesArgument: argument === undefined ? noMinors : since(argument.since ?? facts.since),
    takesLimit: limit === undefined ? noMinors : since(limit),
    isPlain: mayStandBare && limit === undefined && use === undefined && deprecated === undefined,
  };
}

/**
 * Checks a call of a known operator: its flags in Envoy's order, then its argument. Source: `CommandSyntaxChecker` in
 * `source/common/formatter/substitution_format_utility.cc`.
 */
export function checkCall(call: Call, reach: Reach, check: CallCheck): void {
  const { facts } = reach;
  const { name } = check;
  const { argument, limit } = call;
  const hasArgument = argument !== undefined && argument.text !== "";
  const bare = allMinors & ~reach.takesArgument;
  if (hasArgument || limit !== undefined) {
    const end = limit?.end ?? argument?.end ?? call.name.end;
    const place = { start: call.name.end, end: limit === undefined ? end + 1 : end };
    const text = `${name} does not take any parameters or length`;
    check.refuse("format/no-arguments", place, { name }, bare, text, () => ({
      fixes: [edit(`Write %${name}%`, place.start, place.end, "")],
    }));
  }
  if (!hasArgument && facts.argument?.presence === "required") {
    check.refuse("format/missing-argument", check.place, { name }, allMinors, `${name} requires parameters`);
  }
  if (limit !== undefined) {
    const place = { start: limit.start - 1, end: limit.end };
    const text = `${name} does not allow length to be specified.`;
    check.refuse("format/no-limit", place, { name }, allMinors & ~reach.takesLimit, text, () => ({
      fixes: [edit("Remove the limit", place.start, place.end, "")],
    }));
  }
  checkArgument(facts, hasArgument ? argument : undefined, check, checkInner);
  if (argument?.kind === "choices") noteDefects(argument.chosen, check);
}

function noteDefects(chosen: readonly Piece[], check: CallCheck): void {
  const { name } = check;
  for (const defect of defects) {
    if (defect.operator !== name) continue;
    const isUsed = defect.options.every(
      (option, i) => chosen[i] !== undefined && check.effective(chosen[i]) === option,
    );
    if (!isUsed) continue;
    const minors = Object.keys(defect.patches).reduce((set, minor) => set | only(Number(minor)), noMinors);
    check.note("lint/crashes-later", check.place, { name }, minors, () => ({
      holdsFor: (envoy) => isAffected(defect, envoy),
    }));
  }
}

/** In COALESCE only what is built in may stand. */
const checkInner: CheckInner = (entry, check) => {
  const reach = reachOf(entry.name.text);
  refuseUnknownInner(entry.name, check, allMinors & ~(reach?.builtIn ?? noMinors));
  if (reach !== undefined) checkCall(entry, reach, check);
};
