import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import type { Node } from "../source/tree.ts";
import type { EnvoyText, Reading } from "./envoy-texts.ts";
import type { FormatChecker, MembersReading } from "./format-checker.ts";
import { itemPlaces } from "./format-places.ts";
import { type FormatFinding, type FoundInFormat, inFile } from "./found-in-format.ts";
import type { Protocols } from "./traffic-protocol.ts";

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
  let findings: Findings | undefined;
  for (const item of itemPlaces(spec)) {
    if (item.backends === undefined) continue;
    const isTcp = protocols(item, resource) === "tcp";
    for (const backend of item.backends) {
      for (const one of checker.readings(backend)) {
        const finds = one.finds[isTcp ? "tcp" : "any"];
        if (one.reading.some(backend, finds)) {
          findings ??= new Findings(checker);
          judgeValues(one.reading.values(backend, finds), one, isTcp, checker, findings);
        }
      }
    }
  }
  return findings === undefined ? none : findings.all.map((one) => inFile(one, file, resource));
}

const none: readonly Diagnostic[] = [];

/** What is found in the formats of a policy: what several readings find at one place is one. */
class Findings {
  readonly all: FoundInFormat[] = [];
  readonly #byStart = new Map<number, FoundInFormat[]>();
  readonly #merge: FormatChecker["merge"];

  constructor({ merge }: FormatChecker) {
    this.#merge = merge;
  }

  add(found: FoundInFormat): void {
    const beside = this.#byStart.get(found.start);
    const same = beside?.find((other) => isSame(other, found));
    if (same !== undefined) {
      same.quotes = this.#merge(same.quotes, found.quotes);
      return;
    }
    this.all.push(found);
    if (beside === undefined) this.#byStart.set(found.start, [found]);
    else beside.push(found);
  }
}

function isSame(a: FoundInFormat, b: FoundInFormat): boolean {
  return (
    a.end === b.end && a.finding.head.code === b.finding.head.code && a.finding.head.message === b.finding.head.message
  );
}

/** What some releases find in the values of a logger: Envoy's own words only for the first that it refuses. */
function judgeValues(
  values: ReturnType<Reading["values"]>,
  { judge, refuse }: MembersReading,
  isTcp: boolean,
  { silence, sets }: FormatChecker,
  findings: Findings,
): void {
  let refused = sets.none;
  for (const value of values) {
    const before = refused;
    for (const finding of value.kind === "text" ? judge(value, isTcp) : [refuse(value.is)]) {
      if (value.kind === "text" && !isMeant(finding, value)) continue;
      const quotes = before === sets.none ? finding.quoted : silence(finding.quoted, before);
      const { start, end } = value.kind === "text" ? value.spanToSource(finding.span) : value;
      findings.add({ finding, quotes, value, start, end });
      refused = sets.union(refused, finding.refusing);
    }
  }
}

/**
 * A raw body is JSON, which its writer did not write as text: `lint/body-not-any-value` says what there is to say. What
 * is overwritten never comes to Envoy.
 */
function isMeant({ head: { code } }: FormatFinding, { isRaw, isOverwritten }: EnvoyText): boolean {
  return isOverwritten ? code === "generate/format" : !isRaw || code !== "lint/json-in-text";
}
