import type { Diagnostic, Result, Variant } from "./diagnostics.ts";
import type { Finding, Findings } from "./findings.ts";
import { type Code, messages, report } from "./messages.ts";
import { type Minors, only } from "./minors.ts";
import type { Span } from "./span.ts";
import type { TargetMember } from "./target.ts";

/** Whether each release takes a format, and what it prints where it does not. */
export interface Verdicts {
  /**
   * By Envoy minor, `1.36`, oldest first: "ok", or the first error that Envoy prints. Where members with the same minor
   * are handed the format differently by their Kumas, it is the newest member's.
   */
  readonly envoy: Readonly<Record<string, string>>;
  /** By name of the member, only for those whose Kuma reads formats with a parser of its own (up to 2.5). */
  readonly kuma: Readonly<Record<string, string>>;
}

/** "ok", where a release takes a format. */
const accepted = "ok";

/** What was found for the members of a target that read a format alike. */
export interface Outcome {
  readonly members: readonly TargetMember[];
  readonly findings: Findings;
  /** What Kuma's own parser says; `undefined` where it has none, `null` where it has one and takes the format. */
  readonly kuma: (Span & { readonly message: string }) | null | undefined;
}

/** Puts the outcomes of a target's members together: one diagnostic for each place and message. */
export function summarize(
  members: readonly TargetMember[],
  outcomes: readonly Outcome[],
  length: number,
): Result<Verdicts> {
  const isClean = outcomes.every(({ findings, kuma }) => findings.list.length === 0 && kuma === undefined);
  if (isClean) return { value: allAccept(members), diagnostics: none };
  const value = { envoy: envoyVerdicts(members, outcomes), kuma: kumaVerdicts(members, outcomes) };
  return { value, diagnostics: diagnosticsOf(members, outcomes, length) };
}

const none: readonly Diagnostic[] = [];

const accepting = new WeakMap<readonly TargetMember[], Verdicts>();

/** The verdicts of members that all take a format, which most are; made once for each target. */
function allAccept(members: readonly TargetMember[]): Verdicts {
  const known = accepting.get(members) ?? { envoy: envoyVerdicts(members, []), kuma: {} };
  accepting.set(members, known);
  return known;
}

function envoyVerdicts(members: readonly TargetMember[], outcomes: readonly Outcome[]): Record<string, string> {
  const refused = refusalsOf(outcomes);
  const verdicts = new Map<number, string>();
  for (const member of members) verdicts.set(member.envoy.minor, refused.get(member) ?? accepted);
  return Object.fromEntries(
    [...verdicts].sort(([a], [b]) => a - b).map(([minor, verdict]) => [`1.${String(minor)}`, verdict]),
  );
}

/** The members whose Envoy refuses the format, and with which words. */
export function refusalsOf(outcomes: readonly Outcome[]): ReadonlyMap<TargetMember, string> {
  const refused = new Map<TargetMember, string>();
  for (const { members, findings } of outcomes) {
    if (findings.refusals.length === 0) continue;
    for (const member of members) {
      const says = findings.refusals.find(({ minors }) => holds(minors, member));
      if (says !== undefined) refused.set(member, says.text);
    }
  }
  return refused;
}

function kumaVerdicts(members: readonly TargetMember[], outcomes: readonly Outcome[]): Record<string, string> {
  const verdicts: Record<string, string> = {};
  for (const { members: those, kuma } of outcomes) {
    if (kuma === undefined) continue;
    for (const { name } of those) verdicts[name] = kuma?.message ?? accepted;
  }
  return Object.fromEntries(members.flatMap(({ name }) => (name in verdicts ? [[name, verdicts[name] ?? ""]] : [])));
}

function holds(minors: Minors, { envoy }: TargetMember): boolean {
  return (minors & only(envoy.minor)) !== 0;
}

/** A diagnostic in the making: who prints what. */
interface Draft {
  readonly code: Code;
  readonly place: Span;
  readonly finding: Pick<Finding, "parameters" | "fixes" | "related">;
  readonly quotes: Map<TargetMember, Pick<Variant, "envoy" | "controlPlane">>;
}

function diagnosticsOf(members: readonly TargetMember[], outcomes: readonly Outcome[], length: number): Diagnostic[] {
  const drafts = new Map<string, Draft>();
  const draft = (code: Code, place: Span, finding: Draft["finding"]): Draft => {
    const key = `${code} ${place.start} ${place.end} ${Object.values(finding.parameters).join("\0")}`;
    const found = drafts.get(key) ?? { code, place, finding, quotes: new Map() };
    drafts.set(key, found);
    return found;
  };
  for (const { members: those, findings, kuma } of outcomes) {
    if (kuma) {
      const { quotes } = draft("generate/format", kuma, { parameters: { problem: kuma.message } });
      for (const member of those) quotes.set(member, { controlPlane: { message: kuma.message } });
    }
    for (const finding of findings.list) {
      const affected = those.filter(
        (member) => holds(finding.minors, member) && (finding.holdsFor?.(member.envoy) ?? true),
      );
      if (affected.length === 0) continue;
      const { quotes } = draft(finding.code, finding, finding);
      for (const member of affected) {
        const says = kuma ? undefined : finding.envoy.find(({ minors }) => holds(minors, member));
        quotes.set(member, says === undefined ? {} : { envoy: { message: says.text } });
      }
    }
  }
  const list = Array.from(drafts.values(), (one) => finish(one, members));
  const dropped = Math.max(...outcomes.map(({ findings }) => findings.dropped));
  if (dropped > 0) {
    const affects = namesOf(members);
    list.push(report("format/more", { start: length, end: length }, { count: dropped }, { affects }));
  }
  return list.sort((a, b) => a.start - b.start || a.end - b.end);
}

function finish({ code, place, finding, quotes }: Draft, members: readonly TargetMember[]): Diagnostic {
  const affected = members.filter((member) => quotes.has(member));
  const newest = affected.at(-1);
  const quoted = (newest && quotes.get(newest)) ?? {};
  const others = new Map<string, { members: TargetMember[]; quoted: Pick<Variant, "envoy" | "controlPlane"> }>();
  for (const member of affected) {
    const theirs = quotes.get(member) ?? {};
    const key = textOf(theirs);
    if (key === textOf(quoted)) continue;
    const group = others.get(key) ?? { members: [], quoted: theirs };
    group.members.push(member);
    others.set(key, group);
  }
  const variants = Array.from(others.values(), (group) => ({ affects: namesOf(group.members), ...group.quoted }));
  const row = messages[code];
  return {
    code,
    severity: row.severity,
    // Findings take a code only with its own parameters.
    message: row.message(finding.parameters as never),
    start: place.start,
    end: place.end,
    ...quoted,
    affects: namesOf(affected),
    ...(variants.length > 0 && { variants }),
    ...(finding.related && finding.related.length > 0 && { related: finding.related }),
    ...(finding.fixes && finding.fixes.length > 0 && { fixes: finding.fixes }),
  };
}

function textOf({ envoy, controlPlane }: Pick<Variant, "envoy" | "controlPlane">): string {
  return envoy?.message ?? (controlPlane === undefined ? "" : `\0${controlPlane.message}`);
}

function namesOf(members: readonly TargetMember[]): string[] {
  return [...new Set(members.map(({ name }) => name))];
}
