import { check, type Diagnostic as FormatDiagnostic, parse, type Target, type TargetMember } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import { profile } from "../kuma/profile.ts";
import { report } from "../messages.ts";
import { replaceInScalar } from "../source/encode-scalar.ts";
import type { Node } from "../source/tree.ts";
import {
  type EnvoyText,
  type Reading,
  type ReadingFacts,
  readingOf,
  type Suffix,
  type TextTest,
} from "./envoy-texts.ts";
import type { Bodies } from "./backend-bodies.ts";
import { type BackendPlace, type ItemList, itemPlaces } from "./format-places.ts";
import type { RefusedValue } from "./open-telemetry-body.ts";
import { quotesOf, withQuotes } from "./quotes.ts";
import type { Protocols } from "./traffic-protocol.ts";
import { fieldOf } from "./violation.ts";

/** Judges the formats of policies for one target. What two policies share is judged once. */
export interface FormatChecker {
  /** The releases, oldest first. */
  readonly order: readonly string[];
  /** The ways in which a backend is read, and by which releases. */
  readonly readings: (backend: BackendPlace) => readonly MembersReading[];
  /** What some releases find in a text. */
  readonly judge: (text: Judged, members: readonly TargetMember[], isTcp: boolean) => readonly FormatDiagnostic[];
}

/** A way in which some releases read a backend. */
interface MembersReading {
  readonly reading: Reading;
  readonly members: readonly TargetMember[];
}

/** What of a text decides what is found in it. */
type Judged = Pick<EnvoyText, "written" | "suffix" | "isInterpolated">;

/** A checker that remembers what it said. */
export function formatChecker({ members }: Target): FormatChecker {
  const byFacts = Map.groupBy(members, ({ kuma }) => (kuma === undefined ? "" : JSON.stringify(readingFacts(kuma))));
  const readers = [...byFacts.values()].flatMap((alike): Reader[] => {
    const kuma = alike.find((member) => member.kuma !== undefined)?.kuma;
    return kuma === undefined ? [] : [{ facts: profile(kuma), members: alike }];
  });
  const united = new Map<string, readonly TargetMember[]>();
  const membersOf = (indices: readonly number[]): readonly TargetMember[] => {
    const key = indices.join();
    const those = united.get(key) ?? indices.flatMap((index) => readers[index]?.members ?? []);
    united.set(key, those);
    return those;
  };
  const readings = new Map<string, readonly MembersReading[]>();
  const judges = new Map<readonly TargetMember[], TextJudge[]>();
  return {
    order: members.map(({ name }) => name),
    readings({ list, bodies }) {
      const key = `${list} ${bodies.named ?? ""} ${bodies.present.join()}`;
      const known = readings.get(key) ?? readingsOf(list, bodies, readers, membersOf);
      readings.set(key, known);
      return known;
    },
    judge({ written, suffix, isInterpolated }, those, isTcp) {
      const ofMembers = judges.get(those) ?? [];
      judges.set(those, ofMembers);
      const how = (isTcp ? 1 : 0) + (isInterpolated ? 2 : 0) + (suffix === "" ? 0 : 4);
      const target = (): Target => ({ members: isInterpolated ? those : those.map(withoutKuma) });
      return (ofMembers[how] ??= textJudge(target(), suffix, isTcp))(written);
    },
  };
}

type TextJudge = (written: string) => readonly FormatDiagnostic[];

/** What releases find in texts to which Kuma appends something; each text is looked at once. */
function textJudge(target: Target, suffix: Suffix, isTcp: boolean): TextJudge {
  const said = new Map<string, readonly FormatDiagnostic[]>();
  return (written) => {
    const known = said.get(written);
    if (known !== undefined) return known;
    const found = check(parse(written + suffix), target, isTcp ? { protocol: "tcp" } : {}).diagnostics;
    said.set(written, found);
    return found;
  };
}

/** What a release reads of a policy, and nothing else that differs between releases. */
function readingFacts(kuma: NonNullable<TargetMember["kuma"]>): ReadingFacts {
  const facts = profile(kuma);
  const { backendBody, hasOpenTelemetry, openTelemetryBody, openTelemetryAttributes, itemLists, formatReading } = facts;
  return { backendBody, hasOpenTelemetry, openTelemetryBody, openTelemetryAttributes, itemLists, formatReading };
}

/** Envoy alone: nothing is replaced before it. */
function withoutKuma({ name, envoy }: TargetMember): TargetMember {
  return { name, envoy };
}

/**
 * What Envoy says of the formats of a policy, at their own characters in the file.
 *
 * @param protocols the kind of traffic that an item logs, where the bundle makes it certain.
 */
export function checkFormats(
  spec: Node,
  file: string,
  resource: ResourceIdentity,
  checker: FormatChecker,
  protocols: Protocols,
): readonly Diagnostic[] {
  const found = new Map<string, Diagnostic>();
  for (const item of itemPlaces(spec)) {
    const isTcp = protocols(item, resource) === "tcp";
    for (const backend of item.backends ?? []) {
      for (const one of checker.readings(backend)) {
        for (const diagnostic of judgeReading(backend, one, { file, resource, isTcp }, checker)) {
          const { code, start, end, message } = diagnostic;
          const key = `${code} ${start} ${end} ${message}`;
          const before = found.get(key);
          const merged = before === undefined ? diagnostic : merge(before, diagnostic, checker);
          found.set(key, merged);
        }
      }
    }
  }
  return [...found.values()];
}

/** What the formats are part of, and how they are used. */
interface About {
  readonly file: string;
  readonly resource: ResourceIdentity;
  readonly isTcp: boolean;
}

/** Releases that read policies alike. */
interface Reader {
  readonly facts: ReadingFacts;
  readonly members: readonly TargetMember[];
}

