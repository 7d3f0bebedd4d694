import type { Argument, Effective } from "./arguments/argument.ts";
import { CallCheck } from "./arguments/call.ts";
import type { BrokenOperator, Format, KumaOperator, Name, Operator, Part, StrayPercent } from "./ast.ts";
import { checkCall, type Reach, reachOf } from "./call-checker.ts";
import { kumaOperators, operators } from "./catalog/operators.ts";
import type { Fix } from "./diagnostics.ts";
import { Findings } from "./findings.ts";
import { edit, nearest, writeNearest } from "./fixes.ts";
import { isMeantFor, lintCall, lintFormat } from "./linter.ts";
import { allMinors, before, type Minors, noMinors, since } from "./minors.ts";
import type { CheckOptions } from "./options.ts";
import { kumaBetween } from "./placeholders.ts";
import { Reporter } from "./reporter.ts";
import { otherSpellings } from "./spellings.ts";
import { utf8Length } from "./utf8.ts";

/** Which releases one reading of a format is checked for. */
export interface Judges {
  readonly minors: Minors;
  /** Those of them that have refused something before this format, and print nothing any more. */
  readonly silent: Minors;
  /** Kuma up to 2.5 has read the format before, and writes some operators otherwise than they stood. */
  readonly rewritten: boolean;
}

/** Checks one reading of a format for all the Envoys that read it so, from left to right as they do. */
export function checkReading(format: Format, judges: Judges, options: CheckOptions): Findings {
  const findings = new Findings(judges.minors & ~judges.silent);
  const reading: Reading = { judges, options, findings, sight: new Sight(format, options) };
  format.parts.forEach((part, i) => {
    const next = format.parts[i + 1];
    switch (part.kind) {
      case "operator":
        checkOperator(part, next, reading);
        break;
      case "broken":
        refuseBroken(part, next, reading);
        break;
      case "stray":
        // The second half of %%KUMA_MESH%% was reported with the first.
        if (format.parts[i - 1]?.kind === "kuma" && format.parts[i - 2]?.kind === "stray") break;
        refuseStray(part, next, format.parts[i + 2], reading);
        break;
      case "text":
      case "escape":
      case "kuma":
        break;
    }
  });
  lintFormat(format, reporterOf(reading));
  return findings;
}

/** What the checks of one reading share. */
interface Reading {
  readonly judges: Judges;
  readonly options: CheckOptions;
  readonly findings: Findings;
  readonly sight: Sight;
}

/** Each part is judged as if all had accepted what stands before it. */
function reporterOf({ judges, findings }: Reading): Reporter {
  return new Reporter(judges.minors, findings);
}

/** What Envoy gets to see: the values of Kuma's operators in their place. */
class Sight {
  readonly #format: Format;
  readonly #options: CheckOptions;
  #kuma: readonly KumaOperator[] | undefined;

  constructor(format: Format, options: CheckOptions) {
    this.#format = format;
    this.#options = options;
  }

  /** What Envoy gets to see of the pieces of an argument. */
  of(argument: Argument | undefined): Effective {
    if (argument?.kuma === undefined) return asWritten;
    return ({ start, end, text }) => this.#replaced(start, end) ?? text;
  }

  /** The text between two offsets of the format as Envoy gets it. */
  between(start: number, end: number): string {
    return this.#replaced(start, end) ?? this.#format.text.slice(start, end);
  }

