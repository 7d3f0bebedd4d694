/** A point in time, to the nanosecond. */
export interface Instant {
  /** Whole seconds since 1970, rounded down. */
  readonly seconds: number;
  /** 0 to 999,999,999. */
  readonly nanoseconds: number;
}

/** What calendar and clock show at an instant, in some zone. */
export interface CivilTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** 0 (Sunday) to 6. */
  readonly weekday: number;
  /** 0 to 365. */
  readonly yearday: number;
}

/** A zone at an instant. */
export interface ZoneAt {
  /** East of Greenwich, in seconds. */
  readonly offset: number;
  /** `UTC`, `CET`, `+0545`; undefined where nobody told. */
  readonly abbreviation?: string;
}

const day = 86_400;

/** The calendar and the clock at an instant; undefined for years that JavaScript has no dates for. */
export function civilTime({ seconds }: Instant, { offset }: ZoneAt): CivilTime | undefined {
  const date = new Date((seconds + offset) * 1000);
  const year = date.getUTCFullYear();
  if (Number.isNaN(year)) return undefined;
  const start = Date.UTC(2000, 0, 1) + (new Date(Date.UTC(2000, 0, 1)).setUTCFullYear(year) - Date.UTC(2000, 0, 1));
  return {
    year,
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    weekday: date.getUTCDay(),
    yearday: Math.floor((date.getTime() - start) / (day * 1000)),
  };
}

/** The number of the week, counted from the first one that starts on a day: 0 is Sunday, 1 is Monday. */
export function weekFrom(first: 0 | 1, { weekday, yearday }: CivilTime): number {
  return Math.floor((yearday + 7 - ((weekday - first + 7) % 7)) / 7);
}

/** The week of ISO 8601 and its year. */
export function isoWeek({ year, weekday, yearday }: CivilTime): { readonly year: number; readonly week: number } {
  const week = Math.floor((yearday + 1 - ((weekday + 6) % 7) - 1 + 10) / 7);
  if (week < 1) return { year: year - 1, week: weeksIn(year - 1) };
  return week > weeksIn(year) ? { year: year + 1, week: 1 } : { year, week };
}

/** A year has 53 weeks where it starts on a Thursday, or on a Wednesday and is a leap year. */
function weeksIn(year: number): 52 | 53 {
  const lastDay = (of: number): number => (of + Math.floor(of / 4) - Math.floor(of / 100) + Math.floor(of / 400)) % 7;
  return lastDay(year) === 4 || lastDay(year - 1) === 3 ? 53 : 52;
}

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January", "February", "March", "April", "May", "June", "July",
  "August", "September", "October", "November", "December",
]; // prettier-ignore

export function weekdayName({ weekday }: CivilTime): string {
  return weekdays[weekday] ?? "?";
}

export function monthName({ month }: CivilTime): string {
  return months[month - 1] ?? "?";
}
