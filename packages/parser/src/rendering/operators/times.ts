import { toBytes } from "../bytes.ts";
import type { Scene } from "../scene.ts";
import { formatTime } from "../time/format-time.ts";
import type { Instant, ZoneAt } from "../time/civil-time.ts";
import { zoneAt } from "../time/zone.ts";
import { missing, unforetold, unusable } from "../unforetold.ts";
import { none, stringValue, textOf, type Value } from "../value.ts";

/** The patterns in which a time tells all of itself, the finest first. */
const tellingPatterns = ["%s.%9f", "%s.%f", "%s.%6f", "%s.%3f", "%s"];

/** START_TIME and its kin: a point in time through a pattern, in UTC unless the operator is a `_LOCAL` one. */
export function timeOf(name: string, pattern: string, scene: Scene): Value {
  const isLocal = name.endsWith("_LOCAL");
  const base = isLocal ? name.slice(0, -"_LOCAL".length) : name;
  const instant = instantOf(base, scene);
  if (instant === undefined) return none;
  const { minor } = scene.envoy;
  if (pattern === "") {
    // Without a pattern Envoy formats milliseconds in every release.
    const usual = isLocal ? "%Y-%m-%dT%H:%M:%E3S%z" : "%Y-%m-%dT%H:%M:%E3SZ";
    return stringValue(formatTime(usual, instant, isLocal ? zoneOf(name, instant, scene) : utc, Math.max(32, minor)));
  }
  return stringValue(formatTime(toBytes(pattern), instant, isLocal ? zoneOf(name, instant, scene) : utc, minor));
}

const utc: ZoneAt = { offset: 0, abbreviation: "UTC" };

/** @returns undefined where there is no such time, as of a certificate that nobody showed. */
export function instantOf(name: string, { facts }: Scene): Instant | undefined {
  for (const pattern of tellingPatterns) {
    const key = `${name}(${pattern})`;
    const value = facts.get(key);
    if (value === undefined) continue;
    const text = textOf(value);
    if (text === undefined) return undefined;
    const [, seconds, fraction = ""] = /^(-?[0-9]{1,15})(?:\.([0-9]{1,9}))?$/.exec(text) ?? [];
    if (seconds === undefined) unusable(`%${key}%`, "it is no number of seconds");
    return { seconds: Number(seconds), nanoseconds: Number(fraction.padEnd(9, "0")) };
  }
  const whole = facts.get(name);
  if (whole?.kind === "missing") return undefined;
  if (facts.facts.isComplete === true)
    return textOf(facts.absent(name)) === undefined ? undefined : missing(`%${name}(%s.%9f)%`);
  return missing(`%${name}(%s.%9f)%`);
}

function zoneOf(name: string, instant: Instant, { facts, timezone }: Scene): ZoneAt {
  const zone = zoneAt(timezone, instant);
  if (zone === undefined) unforetold(`%${name}%`, `there is no time zone "${timezone}"`);
  const told = textOf(facts.get(`${name}(%z %Z)`) ?? none);
  const [, letters] = /^[-+][0-9]{4} (.+)$/.exec(told ?? "") ?? [];
  return letters === undefined ? zone : { ...zone, abbreviation: letters };
}
