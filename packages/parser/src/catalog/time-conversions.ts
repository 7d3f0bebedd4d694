import type { Version } from "../minors.ts";

/** A conversion of time patterns. */
export interface TimeConversionFacts {
  readonly means: string;
  /** What it prints for 2026-03-28T23:35:58.215678901Z. */
  readonly sample: string;
  readonly since?: Version;
}

/**
 * What may stand in a time pattern. Most is the C library's or absl's (`absl/time/format.cc`); `%s`, `%f` and their kin
 * are Envoy's own (`source/common/common/utility.cc`, `DateFormatter`).
 */
export const timeConversions: Readonly<Record<string, TimeConversionFacts>> = {
  "%Y": { means: "year", sample: "2026" },
  "%m": { means: "month, two digits", sample: "03" },
  "%d": { means: "day of the month, two digits", sample: "28" },
  "%H": { means: "hour, 00 to 23", sample: "23" },
  "%M": { means: "minute", sample: "35" },
  "%S": { means: "second", sample: "58" },
  "%F": { means: "date, the same as %Y-%m-%d", sample: "2026-03-28" },
  "%T": { means: "time, the same as %H:%M:%S", sample: "23:35:58" },
  "%z": { means: "offset from UTC", sample: "+0000" },
  "%Ez": { means: "offset from UTC with a colon", sample: "+00:00" },
  "%E*z": { means: "offset from UTC to the second", sample: "+00:00:00" },
  "%:z": { means: "offset from UTC with a colon", sample: "+00:00" },
  "%::z": { means: "offset from UTC to the second", sample: "+00:00:00" },
  "%:::z": { means: "offset from UTC in its shortest form", sample: "+00" },
  "%Z": { means: "name of the time zone", sample: "UTC" },
  "%s": { means: "seconds since 1970", sample: "1774740958" },
  "%f": { means: "fraction of the second, nine digits", sample: "215678901" },
  "%1f": { means: "fraction of the second, one digit", sample: "2" },
  "%3f": { means: "milliseconds", sample: "215" },
  "%6f": { means: "microseconds", sample: "215678" },
  "%9f": { means: "nanoseconds", sample: "215678901" },
  "%*f": { means: "fraction of the second, as many digits as needed", sample: "215678901", since: "1.32" },
  "%E3S": { means: "second with milliseconds", sample: "58.215", since: "1.32" },
  "%E6S": { means: "second with microseconds", sample: "58.215678", since: "1.32" },
  "%E9S": { means: "second with nanoseconds", sample: "58.215678901", since: "1.32" },
  "%E*S": { means: "second with as many digits as needed", sample: "58.215678901", since: "1.32" },
  "%E3f": { means: "milliseconds", sample: "215", since: "1.32" },
  "%E6f": { means: "microseconds", sample: "215678", since: "1.32" },
  "%E*f": { means: "fraction of the second, as many digits as needed", sample: "215678901", since: "1.32" },
  "%a": { means: "day of the week, short", sample: "Sat" },
  "%A": { means: "day of the week", sample: "Saturday" },
  "%b": { means: "month, short", sample: "Mar" },
  "%B": { means: "month", sample: "March" },
  "%c": { means: "date and time", sample: "Sat Mar 28 23:35:58 2026" },
  "%C": { means: "century", sample: "20" },
  "%D": { means: "date, the same as %m/%d/%y", sample: "03/28/26" },
  "%e": { means: "day of the month, padded with a space", sample: "28" },
  "%ET": { means: 'the letter "T"', sample: "T" },
  "%g": { means: "year of the ISO week, two digits", sample: "26" },
  "%G": { means: "year of the ISO week", sample: "2026" },
  "%h": { means: "month, short", sample: "Mar" },
  "%I": { means: "hour, 01 to 12", sample: "11" },
  "%j": { means: "day of the year", sample: "087" },
  "%k": { means: "hour, padded with a space", sample: "23" },
  "%l": { means: "hour, 1 to 12, padded with a space", sample: "11" },
  "%p": { means: "AM or PM", sample: "PM" },
  "%P": { means: "am or pm", sample: "pm" },
  "%r": { means: "time with AM or PM", sample: "11:35:58 PM" },
  "%R": { means: "time, the same as %H:%M", sample: "23:35" },
  "%t": { means: "a tab", sample: "\t" },
  "%u": { means: "day of the week, 1 (Monday) to 7", sample: "6" },
  "%U": { means: "week of the year, from the first Sunday", sample: "12" },
  "%V": { means: "ISO week", sample: "13" },
  "%w": { means: "day of the week, 0 (Sunday) to 6", sample: "6" },
  "%W": { means: "week of the year, from the first Monday", sample: "12" },
  "%x": { means: "date", sample: "03/28/26" },
  "%X": { means: "time", sample: "23:35:58" },
  "%y": { means: "year, two digits", sample: "26" },
  "%E4Y": { means: "year, at least four digits", sample: "2026" },
  "%%": { means: "a percent sign", sample: "%" },
};

/** Characters that `E` may stand before in the C library. */
export const afterE = "cCxXyY";

/** Characters that `O` may stand before. */
export const afterO = "deHImMSuUVwWy";