  /** The same, where there is an operator of Kuma. */
  #replaced(start: number, end: number): string | undefined {
    this.#kuma ??= everyKuma(this.#format.parts);
    const inside = kumaBetween(this.#kuma, start, end);
    if (inside.length === 0) return undefined;
    const seen: string[] = [];
    let at = start;
    for (const operator of inside) {
      seen.push(this.#format.text.slice(at, operator.start), this.#options.kumaValues?.[operator.name] ?? unknownValue);
      at = operator.end;
    }
    seen.push(this.#format.text.slice(at, end));
    return seen.join("");
  }

  /** Envoy's text where no operator starts at a `%`. */
  noCommandAt(offset: number): string {
    const position = utf8Length(this.between(0, offset));
    const whole = this.between(0, this.#format.text.length);
    return `Incorrect configuration: ${whole}. Couldn't find valid command at position ${position}`;
  }
}

const asWritten: Effective = ({ text }) => text;

/** What stands for a value of Kuma that is not known. */
const unknownValue = "kuma-value";

function everyKuma(parts: readonly Part[]): readonly KumaOperator[] {
  const found: KumaOperator[] = [];
  for (const part of parts) {
    if (part.kind === "kuma") found.push(part);
    else if ((part.kind === "operator" || part.kind === "broken") && part.argument?.kuma !== undefined) {
      found.push(...part.argument.kuma);
    }
  }
  return found;
}

function refuseStray(part: StrayPercent, next: Part | undefined, afterNext: Part | undefined, reading: Reading): void {
  const { sight } = reading;
  const report = reporterOf(reading);
  const text = lazily(() => sight.noCommandAt(part.start));
  if (next?.kind === "kuma") {
    refuseTakenPercent(part, next, afterNext?.kind === "stray", reading, text);
    return;
  }
  report.refuse("format/stray-percent", part, {}, allMinors, text, () => {
    const [, word = ""] = next?.kind === "text" ? (/^([A-Za-z0-9_]+)/.exec(next.text) ?? []) : [];
    const name = nearest(word, operators.keys());
    const isMeant = name !== undefined && name === word.toUpperCase();
    return {
      fixes: [
        ...(isMeant ? [edit(`Write %${name}%`, part.start, part.end + word.length, `%${name}%`)] : []),
        edit("Write %%", part.start, part.end, "%%"),
      ],
    };
  });
}

function refuseBroken(part: BrokenOperator, next: Part | undefined, reading: Reading): void {
  const { sight } = reading;
  const report = reporterOf(reading);
  const text = lazily(() => sight.noCommandAt(part.start));
  const is = { name: part.name.text };
  switch (part.problem) {
    case "name": {
      report.refuse("format/operator-name", part.name, is, allMinors, text, () => {
        const upper = part.name.text.toUpperCase().replaceAll("-", "_");
        const name = operators.has(upper) || kumaOperators.has(upper) ? upper : nearest(upper, operators.keys());
        return {
          fixes: [
            ...(name === undefined ? [] : [edit(`Write ${name}`, part.name.start, part.name.end, name)]),
            edit("Write %% for a percent sign", part.start, part.start + 1, "%%"),
          ],
        };
      });
      return;
    }
    case "no-percent": {
      if (next?.kind === "kuma") {
        refuseTakenPercent(part, next, false, reading, text);
        return;
      }
      report.refuse("format/missing-percent", part, is, allMinors, text, () => ({
        fixes: [edit("Close it with %", part.end, part.end, "%")],
      }));
      return;
    }
    case "no-parenthesis": {
      const end = part.start + trimmedLength(sight.between(part.start, part.end));
      report.refuse(
        "format/missing-parenthesis",
        { start: part.start, end: Math.min(end, part.end) },
        is,
        allMinors,
        text,
        () => ({
          fixes: [edit("Close it with )%", Math.min(end, part.end), Math.min(end, part.end), ")%")],
        }),
      );
      return;
    }
    case "line-break":
      report.refuse("format/line-break", part, is, allMinors, text);
  }
}

function trimmedLength(text: string): number {
  return text.trimEnd().length;
}

/** A `%` of Kuma's operator was to close what stands before it, or to be its escape. */
function refuseTakenPercent(
  part: BrokenOperator | StrayPercent,
  next: KumaOperator,
  isDoubled: boolean,
  reading: Reading,
  text: () => string,
): void {
  const place = { start: part.start, end: isDoubled ? next.end + 1 : next.end };
  const seen = reading.sight.between(place.start, place.end);
  reporterOf(reading).refuse("format/kuma-takes-percent", place, { name: next.name, seen }, allMinors, text, () => ({
    fixes: [
      part.kind === "stray"
        ? edit(`Write %${next.name}%`, place.start, place.end, `%${next.name}%`)
        : edit("Close the operator before it with %", part.end, part.end, "%"),
    ],
  }));
}

/** The text is as long as the format: it is made only where somebody reads it. */
function lazily(make: () => string): () => string {
  let made: string | undefined;
  return () => (made ??= make());
}

function checkOperator(part: Operator, next: Part | undefined, reading: Reading): void {
  const { judges, options, findings, sight } = reading;
  const { argument, limit } = part;
  const name = part.name.text;
  if (judges.rewritten && name.startsWith("KUMA_")) return;
  const reach = judges.rewritten && name === "GRPC_STATUS" ? undefined : reachOf(name);
  const isKnown = reach !== undefined && (judges.minors & ~reach.builtIn) === noMinors;
  const isBare = argument === undefined && limit === undefined;
  if (isKnown && isBare && reach.isPlain && isMeantFor(options.protocol, reach.facts)) return;
  const check = new CallCheck(name, part, judges.minors, findings, sight.of(argument));
  if (reach !== undefined) lintCall(part, next, reach.facts, reach.extended, options, check);
  if (limit !== undefined && !isUnsigned64(limit.text)) {
    const is = { limit: limit.text };
    const text = `Length must be an integer, given: ${limit.text}`;
    check.refuse("format/limit-too-large", limit, is, before("1.32"), text);
    check.refuse("format/limit-too-large", limit, is, since("1.32"), () => sight.noCommandAt(part.start));
  }
  if (!isKnown) refuseUnknown(part, reach, reading, check);
  if (reach === undefined) return;
  const isLimitDropped = judges.rewritten && name === "START_TIME" && limit !== undefined;
  checkCall(isLimitDropped ? { name: part.name, ...(argument && { argument }) } : part, reach, check);
}

function isUnsigned64(digits: string): boolean {
  if (digits.length < 20) return true;
  const significant = digits.replace(/^0+/, "");
  return significant.length < 20 || (significant.length === 20 && significant <= "18446744073709551615");
}

/** Envoys that do not know the name, for one reason or another, all say the same. */
function refuseUnknown(call: Operator, reach: Reach | undefined, { judges, options }: Reading, check: CallCheck): void {
  const { formatters = [] } = options;
  const { name } = call;
  const text = `Not supported field in StreamInfo: ${name.text}`;
  const is = { name: name.text };
  if (reach === undefined) {
    const others = formatters.includes(dynamicModules) ? since("1.39") : noMinors;
    if (judges.rewritten && name.text === "GRPC_STATUS") {
      const seen = "CMD_GRPC_STATUS";
      const renamed = `Not supported field in StreamInfo: ${seen}`;
      check.refuse("format/renamed-by-kuma", call, { ...is, seen }, allMinors, renamed, () => ({
        fixes: [edit("Write GRPC_STATUS_NUMBER", name.start, name.end, "GRPC_STATUS_NUMBER")],
      }));
    } else if (name.text.startsWith("KUMA_")) {
      check.refuse("format/unreplaced-kuma-operator", call, is, allMinors & ~others, text, () =>
        kumaFixes(name, check),
      );
    } else {
      check.refuse("format/unknown-operator", call, is, allMinors & ~others, text, () =>
        writeNearest(name.start, name.end, name.text, [...operators.keys(), ...kumaOperators.keys()]),
      );
    }
    return;
  }
  const { facts, builtIn, extended } = reach;
  check.refuse("format/newer-operator", call, { ...is, since: facts.since }, allMinors & ~extended, text, () =>
    otherSpellings(call, facts, judges.minors),
  );
  const { extension } = facts;
  if (extension !== undefined && !formatters.includes(extension.name)) {
    const parameters = { ...is, extension: extension.name };
    check.refuse("format/extension-operator", call, parameters, allMinors & ~builtIn, text, () =>
      otherSpellings(call, facts, judges.minors),
    );
  }
}

/** An extension whose operators only the loaded module knows. */
const dynamicModules = "envoy.formatter.dynamic_modules";

/** `%KUMA_MESH:5%` → `%KUMA_MESH%`, `%KUMA_MSEH%` → `%KUMA_MESH%`. */
function kumaFixes(name: Name, { place }: CallCheck): { fixes: Fix[] } {
  const meant = kumaOperators.has(name.text) ? name.text : nearest(name.text, kumaOperators.keys());
  if (meant === undefined) return { fixes: [] };
  const isBare = place.end === name.end + 1;
  if (isBare && meant === name.text) return { fixes: [] };
  return { fixes: [edit(`Write %${meant}%`, name.start, isBare ? name.end : place.end - 1, meant)] };
}
