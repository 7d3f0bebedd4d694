import type { Span, TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { type Bundle, load } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import { toJson } from "../source/tree.ts";
import { edited } from "./edited-bundle.ts";
import { compare, keyOf, type Otherwise } from "./prove.ts";
import { say } from "./say.ts";
import type { Rewriting, Step, Task } from "./step.ts";
import { editsMeet } from "./text-edits.ts";

/** What is taken of what a step proposes. */
export interface Taken {
  /** By file. */
  readonly edits: ReadonlyMap<string, readonly TextEdit[]>;
  /** How many rewritings they are. */
  readonly count: number;
  /** Why the others are not taken. */
  readonly refusals: readonly Diagnostic[];
}

/** Rewritings that change what proxies log are few; after more rounds than this all that are left are given up. */
const mostRounds = 20;

/**
 * Takes a step, without the rewritings after which a file could not be read as before or a proxy would log otherwise:
 * both bundles are compiled for a release that reads both.
 *
 * @param only the path of the file to take it in, if not in all.
 */
export function take(step: Step, task: Task, only?: string): Taken {
  const planned = [...step.plan(task)].filter((one) => only === undefined || fileOf(one) === only);
  const refusals = planned.filter((one): one is Diagnostic => !isRewriting(one));
  let taken = planned.filter(isRewriting);
  for (let round = 0; taken.length > 0; round++) {
    const edits = editsOf(taken);
    const wrong =
      round === mostRounds ? new Map(taken.map((one) => [one, unreadable])) : wrongOnes(step, taken, edits, task);
    if (wrong.size === 0) return { edits, count: taken.length, refusals };
    for (const [{ resource, at }, reason] of wrong) refusals.push(reasonOf(reason, step, resource, at, task));
    taken = taken.filter((one) => !wrong.has(one));
  }
  return { edits: new Map(), count: 0, refusals };
}

/** Why a rewriting is not taken: for its text, for what Kuma says to it, or for the proxies that would log otherwise. */
interface Reason {
  readonly refusal?: string;
  readonly proxies: readonly Otherwise[];
}

const unreadable: Reason = { proxies: [] };

function reasonOf({ refusal, proxies }: Reason, { what }: Step, resource: Resource, at: Span, task: Task): Diagnostic {
  const [first] = proxies;
  if (refusal !== undefined) return say("migrate/refused", resource, at, { what, refusal }, task);
  if (first === undefined) return say("migrate/layout", resource, at, { what }, task);
  return say("migrate/changes-logs", resource, at, { what, proxies: namesOf(first, proxies) }, task);
}

function isRewriting(one: Rewriting | Diagnostic): one is Rewriting {
  return "edits" in one;
}

function fileOf(one: Rewriting | Diagnostic): string {
  return isRewriting(one) ? one.resource.file : one.file;
}

function namesOf({ mesh, name }: Otherwise, proxies: readonly Otherwise[]): string {
  const others = proxies.length - 1;
  return `${mesh}/${name}${others === 0 ? "" : ` and ${others} more`}`;
}

function editsOf(rewritings: readonly Rewriting[]): ReadonlyMap<string, readonly TextEdit[]> {
  const byFile = Map.groupBy(rewritings, ({ resource }) => resource.file);
  return new Map([...byFile].map(([file, own]) => [file, own.flatMap(({ edits }) => edits)]));
}

/** The rewritings that cannot be taken. */
function wrongOnes(
  step: Step,
  taken: readonly Rewriting[],
  edits: ReadonlyMap<string, readonly TextEdit[]>,
  { bundle, bridge, controlPlane }: Task,
): ReadonlyMap<Rewriting, Reason> {
  const unread = unreadFiles(bundle, taken, edits);
  if (unread.size > 0) {
    return new Map(taken.filter(({ resource }) => unread.has(resource.file)).map((one) => [one, unreadable]));
  }
  if (step.isProvedByPlan === true) return new Map();
  const surroundings = step.proofIn?.(controlPlane) ?? controlPlane;
  const { refusedBefore, refused, proxies } = compare(bundle, edited(bundle, edits), bridge, surroundings);
  const wrong = policiesRefused(taken, refused);
  if (wrong.size > 0) return wrong;
  // What is refused as a whole logs nothing; that a part of it would be taken is no fault of the rewriting.
  return policiesBlamed(
    taken.filter(({ resource }) => !refusedBefore.has(keyOf(resource))),
    proxies,
  );
}

/** The rewritings that Kuma would refuse, in whole or in part. */
function policiesRefused(
  taken: readonly Rewriting[],
  refused: ReadonlyMap<string, string>,
): ReadonlyMap<Rewriting, Reason> {
  return new Map(
    taken.flatMap((one): readonly (readonly [Rewriting, Reason])[] => {
      const [refusal] = keysOf(one).flatMap((key) => refused.get(key) ?? []);
      return refusal === undefined ? [] : [[one, { refusal, proxies: [] }]];
    }),
  );
}

/** The rewritings of the policies that select the proxies that log otherwise. */
function policiesBlamed(taken: readonly Rewriting[], proxies: Iterable<Otherwise>): ReadonlyMap<Rewriting, Reason> {
  const byPolicy = Map.groupBy(
    taken.flatMap((one) => keysOf(one).map((key) => ({ key, one }))),
    ({ key }) => key,
  );
  const found = new Map<Rewriting, Set<Otherwise>>();
  for (const proxy of proxies) {
    for (const { one } of [...proxy.policies].flatMap((key) => byPolicy.get(key) ?? [])) {
      found.set(one, (found.get(one) ?? new Set()).add(proxy));
    }
  }
  return new Map([...found].map(([one, those]) => [one, { proxies: [...those] }]));
}

function keysOf({ resource, beside }: Rewriting): readonly string[] {
  return [resource.name, ...(beside === undefined ? [] : [beside])].map((name) => keyOf({ mesh: resource.mesh, name }));
}

/** The files that could not be read as before: edits meet, what is no YAML comes about, or another resource changes. */
function unreadFiles(
  { files, resources }: Bundle,
  taken: readonly Rewriting[],
  edits: ReadonlyMap<string, readonly TextEdit[]>,
): ReadonlySet<string> {
  const rewritten = new Set(taken.map(({ resource }) => resource));
  const wrong = new Set<string>();
  for (const [path, own] of edits) {
    const before = files.filter((file) => file.path === path);
    const others = resources.filter((one) => one.file === path && !rewritten.has(one));
    const after = edited({ files: before, resources: [] }, new Map([[path, own]]));
    const kept = new Set(after.resources.map(asText));
    if (editsMeet(own) || errorsIn(after) > errorsIn({ files: before, resources: [] })) wrong.add(path);
    else if (!others.every((one) => kept.has(asText(one)))) wrong.add(path);
  }
  return wrong;
}

function errorsIn({ files }: Bundle): number {
  const { diagnostics } = load(files.map(({ path, text }) => ({ path, content: text })));
  return diagnostics.filter(({ severity }) => severity === "error").length;
}

function asText({ node }: Resource): string {
  return JSON.stringify(toJson(node), (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
}
