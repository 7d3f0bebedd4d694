import type { Format } from "../ast.ts";
import { check } from "../check.ts";
import { checkJson } from "../check-json.ts";
import type { Diagnostic, Result } from "../diagnostics.ts";
import { type Dialect, dialect, dialectOf } from "../dialect.ts";
import { parse } from "../parse.ts";
import type { Span } from "../span.ts";
import { defaultTarget, type Target, type TargetMember } from "../target.ts";
import { type Bytes, toArray, toText } from "./bytes.ts";
import { type Facts, indexFacts } from "./facts.ts";
import { mapStrings } from "./json.ts";
import { reportProblem } from "./messages.ts";
import { renderJsonFormat } from "./render-json.ts";
import { renderText } from "./render-text.ts";
import { replaceKuma } from "./replace-kuma.ts";
import type { Scene } from "./scene.ts";
import { missing, Unforetold } from "./unforetold.ts";

/** How a line is rendered. */
export interface RenderOptions {
  /** The release that prints it; by default the newest stable Kuma with its Envoy. */
  readonly release?: TargetMember;
  /** Whether `omit_empty_values` is set. */
  readonly omitEmptyValues?: boolean;
  /** Where the Envoy runs, by IANA's name, for the `_LOCAL` operators; by default `UTC`. */
  readonly timezone?: string;
  /** What Kuma puts in the place of its operators, by name. */
  readonly kumaValues?: Readonly<Record<string, string>>;
  /** The formatter extensions that the configuration adds. Kuma never adds any. */
  readonly formatters?: readonly string[];
}

/** What Envoy writes. */
export interface Line {
  readonly bytes: Uint8Array;
  /** The same as text; undefined where the bytes are not UTF-8. */
  readonly text: string | undefined;
}

/**
 * The line that Envoy writes for a text format and one request, to the byte; it adds no newline.
 *
 * @returns no line where the release refuses the format, with its diagnostics, or where the line does not follow from
 *   the facts (`io/missing-fact`, `io/unusable-fact`, `io/unforetold`). Nothing is thrown, and the work is linear in
 *   the lengths of the format and of the facts.
 */
export function render(format: Format, facts: Facts, options: RenderOptions = {}): Result<Line | undefined> {
  const release = options.release ?? newest();
  return attempt(format, () => {
    const text = replaceKuma(format.text, release, kumaValue(options));
    const own = ownDialect(release);
    const seen = text === format.text && format.dialect === own ? format : parse(text, own);
    const { diagnostics, value } = check(seen, envoyAlone(release), options);
    if (isRefused(value.envoy)) return { value: undefined, diagnostics: diagnostics.filter(isError) };
    const bytes = renderText(seen, sceneOf(facts, release, options), options.omitEmptyValues === true);
    return lineOf(bytes.join(""));
  });
}

/**
 * The line that Envoy writes for a JSON format (`json_format`), without the newline that it adds. Otherwise as
 * {@link render}.
 *
 * @param format any value of JSON; Kuma's operators are replaced in its strings, not in its keys.
 */
export function renderJson(format: unknown, facts: Facts, options: RenderOptions = {}): Result<Line | undefined> {
  const release = options.release ?? newest();
  return attempt({ start: 0, end: 0 }, () => {
    const seen = mapStrings(format, (text) => replaceKuma(text, release, kumaValue(options)));
    const { diagnostics, value } = checkJson(seen, envoyAlone(release), options);
    if (isRefused(value.envoy)) return { value: undefined, diagnostics: diagnostics.filter(isError) };
    const reading = ownDialect(release);
    return lineOf(
      renderJsonFormat(seen, {
        scene: sceneOf(facts, release, options),
        isEmptyOmitted: options.omitEmptyValues === true,
        read: (text) => parse(text, reading),
      }),
    );
  });
}

function attempt(place: Span, make: () => Result<Line | undefined>): Result<Line | undefined> {
  try {
    return make();
  } catch (stop) {
    if (stop instanceof Unforetold) return { value: undefined, diagnostics: [reportProblem(stop.problem, place)] };
    throw stop;
  }
}

function lineOf(bytes: Bytes): Result<Line> {
  return { value: { bytes: toArray(bytes), text: toText(bytes) }, diagnostics: [] };
}

function newest(): TargetMember {
  const member = defaultTarget.members.at(-1);
  if (member === undefined) throw new Error("the default target has a member");
  return member;
}

function sceneOf(facts: Facts, { envoy }: TargetMember, { timezone = "UTC" }: RenderOptions): Scene {
  return { facts: indexFacts(facts), envoy, timezone };
}

/** Kuma has done its part by the time Envoy judges. */
function envoyAlone({ envoy }: TargetMember): Target {
  return { members: [{ name: envoy.name, envoy }] };
}

function ownDialect(release: TargetMember): Dialect {
  return dialect(dialectOf(release).grammar, "none");
}

function kumaValue({ kumaValues = {} }: RenderOptions): (name: string) => string {
  return (name) => (Object.hasOwn(kumaValues, name) ? kumaValues[name] : undefined) ?? missing(`%${name}%`);
}

function isRefused(verdicts: Readonly<Record<string, string>>): boolean {
  return Object.values(verdicts).some((verdict) => verdict !== "ok");
}

function isError({ severity }: Diagnostic): boolean {
  return severity === "error";
}
