import type { Bytes } from "../bytes.ts";
import { unforetold } from "../unforetold.ts";
import { type CivilTime, civilTime, type Instant, weekFrom, type ZoneAt } from "./civil-time.ts";
import { strftime } from "./strftime.ts";
import { trimEnd } from "../../trim-end.ts";

/** What Envoy replaces itself, before absl sees the rest: since 1.32, and before. */
const ownSpecifiers = {
  current: /%(?:[1-9*]?f|s|E[1-9*][Sf])/g,
  old: /%(?:[1-9]?f|s)/g,
} as const;

/**
 * Prints a time as Envoy does. Source: `DateFormatter` in `source/common/common/utility.cc`.
 *
 * @param minor of the Envoy: up to 1.31 absl saw whole seconds only.
 */
export function formatTime(pattern: Bytes, instant: Instant, zone: ZoneAt, minor: number): Bytes {
  const isOld = minor < 32;
  const civil = civilTime(instant, zone);
  if (civil === undefined) unforetold("The time", "the year is out of reach");
  const printed: string[] = [];
  let at = 0;
  for (const { 0: specifier, index } of pattern.matchAll(isOld ? ownSpecifiers.old : ownSpecifiers.current)) {
    printed.push(formatWithAbsl(pattern.slice(at, index), civil, instant, zone, isOld));
    printed.push(printOwn(specifier, civil, instant));
    at = index + specifier.length;
  }
  printed.push(formatWithAbsl(pattern.slice(at), civil, instant, zone, isOld));
  return printed.join("");
}

function printOwn(specifier: string, { second }: CivilTime, { seconds, nanoseconds }: Instant): Bytes {
  if (specifier === "%s") return String(seconds);
  const [, width = ""] = /([1-9*])?[Sf]$/.exec(specifier) ?? [];
  const all = String(nanoseconds).padStart(9, "0");
  const digits = width === "*" ? trimEnd(all, "0") : all.slice(0, width === "" ? 9 : Number(width));
  if (specifier.endsWith("f")) return digits === "" ? "0" : digits;
  return twoDigits(second) + (digits === "" ? "" : `.${digits}`);
}

/** The next place where absl may do something of its own. */
const percents = /%+/g;

/** What absl prints itself; the rest is the C library's. `F` and `T` show it after a width: `%5%T` (measured, 1.36 to 1.40). */
const simple = /^[YmdeUuwWHMSFTzZs%\0]/;
const extended = /^(?::{1,3}z|E(?:T|z|\*z|\*[Sf]|4Y|0*[0-9]{1,4}[Sf]))/;

/**
 * Prints a time as `absl::FormatTime` does: what it knows itself, the rest through `strftime`, in pieces as long as
 * nothing that it knows interrupts them. Source: `absl/time/internal/cctz/src/time_zone_format.cc`.
 */
function formatWithAbsl(pattern: Bytes, civil: CivilTime, instant: Instant, zone: ZoneAt, isOld: boolean): Bytes {
  const printed: string[] = [];
  let pending = 0;
  const flush = (end: number): void => {
    if (end > pending) printed.push(throughStrftime(pattern.slice(pending, end), civil));
    pending = end;
  };
  percents.lastIndex = 0;
  let at = 0;
  while (at < pattern.length) {
    percents.lastIndex = at;
    const found = percents.exec(pattern);
    const start = found?.index ?? pattern.length;
    // Ordinary text with nothing before it that strftime is to print.
    if (start > at && pending === at) {
      printed.push(pattern.slice(at, start));
      pending = start;
    }
    at = start + (found?.[0].length ?? 0);
    if (at > start && pending === start) {
      const pairs = (at - start) >> 1;
      printed.push("%".repeat(pairs));
      pending += 2 * pairs;
      if (pending !== at && at === pattern.length) {
        printed.push("%");
        pending = at;
      }
    }
    if (at === pattern.length || (at - start) % 2 === 0) continue;
    const rest = pattern.slice(at, at + 8);
    const own = simple.exec(rest)?.[0] ?? extended.exec(rest)?.[0];
    const digits = own === undefined ? undefined : /^E(\d+)[Sf]$/.exec(own)?.[1];
    if (own === undefined || Number(digits ?? 0) > 1024) {
      // absl looks at the next character, or the one after an E, as ordinary text again.
      if (rest.startsWith("E") && at + 1 < pattern.length) at++;
      continue;
    }
    flush(at - 1);
    printed.push(printAbsl(own, civil, instant, zone, isOld));
    at += own.length;
    pending = at;
  }
  flush(pattern.length);
  return printed.join("");
}

