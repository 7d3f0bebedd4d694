import type { Bytes } from "./bytes.ts";
import { trimEnd } from "../trim-end.ts";

/**
 * A number as Envoy's JSON prints it: the shortest digits that read back as the same double, in fixed notation unless
 * the scientific one is shorter. `1500000` stays, `100000` becomes `1e+05`. Source: `source/common/buffer/buffer_util.cc`
 * at 1.33, `std::to_chars` of libc++.
 */
export function printDouble(value: number): Bytes {
  if (Number.isNaN(value)) return "null";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  const [, sign = "", head = "", fraction = "", power = ""] =
    /^(-?)(\d)(?:\.(\d+))?e([-+]\d+)$/.exec(value.toExponential()) ?? [];
  const digits = head + fraction;
  const exponent = Number(power);
  const scientific = `${head}${fraction && `.${fraction}`}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const fixed = inFixedNotation(Math.abs(value), digits, exponent);
  return sign + (fixed.length <= scientific.length || isWhole(digits, exponent) ? fixed : scientific);
}

/** Up to five zeros after several digits do not make the fixed notation longer than the scientific one. */
function isWhole(digits: string, exponent: number): boolean {
  const zeros = exponent - digits.length + 1;
  return zeros >= 0 && zeros <= (digits.length === 1 ? 4 : 5);
}

function inFixedNotation(value: number, digits: string, exponent: number): Bytes {
  if (exponent < 0) return `0.${"0".repeat(-exponent - 1)}${digits}`;
  // Beyond 2^53 the digits of the double itself are printed, not zeros.
  if (exponent >= digits.length - 1) return BigInt(value).toString();
  return `${digits.slice(0, exponent + 1)}.${digits.slice(exponent + 1)}`;
}

/** A count: all its digits. */
export function printInteger(value: number): Bytes {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)).toString() : printDouble(value);
}

/**
 * A number as protobuf's JSON prints it, which Envoy's JSON logs were up to 1.32: fifteen significant digits if they
 * read back as the same double, else seventeen. Source: `SimpleDtoa` in `google/protobuf/io/strtod.cc`.
 */
export function printProtobufDouble(value: number): Bytes {
  if (Number.isNaN(value)) return '"NaN"';
  if (!Number.isFinite(value)) return value < 0 ? '"-Infinity"' : '"Infinity"';
  const digits = Number(value.toPrecision(15)) === value ? 15 : 17;
  const [mantissa = "", power = "0"] = value.toExponential(digits - 1).split("e");
  const exponent = Number(power);
  if (exponent >= -5 && exponent < digits)
    return trimZeros(value.toFixed(Math.max(0, Math.min(100, digits - 1 - exponent))));
  const scale = `e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  return trimZeros(mantissa) + scale;
}

function trimZeros(digits: string): string {
  return digits.includes(".") ? trimEnd(trimEnd(digits, "0"), ".") : digits;
}
