import { kumaLines, kumaMain, newestEnvoyPatches } from "./catalog/releases.ts";
import type { Diagnostic, Result } from "./diagnostics.ts";
import { report } from "./messages.ts";

/** A release of Envoy, such as `1.38.2`. */
export interface EnvoyRelease {
  readonly name: string;
  /** The 38 of 1.38.2. What the language is depends on it alone; `defects` depend on the patch too. */
  readonly minor: number;
  readonly patch: number;
}

/** A release of Kuma, such as `2.14.3`, or its development line `main`. */
export interface KumaRelease {
  readonly name: string;
  /** `2.14`, or `main`. */
  readonly line: string;
  /** 0 for `main`. */
  readonly patch: number;
  /** The Envoy that it ships. */
  readonly envoy: EnvoyRelease;
}

/** One release that a text is judged for. Without `kuma` it is Envoy alone: no `%KUMA_…%` is replaced. */
export interface TargetMember {
  readonly name: string;
  readonly envoy: EnvoyRelease;
  readonly kuma?: KumaRelease;
}

/** What a text is judged for: a fleet is mixed, so it is a set of releases, oldest first, never empty. */
export interface Target {
  readonly members: readonly TargetMember[];
}

/** Which releases are meant; the ranges are those of `--kuma` and `--envoy`: `2.14`, `v2.9.6`, `2.9..2.13`, `>=2.9`, `main`, comma lists. */
export interface TargetRequest {
  readonly kuma?: string;
  /** Judges by these Envoys instead of those that the Kuma releases ship; alone it means Envoy without Kuma. */
  readonly envoy?: string;
  /** Every patch of a range, not only the newest of each line. */
  readonly allPatches?: boolean;
}

/** Every release of Kuma from 2.0, oldest first, `main` last. */
export const kumaReleases: readonly KumaRelease[] = [
  ...Object.entries(kumaLines).flatMap(([line, patches]) =>
    Object.entries(patches)
      .flatMap(([span, envoy]) => {
        const [first = "", last = first] = span.split("..");
        return numbersBetween(Number(first), Number(last)).map((patch) => ({
          name: `${line}.${String(patch)}`,
          line,
          patch,
          envoy: envoyRelease(envoy),
        }));
      })
      .sort((a, b) => a.patch - b.patch),
  ),
  { name: kumaMain.name, line: kumaMain.name, patch: 0, envoy: envoyRelease(kumaMain.envoy) },
];

/** Every release of Envoy that can be a target, oldest first. */
export const envoyReleases: readonly EnvoyRelease[] = Object.entries(newestEnvoyPatches).flatMap(([minor, newest]) =>
  numbersBetween(0, newest).map((patch) => envoyRelease(`${minor}.${String(patch)}`)),
);

/** The newest stable Kuma. */
export const defaultTarget: Target = kumaTarget(
  kumaReleases.filter((release) => release.line !== kumaMain.name).slice(-1),
);

/**
 * The releases that a range names.
 *
 * @param range `kuma RANGE` or `envoy RANGE`, or both parts as a {@link TargetRequest}.
 * @returns no value, and an `io/unknown-release` or `io/malformed-range` with its place in the range's text, where the
 *   range names nothing that there is.
 */
export function target(range: string | TargetRequest): Result<Target | undefined> {
  const request = typeof range === "string" ? requestOf(range) : { value: range, diagnostics: [] };
  if (request.value === undefined) return { value: undefined, diagnostics: request.diagnostics };
  const { kuma: kumaRange, envoy: envoyRange, allPatches } = request.value;
  const kuma = kumaRange === undefined ? undefined : select(kumaSeries, kumaRange, allPatches);
  const envoy = envoyRange === undefined ? undefined : select(envoySeries, envoyRange, allPatches);
  const diagnostics = [...(kuma?.diagnostics ?? []), ...(envoy?.diagnostics ?? [])];
  if (diagnostics.length > 0) return { value: undefined, diagnostics };
  if (kuma !== undefined && envoy !== undefined) {
    const members = kuma.value.flatMap((release) =>
      envoy.value.map((judge) => ({ name: release.name, envoy: judge, kuma: release })),
    );
    return { value: { members }, diagnostics };
  }
  if (kuma !== undefined) return { value: kumaTarget(kuma.value), diagnostics };
  if (envoy !== undefined) {
    return { value: { members: envoy.value.map((release) => ({ name: release.name, envoy: release })) }, diagnostics };
  }
  return { value: defaultTarget, diagnostics };
}

/** Some releases of Kuma, oldest first, each with the Envoy that it ships. */
export function kumaTarget(releases: readonly KumaRelease[]): Target {
  return { members: releases.map((release) => ({ name: release.name, envoy: release.envoy, kuma: release })) };
}

function requestOf(text: string): Result<TargetRequest | undefined> {
  const [, program, range] = /^\s*(kuma|envoy)\s+(\S.*|)$/.exec(text) ?? [];
  if (range === undefined) {
    const whole = { start: 0, end: text.length };
    return { value: undefined, diagnostics: [report("io/malformed-range", whole, { range: text })] };
  }
  return { value: program === "kuma" ? { kuma: range } : { envoy: range }, diagnostics: [] };
}

