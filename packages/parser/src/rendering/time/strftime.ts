import type { Bytes } from "../bytes.ts";
import { unforetold } from "../unforetold.ts";
import { type CivilTime, isoWeek, monthName, weekdayName, weekFrom } from "./civil-time.ts";

/** `%`, flags, a width, `E` or `O`, and the character that says what to print. */
const conversion = /%([-_0^#]*)([0-9]*)([EO]?)([^]?)/y;

/** Conversions that stand for others. */
const compounds: Readonly<Record<string, string>> = {
  c: "%a %b %e %H:%M:%S %Y",
  D: "%m/%d/%y",
  F: "%Y-%m-%d",
  r: "%I:%M:%S %p",
  R: "%H:%M",
  T: "%H:%M:%S",
  x: "%m/%d/%y",
  X: "%H:%M:%S",
};

/** The conversions that do not take `E`, and those that do not take `O`. */
const refuses: Readonly<Record<string, string>> = {
  E: "%aAbBhdDeFHIjklmMSUVgGwW",
  O: "%aADFcxXY",
};

/** What is asked of one conversion. */
interface Wanted {
  readonly pad: string;
  readonly width: number;
  readonly isUpper: boolean;
  readonly isOtherCase: boolean;
}

/**
 * Prints a time as the C library of Envoy's images does in the locale `C`, in the zone that the time was made for.
 * Source: `time/strftime_l.c` of glibc 2.35.
 *
 * @param most how many bytes there is room for.
 * @returns nothing where the result has more than that.
 */
export function strftime(format: Bytes, time: CivilTime, most: number): Bytes | undefined {
  const printed: string[] = [];
  let room = most;
  const add = (text: Bytes): boolean => {
    printed.push(text);
    room -= text.length;
    return room >= 0;
  };
  let at = 0;
  const end = format.includes("\0") ? format.indexOf("\0") : format.length;
  while (at < end) {
    const percent = format.indexOf("%", at);
    const next = percent < 0 || percent > end ? end : percent;
    if (next > at && !add(format.slice(at, next))) return undefined;
    if (next === end) break;
    conversion.lastIndex = next;
    const [written = "", flags = "", digits = "", modifier = "", letter = ""] =
      conversion.exec(format.slice(0, end)) ?? [];
    const wanted: Wanted = {
      pad: /[-_0](?=[\^#]*$)/.exec(flags)?.[0] ?? "",
      width: digits === "" ? -1 : Number(digits),
      isUpper: flags.includes("^"),
      isOtherCase: flags.includes("#"),
    };
    if (wanted.width > room) return undefined;
    const refused = modifier !== "" && letter !== "" && (refuses[modifier] ?? "").includes(letter);
    const text = refused ? undefined : convert(letter, wanted, time, room);
    if (!add(text ?? unknown(written, letter, wanted))) return undefined;
    at = next + written.length;
  }
  return printed.join("");
}

function convert(letter: string, wanted: Wanted, time: CivilTime, room: number): Bytes | undefined {
  const { isUpper, isOtherCase } = wanted;
  const compound = compounds[letter];
  if (compound !== undefined) {
    const text = strftime(compound, time, room) ?? "";
    return name(text, wanted);
  }
  const named = { ...wanted, isUpper: isUpper || isOtherCase };
  const number = (digits: number, value: number): Bytes => printNumber(digits, value, wanted);
  const spaced = (value: number): Bytes =>
    printNumber(2, value, wanted.pad === "0" || wanted.pad === "-" ? wanted : { ...wanted, pad: "_" });
  const hour12 = time.hour % 12 === 0 ? 12 : time.hour % 12;
  switch (letter) {
    case "%":
      return padded("%", wanted);
    case "n":
      return padded("\n", wanted);
    case "t":
      return padded("\t", wanted);
    case "a":
      return name(weekdayName(time).slice(0, 3), named);
    case "A":
      return name(weekdayName(time), named);
    case "b":
    case "h":
      return name(monthName(time).slice(0, 3), named);
    case "B":
      return name(monthName(time), named);
    case "C":
      return number(1, Math.floor(time.year / 100));
    case "d":
      return number(2, time.day);
    case "e":
      return spaced(time.day);
    case "g":
      return number(2, ((isoWeek(time).year % 100) + 100) % 100);
    case "G":
      return number(1, isoWeek(time).year);
    case "H":
      return number(2, time.hour);
    case "I":
      return number(2, hour12);
    case "j":
      return number(3, time.yearday + 1);
    case "k":
      return spaced(time.hour);
    case "l":
      return spaced(hour12);
    case "m":
      return number(2, time.month);
    case "M":
      return number(2, time.minute);
    case "p":
    case "P": {
      const half = time.hour < 12 ? "AM" : "PM";
      const isLower = isOtherCase || letter === "P";
      return padded(isLower ? half.toLowerCase() : half, wanted);
    }
    case "S":
      return number(2, time.second);
    case "u":
      return number(1, ((time.weekday + 6) % 7) + 1);
    case "U":
      return number(2, weekFrom(0, time));
    case "V":
      return number(2, isoWeek(time).week);
    case "w":
      return number(1, time.weekday);
    case "W":
      return number(2, weekFrom(1, time));
    case "y":
      return number(2, ((time.year % 100) + 100) % 100);
    case "Y":
      return number(1, time.year);
    case "z":
      // absl hands over no offset, whatever the zone.
      return padded("+", wanted) + number(4, 0);
    case "s":
    case "Z":
      return unforetold(`%${letter} with a flag, a width, E or O`, "it depends on the time zone of the Envoy process");
    default:
      return undefined;
  }
}

/** Fills up on the left. */
function padded(text: Bytes, { pad, width }: Wanted): Bytes {
  return text.padStart(width, pad === "0" ? "0" : " ");
}

function name(text: Bytes, wanted: Wanted): Bytes {
  return padded(wanted.isUpper ? upperCase(text) : text, wanted);
}

/** What it does not know it prints as it is written; of `%E%` that is the second half. */
function unknown(written: Bytes, letter: string, wanted: Wanted): Bytes {
  const isUpper = wanted.isUpper || (wanted.isOtherCase && (letter === "b" || letter === "h"));
  return name(letter === "%" ? "%" : written, { ...wanted, isUpper });
}

/** As `toupper` in the locale `C`: other bytes stay. */
function upperCase(text: Bytes): Bytes {
  return text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

function printNumber(digits: number, value: number, wanted: Wanted): Bytes {
  const sign = value < 0 ? "-" : "";
  const figures = String(Math.abs(value));
  if (wanted.pad === "-") return padded(sign + figures, wanted);
  const width = Math.max(digits, wanted.width);
  return wanted.pad === "_" ? (sign + figures).padStart(width) : sign + figures.padStart(width - sign.length, "0");
}