/** @param membersOf the members of several readers; the same list for the same readers. */
function readingsOf(
  list: ItemList,
  bodies: Bodies,
  readers: readonly Reader[],
  membersOf: (indices: readonly number[]) => readonly TargetMember[],
): readonly MembersReading[] {
  const readings = new Map<string, { readonly reading: Reading; readonly indices: number[] }>();
  for (const [index, { facts }] of readers.entries()) {
    const reading = readingOf(list, bodies, facts);
    if (reading === undefined) continue;
    const alike = readings.get(reading.key);
    if (alike === undefined) readings.set(reading.key, { reading, indices: [index] });
    else alike.indices.push(index);
  }
  return Array.from(readings.values(), ({ reading, indices }) => ({ reading, members: membersOf(indices) }));
}

/** The same finding by other releases. */
function merge(before: Diagnostic, after: Diagnostic, { order }: FormatChecker): Diagnostic {
  return withQuotes(before, new Map([...quotesOf(before), ...quotesOf(after)]), order);
}

/** What some releases find in a logger: Envoy's own words only for the first that it refuses. */
function judgeReading(
  backend: BackendPlace,
  { reading, members }: MembersReading,
  about: About,
  { judge, order }: FormatChecker,
): readonly Diagnostic[] {
  const isFine: TextTest = (written, suffix, isInterpolated) =>
    judge({ written, suffix, isInterpolated }, members, about.isTcp).length === 0;
  if (reading.every(backend, isFine)) return [];
  const refused = new Set<string>();
  const all: Diagnostic[] = [];
  for (const value of reading.values(backend)) {
    const found = value.kind === "text" ? judgeText(value) : [refusal(value, members, about)];
    if (found.length === 0) continue;
    all.push(...(refused.size === 0 ? found : found.map((diagnostic) => silence(diagnostic, refused, order))));
    for (const diagnostic of found) {
      for (const [name, { envoy }] of quotesOf(diagnostic)) if (envoy !== undefined) refused.add(name);
    }
  }
  return all;

  function judgeText(text: EnvoyText): readonly Diagnostic[] {
    const said = judge(text, members, about.isTcp);
    if (said.length === 0) return [];
    return said.filter(isMeant(text)).map((diagnostic) => inFile(diagnostic, text, about));
  }
}

/**
 * A raw body is JSON, which its writer did not write as text: `lint/body-not-any-value` says what there is to say. What
 * is overwritten never comes to Envoy.
 */
function isMeant({ isRaw, isOverwritten }: EnvoyText): (diagnostic: FormatDiagnostic) => boolean {
  return ({ code }) => (isOverwritten ? code === "generate/format" : !isRaw || code !== "lint/json-in-text");
}

/** Takes away what those print that have refused something before. */
function silence(diagnostic: Diagnostic, refused: ReadonlySet<string>, order: readonly string[]): Diagnostic {
  const quotes = [...quotesOf(diagnostic)].map(([name, { envoy, ...quote }]) => {
    return [name, refused.has(name) || envoy === undefined ? quote : { ...quote, envoy }] as const;
  });
  return withQuotes(diagnostic, new Map(quotes), order);
}

/** Envoy takes texts, lists and lists of fields alone (envoy-operators: `OpenTelemetryAccessLogConfig`, every release). */
const refusedValue =
  "Only string values, nested key value lists and array values are supported in OpenTelemetry access log format.";

function refusal(value: RefusedValue, members: readonly TargetMember[], { file, resource }: About): Diagnostic {
  const { is, start, end, at, member } = value;
  const edits = member === undefined || is === "bytes" ? [] : asText(member);
  const details = {
    resource,
    path: fieldOf(at),
    affects: [...new Set(members.map(({ name }) => name))],
    ...(edits.length === 0 ? {} : { fixes: [{ title: "Write it as a stringValue", edits }] }),
  };
  return {
    ...report("format/open-telemetry-value", { file, start, end }, { is }, details),
    envoy: { message: refusedValue },
  };
}

/** `intValue: 5` → `stringValue: '5'`. */
function asText({ key, value, alias }: NonNullable<RefusedValue["member"]>): ReturnType<typeof replaceInScalar>[] {
  if (value.kind !== "scalar" || alias !== undefined) return [];
  const name = key.text.includes("_") ? "string_value" : "stringValue";
  const renamed = replaceInScalar(key, { start: 0, end: key.text.length }, name);
  if (typeof value.value === "string") return [renamed];
  return value.tag === undefined ? [renamed, { start: value.start, end: value.end, text: `'${value.text}'` }] : [];
}

/** A diagnostic of a format, moved from the text that Envoy gets to the file that it was written in. */
function inFile(
  { fixes = [], related, ...diagnostic }: FormatDiagnostic,
  text: EnvoyText,
  { file, resource }: About,
): Diagnostic {
  const moved = fixes.flatMap((fix) => {
    const edits = fix.edits.map((edit) => text.editSource(edit));
    return edits.every((edit) => edit !== undefined) ? [{ ...fix, edits }] : [];
  });
  const { controlPlane } = diagnostic;
  return {
    ...diagnostic,
    ...text.spanToSource(diagnostic),
    file,
    resource,
    path: fieldOf(text.at),
    ...(controlPlane && { controlPlane: { message: failure(text.text, controlPlane.message) } }),
    ...(related && { related: related.map((place) => ({ ...place, ...text.spanToSource(place) })) }),
    ...(moved.length > 0 && { fixes: moved }),
  };
}

/** Kuma up to 2.5 wraps what its parser says (meshaccesslog/plugin/v1alpha1/configurer.go:37@2.0.8; conformance/kuma/worlds). */
function failure(format: string, problem: string): string {
  return `could not apply policy plugin meshaccesslog: invalid access log format string: ${format}: ${problem}`;
}
