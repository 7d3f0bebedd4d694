import type { Format } from "./ast.ts";
import { checkReading } from "./checker.ts";
import type { Result } from "./diagnostics.ts";
import { dialect, dialectOf, type Dialect } from "./dialect.ts";
import { type Minors, noMinors, only } from "./minors.ts";
import { readAsOldKuma } from "./old-kuma.ts";
import type { CheckOptions } from "./options.ts";
import { parse } from "./parse.ts";
import { isReplacedAlike } from "./placeholders.ts";
import type { Target, TargetMember } from "./target.ts";
import { type Outcome, summarize, type Verdicts } from "./verdicts.ts";

/**
 * Judges a format as each release of a target would: whether Envoy takes it, with the text that Envoy prints where it
 * does not, and what is odd about it. Nothing is thrown, and the work is linear in the length of the format.
 */
export function check(format: Format, target: Target, options: CheckOptions = {}): Result<Verdicts> {
  return summarize(target.members, judge(format, target, options), format.text.length);
}

/**
 * What every member of a target finds in a format.
 *
 * @param refused the members that have refused something before it, and print nothing any more.
 */
export function judge(
  format: Format,
  target: Target,
  options: CheckOptions,
  refused?: Pick<ReadonlySet<TargetMember>, "has">,
): readonly Outcome[] {
  return readingsOf(format, readersOf(target, options)).map(({ read, members, kuma }) => {
    const silent = refused === undefined ? noMinors : minorsOf(members.filter((member) => refused.has(member)));
    const judges = { minors: minorsOf(members), silent, rewritten: kuma === null };
    return { members, kuma, findings: checkReading(read, judges, options) };
  });
}

/** Members of a target that read every format alike. */
interface Readers {
  readonly dialect: Dialect;
  readonly members: readonly TargetMember[];
  /** Whether their Kuma reads the format first, with a parser of its own. */
  readonly haveParser: boolean;
}

/** One reading of a format, and those who read it so. */
interface Reading extends Pick<Outcome, "members" | "kuma"> {
  readonly read: Format;
}

/** Most formats read alike in every dialect: then there is one reading for all members. */
function readingsOf(format: Format, everyone: readonly Readers[]): Reading[] {
  const readings: Reading[] = [];
  for (const { dialect: theirs, members, haveParser } of everyone) {
    if (haveParser) {
      const own = readAsOldKuma(format.text);
      const isRead = own.kind === "read";
      const read = readAs(format, isRead ? dialect(theirs.grammar, "none") : theirs);
      readings.push({ read, members, kuma: isRead ? null : own });
      continue;
    }
    const read = readAs(format, theirs);
    const same = readings.findIndex((reading) => reading.read === read && reading.kuma === undefined);
    const others = readings[same]?.members;
    if (others === undefined) readings.push({ read, members, kuma: undefined });
    else readings[same] = { read, members: [...others, ...members], kuma: undefined };
  }
  return readings;
}

/** The Envoy minors of some members of a target. */
export function minorsOf(members: readonly TargetMember[]): Minors {
  return members.reduce((minors, { envoy }) => minors | only(envoy.minor), noMinors);
}

function readAs(format: Format, dialect: Dialect): Format {
  return readsAlike(format, dialect) ? format : parse(format.text, dialect);
}

const cached = new WeakMap<Target, Map<boolean, readonly Readers[]>>();

/** The members of a target, those with one dialect together; worked out once for each target. */
function readersOf(target: Target, { kuma: isReplaced = false }: CheckOptions): readonly Readers[] {
  const byOption = cached.get(target) ?? new Map<boolean, readonly Readers[]>();
  cached.set(target, byOption);
  let readers = byOption.get(isReplaced);
  if (readers === undefined) {
    readers = groupMembers(target.members, isReplaced);
    byOption.set(isReplaced, readers);
  }
  return readers;
}

function groupMembers(members: readonly TargetMember[], isReplaced: boolean): Readers[] {
  const groups = new Map<string, { dialect: Dialect; members: TargetMember[]; haveParser: boolean }>();
  for (const member of members) {
    const own = dialectOf(member);
    const dialectHere = isReplaced ? dialect(own.grammar, "2.14") : own;
    const haveParser = !isReplaced && hasParser(member);
    const key = `${dialectHere.grammar} ${dialectHere.kuma} ${String(haveParser)}`;
    const group = groups.get(key) ?? { dialect: dialectHere, members: [], haveParser };
    group.members.push(member);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Kuma read formats itself up to 2.5. */
function hasParser({ kuma }: TargetMember): boolean {
  return kuma !== undefined && /^2\.[0-5]$/.test(kuma.line);
}

/** Whether a format would have the same nodes if it were read in another dialect. */
function readsAlike(format: Format, other: Dialect): boolean {
  const { dialect: own, text, parts } = format;
  if (own === other) return true;
  if (!isReplacedAlike(text, own.kuma, other.kuma)) return false;
  return (
    own.grammar === other.grammar ||
    parts.every(
      (part) =>
        part.kind !== "broken" &&
        (part.kind !== "operator" || part.argument === undefined || !/[)\r\n]/.test(part.argument.text)),
    )
  );
}
