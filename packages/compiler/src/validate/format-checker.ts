import { check, parse, type Target, type TargetMember } from "@meshlog/parser";
import { boundedMemory, oncePerText } from "../bounded-memory.ts";
import type { ItemList } from "../kuma/policy-facts.ts";
import { profile } from "../kuma/profile.ts";
import { report } from "../messages.ts";
import type { Bodies } from "./backend-bodies.ts";
import {
  type EnvoyText,
  type Reading,
  type ReadingFacts,
  readingOf,
  type Suffix,
  type WrittenTest,
} from "./envoy-texts.ts";
import type { BackendPlace } from "./format-places.ts";
import type { RefusedValue } from "./open-telemetry-body.ts";
import { type FormatFinding, formatFinding } from "./found-in-format.ts";
import { type QuoteEditor, quoteEditor } from "./quotes.ts";
import { type ReleaseSet, type ReleaseSets, releaseSets } from "./release-sets.ts";
import type { TextTest } from "./texts.ts";

/** Judges the formats of policies for one target. What two policies share is judged once. */
export interface FormatChecker extends QuoteEditor {
  /** The sets of the target's releases. */
  readonly sets: ReleaseSets;
  /** The ways in which a backend is read, and by which releases. */
  readonly readings: (backend: BackendPlace) => readonly MembersReading[];
}

/** A way in which some releases read a backend. */
export interface MembersReading extends MembersJudge {
  readonly reading: Reading;
}

/** Judges for some releases. */
interface MembersJudge {
  /** What they find in a text. */
  readonly judge: (text: Pick<EnvoyText, "written" | "suffix" | "isInterpolated">, isTcp: boolean) => Found;
  /** Whether they find something in a text. */
  readonly finds: Readonly<Record<"tcp" | "any", WrittenTest>>;
  /** What they find in a value that Envoy takes in no access log. */
  readonly refuse: (is: RefusedValue["is"]) => FormatFinding;
}

type Found = readonly FormatFinding[];

/** A checker that remembers what it said. */
export function formatChecker(target: Target): FormatChecker {
  const sets = releaseSets(target);
  const readers = readersOf(target);
  const judges = new Map<string, MembersJudge>();
  const judgeOf = (indices: readonly number[]): MembersJudge => {
    const key = indices.join();
    const known =
      judges.get(key) ??
      membersJudge(
        indices.flatMap((index) => readers[index]?.members ?? []),
        sets,
      );
    judges.set(key, known);
    return known;
  };
  const known = {
    to: new Map<Bodies, readonly MembersReading[]>(),
    from: new Map<Bodies, readonly MembersReading[]>(),
    rules: new Map<Bodies, readonly MembersReading[]>(),
  };
  return {
    sets,
    ...quoteEditor(sets),
    readings({ list, bodies }) {
      const before = known[list].get(bodies);
      if (before !== undefined) return before;
      const readings = readingsOf(list, bodies, readers, judgeOf);
      known[list].set(bodies, readings);
      return readings;
    },
  };
}

function membersJudge(members: readonly TargetMember[], sets: ReleaseSets): MembersJudge {
  const known: KnownJudge[] = [];
  const judgeOf = (suffix: Suffix, isInterpolated: boolean, isTcp: boolean): KnownJudge => {
    const how = (isTcp ? 1 : 0) + (isInterpolated ? 2 : 0) + (suffix === "" ? 0 : 4);
    const before = known[how];
    if (before !== undefined) return before;
    const judged: Target = { members: isInterpolated ? members : members.map(withoutKuma) };
    const judge = textJudge(judged, suffix, isTcp, sets);
    return (known[how] = { judge, finds: (written) => judge(written).length > 0 });
  };
  return {
    judge: ({ written, suffix, isInterpolated }, isTcp) => judgeOf(suffix, isInterpolated, isTcp).judge(written),
    finds: {
      tcp: (suffix, isInterpolated) => judgeOf(suffix, isInterpolated, true).finds,
      any: (suffix, isInterpolated) => judgeOf(suffix, isInterpolated, false).finds,
    },
    refuse: refuser(sets.of(members.map(({ name }) => name)), sets),
  };
}

