import type { Instant, ZoneAt } from "./civil-time.ts";
import { zoneLetters } from "./zone-letters.ts";

const formats = new Map<string, Intl.DateTimeFormat | undefined>();

/**
 * A time zone at an instant.
 *
 * @param name of IANA: `UTC`, `Europe/Berlin`.
 * @returns undefined where there is no such zone, or no such time.
 */
export function zoneAt(name: string, instant: Instant): ZoneAt | undefined {
  if (name === "UTC") return { offset: 0, abbreviation: "UTC" };
  const format = formatFor(name);
  const offset = format === undefined ? undefined : offsetAt(format, instant.seconds);
  if (format === undefined || offset === undefined) return undefined;
  return { offset, abbreviation: abbreviationOf(name, format, offset, instant.seconds) };
}

function offsetAt(format: Intl.DateTimeFormat, seconds: number): number | undefined {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return undefined;
  const parts = new Map(format.formatToParts(date).map(({ type, value }) => [type, Number(value)]));
  const field = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? Number.NaN;
  const day = Date.UTC(
    field("year"),
    field("month") - 1,
    field("day"),
    field("hour"),
    field("minute"),
    field("second"),
  );
  return day / 1000 - seconds;
}

function formatFor(timeZone: string): Intl.DateTimeFormat | undefined {
  if (!formats.has(timeZone)) formats.set(timeZone, makeFormat(timeZone));
  return formats.get(timeZone);
}

function makeFormat(timeZone: string): Intl.DateTimeFormat | undefined {
  try {
    const digits = "2-digit";
    return new Intl.DateTimeFormat("en-US", {
      timeZone,
      calendar: "gregory",
      hourCycle: "h23",
      year: "numeric",
      month: digits,
      day: digits,
      hour: digits,
      minute: digits,
      second: digits,
    });
  } catch {
    return undefined;
  }
}

/** What absl calls a zone: the letters that IANA has for it, else its offset: `+0545`, `-03`. */
function abbreviationOf(name: string, format: Intl.DateTimeFormat, offset: number, seconds: number): string {
  const [winter, summer] = zoneLetters(name);
  if (winter === undefined) return numbered(offset);
  if (summer === undefined) return winter;
  // Of two offsets the lesser is that of winter, on either half of the globe, and no winter is shorter than a month.
  const months = Array.from({ length: 12 }, (_, month) => seconds + (month - 6) * 30 * 86_400);
  const others = months.map((at) => offsetAt(format, at) ?? offset);
  return offset > Math.min(...others) ? summer : winter;
}

function numbered(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60);
  const pad = (value: number): string => String(value).padStart(2, "0");
  const rest = minutes % 60 === 0 ? "" : pad(minutes % 60);
  return `${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}${rest}`;
}