function envoyRelease(name: string): EnvoyRelease {
  const [, minor = "", patch = ""] = /^1\.(\d+)\.(\d+)/.exec(name) ?? [];
  return { name, minor: Number(minor), patch: Number(patch) };
}

function numbersBetween(first: number, last: number): number[] {
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** The releases of one program, grouped by the line whose newest patch stands for it. */
interface Series<R extends { readonly name: string; readonly patch: number }> {
  readonly program: string;
  readonly releases: readonly R[];
  readonly lineOf: (release: R) => string;
  /** Lines that a range does not take in: they must be named. */
  readonly named: ReadonlySet<string>;
}

const kumaSeries: Series<KumaRelease> = {
  program: "Kuma",
  releases: kumaReleases,
  lineOf: (release) => release.line,
  named: new Set([kumaMain.name]),
};

const envoySeries: Series<EnvoyRelease> = {
  program: "Envoy",
  releases: envoyReleases,
  lineOf: (release) => `1.${String(release.minor)}`,
  named: new Set(),
};

/** The pieces of a range: `2.14`, `>=2.9`, `2.9..2.13`. */
function readRange(item: string): { readonly isAtLeast: boolean; readonly from: string; readonly to?: string } {
  const written = item.trim();
  const isAtLeast = written.startsWith(">=");
  const [from = "", ...rest] = (isAtLeast ? written.slice(2).trimStart() : written).split("..");
  return rest.length === 0 ? { isAtLeast, from } : { isAtLeast, from, to: rest.join("..") };
}

/** Whether something may be a version: then it is one that there is not. */
function isVersion(text: string): boolean {
  return /^[^\s.]\S*$/.test(text);
}

/** The releases of a series that a comma list of versions and ranges names, oldest first, each once. */
function select<R extends { readonly name: string; readonly patch: number }>(
  series: Series<R>,
  list: string,
  allPatches = false,
): Result<readonly R[]> {
  const diagnostics: Diagnostic[] = [];
  const chosen = new Set<R>();
  let offset = 0;
  for (const item of list.split(",")) {
    const place = { start: offset, end: offset + item.length };
    offset = place.end + 1;
    const { isAtLeast, from, to } = readRange(item);
    if (!isVersion(from) || (to !== undefined && (isAtLeast || !isVersion(to)))) {
      diagnostics.push(report("io/malformed-range", place, { range: item }));
      continue;
    }
    const first = endpoint(series, from);
    const last = to === undefined ? first : endpoint(series, to);
    for (const [name, found] of [
      [from, first],
      [to ?? from, last],
    ] as const) {
      if (found === undefined) diagnostics.push(report("io/unknown-release", place, unknown(series, name)));
      if (found === undefined && to === undefined) break;
    }
    if (first === undefined || last === undefined) continue;
    const isRange = isAtLeast || to !== undefined;
    const end = isAtLeast ? series.releases.length : last.end;
    const inside = series.releases
      .slice(first.start, end)
      .filter(
        (release) =>
          !isRange ||
          !series.named.has(series.lineOf(release)) ||
          (last.end === series.releases.length && to !== undefined),
      );
    const newest = new Map(inside.map((release) => [series.lineOf(release), release]));
    const members = allPatches
      ? inside
      : inside.filter(
          (release) =>
            newest.get(series.lineOf(release)) === release || release === first.exact || release === last.exact,
        );
    if (members.length === 0) diagnostics.push(report("io/malformed-range", place, { range: item }));
    for (const release of members) chosen.add(release);
  }
  return { value: series.releases.filter((release) => chosen.has(release)), diagnostics };
}

/** Where a version stands in its series: a line covers all its patches, a patch itself alone. */
interface Endpoint<R> {
  readonly start: number;
  readonly end: number;
  readonly exact?: R;
}

function endpoint<R extends { readonly name: string; readonly patch: number }>(
  series: Series<R>,
  version: string,
): Endpoint<R> | undefined {
  const name = version.replace(/^v/, "");
  const index = series.releases.findIndex((release) => release.name === name);
  const exact = series.releases[index];
  if (exact !== undefined) return { start: index, end: index + 1, exact };
  const start = series.releases.findIndex((release) => series.lineOf(release) === name);
  if (start < 0) return undefined;
  return { start, end: series.releases.findLastIndex((release) => series.lineOf(release) === name) + 1 };
}

/** The parameters of `io/unknown-release`: what is nearest to a version that does not exist. */
function unknown<R extends { readonly name: string; readonly patch: number }>(
  series: Series<R>,
  version: string,
): { program: string; version: string; nearest: string } {
  const wanted = numbersOf(version);
  // A line is near to all patches of another one: the newest of them stands for it.
  const distance = (name: string): number => {
    const numbers = numbersOf(name);
    return wanted.slice(0, 3).reduce((sum, number, i) => sum * 1e3 + Math.abs(number - (numbers[i] ?? 0)), 0);
  };
  const nearest = series.releases.reduce((best, release) =>
    distance(release.name) <= distance(best.name) ? release : best,
  );
  return { program: series.program, version, nearest: nearest.name };
}

function numbersOf(version: string): number[] {
  return (version.match(/\d+/g) ?? []).map(Number);
}