type TextJudge = (written: string) => Found;

/** What is found in texts that Kuma treats alike. */
interface KnownJudge {
  readonly judge: TextJudge;
  readonly finds: TextTest;
}

/** How many texts a judge remembers. */
const mostTexts = 1 << 14;

/** What releases find in texts to which Kuma appends something; each text is looked at once. */
function textJudge(target: Target, suffix: Suffix, isTcp: boolean, sets: ReleaseSets): TextJudge {
  return oncePerText(mostTexts, (written) => {
    const text = written + suffix;
    const { diagnostics } = check(parse(text), target, isTcp ? { protocol: "tcp" } : {});
    return diagnostics.map((found) => {
      const { controlPlane } = found;
      const message = controlPlane && failure(text, controlPlane.message);
      const whole = message === undefined ? found : { ...found, controlPlane: { message } };
      return formatFinding({ ...whole, affects: sets.of(found.affects) }, sets);
    });
  });
}

/** Kuma up to 2.5 wraps what its parser says (meshaccesslog/plugin/v1alpha1/configurer.go:37@2.0.8; conformance/kuma/worlds). */
function failure(format: string, problem: string): string {
  return `could not apply policy plugin meshaccesslog: invalid access log format string: ${format}: ${problem}`;
}

/** Envoy alone: nothing is replaced before it. */
function withoutKuma({ name, envoy }: TargetMember): TargetMember {
  return { name, envoy };
}

/** Releases that read policies alike. */
interface Reader {
  readonly facts: ReadingFacts;
  readonly members: readonly TargetMember[];
}

function readersOf({ members }: Target): readonly Reader[] {
  const byFacts = Map.groupBy(members, ({ kuma }) => (kuma === undefined ? "" : JSON.stringify(readingFacts(kuma))));
  return [...byFacts.values()].flatMap((alike): Reader[] => {
    const kuma = alike.find((member) => member.kuma !== undefined)?.kuma;
    return kuma === undefined ? [] : [{ facts: profile(kuma), members: alike }];
  });
}

/** What a release reads of a policy, and nothing else that differs between releases. */
function readingFacts(kuma: NonNullable<TargetMember["kuma"]>): ReadingFacts {
  const facts = profile(kuma);
  const { backendBody, hasOpenTelemetry, openTelemetryBody, openTelemetryAttributes, itemLists, formatReading } = facts;
  return { backendBody, hasOpenTelemetry, openTelemetryBody, openTelemetryAttributes, itemLists, formatReading };
}

/** @param judgeOf judges for the members of several readers; the same judge for the same readers. */
function readingsOf(
  list: ItemList,
  bodies: Bodies,
  readers: readonly Reader[],
  judgeOf: (indices: readonly number[]) => MembersJudge,
): readonly MembersReading[] {
  const readings = new Map<string, { readonly reading: Reading; readonly indices: number[] }>();
  for (const [index, { facts }] of readers.entries()) {
    const reading = readingOf(list, bodies, facts);
    if (reading === undefined) continue;
    const alike = readings.get(reading.key);
    if (alike === undefined) readings.set(reading.key, { reading, indices: [index] });
    else alike.indices.push(index);
  }
  return Array.from(readings.values(), ({ reading, indices }) => ({ reading, ...judgeOf(indices) }));
}

/** Envoy takes texts, lists and lists of fields alone (envoy-operators: `OpenTelemetryAccessLogConfig`, every release). */
const refusedValue =
  "Only string values, nested key value lists and array values are supported in OpenTelemetry access log format.";

function refuser(releases: ReleaseSet, sets: ReleaseSets): MembersJudge["refuse"] {
  const known = boundedMemory<FormatFinding>(10);
  const nowhere = { file: "", start: 0, end: 0 };
  return (is) =>
    known(is, () => {
      const found = report("format/open-telemetry-value", nowhere, { is }, { affects: releases });
      return formatFinding({ ...found, envoy: { message: refusedValue } }, sets);
    });
}