/** absl gives the C library room for sixteen times the pattern, and prints nothing where that is not enough. */
function throughStrftime(pattern: Bytes, civil: CivilTime): Bytes {
  return strftime(pattern, civil, 16 * pattern.length - 1) ?? "";
}

function printAbsl(
  own: string,
  civil: CivilTime,
  { seconds, nanoseconds }: Instant,
  zone: ZoneAt,
  isOld: boolean,
): Bytes {
  switch (own) {
    case "Y":
      return String(civil.year);
    case "m":
      return twoDigits(civil.month);
    case "d":
      return twoDigits(civil.day);
    case "e":
      return String(civil.day).padStart(2);
    case "U":
      return twoDigits(weekFrom(0, civil));
    case "W":
      return twoDigits(weekFrom(1, civil));
    case "u":
      return String(((civil.weekday + 6) % 7) + 1);
    case "w":
      return String(civil.weekday);
    case "H":
      return twoDigits(civil.hour);
    case "M":
      return twoDigits(civil.minute);
    case "S":
      return twoDigits(civil.second);
    case "F":
      return `${civil.year}-${twoDigits(civil.month)}-${twoDigits(civil.day)}`;
    case "T":
      return [civil.hour, civil.minute, civil.second].map(twoDigits).join(":");
    case "z":
      return printOffset(zone.offset, "");
    case "Ez":
    case ":z":
      return printOffset(zone.offset, ":");
    case "E*z":
    case "::z":
      return printOffset(zone.offset, ":*");
    case ":::z":
      return printOffset(zone.offset, ":*:");
    case "Z":
      return zone.abbreviation ?? unforetold("%Z", "the short name of the time zone is not known");
    case "s":
      return String(seconds);
    case "%":
      return "%";
    case "\0":
      return "";
    case "ET":
      return "T";
    case "E4Y":
      return civil.year < 0 ? `-${String(-civil.year).padStart(3, "0")}` : String(civil.year).padStart(4, "0");
    case "E*S":
    case "E*f":
      return printOwn(`%${own}`, civil, { seconds, nanoseconds: isOld ? 0 : nanoseconds });
    default:
      return printDigits(own, civil, isOld);
  }
}

/** `E3S`, `E12f`: what is left to absl of them has no fraction, or one that Envoy's cache mixes up. */
function printDigits(own: string, { second }: CivilTime, isOld: boolean): Bytes {
  const count = Number(own.slice(1, -1));
  if (count > 0 && !isOld) {
    unforetold(`%${own}`, "its digits are those of the first record that Envoy wrote in the same second");
  }
  const digits = "0".repeat(Math.min(count, 18));
  if (own.endsWith("f")) return digits;
  return twoDigits(second) + (digits === "" ? "" : `.${digits}`);
}

/** @param mode the separator, `*` for seconds, and another `:` for the shortest form. */
function printOffset(offset: number, mode: "" | ":" | ":*" | ":*:"): Bytes {
  const total = Math.abs(offset);
  const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60];
  const separator = mode.slice(0, 1);
  const isExtended = mode.length > 1;
  const isShortest = mode.length > 2;
  const hasSeconds = isExtended && (!isShortest || seconds !== 0);
  const hasMinutes = !isShortest || minutes !== 0 || seconds !== 0;
  const isNegative = offset < 0 && (hasSeconds || hours !== 0 || minutes !== 0);
  return [
    isNegative ? "-" : "+",
    twoDigits(hours),
    hasMinutes ? separator + twoDigits(minutes) : "",
    hasSeconds ? separator + twoDigits(seconds) : "",
  ].join("");
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
