import type { ScalarStyle } from "./scalar-token.ts";

/**
 * What a scalar means to Kuma. Integers that a double cannot hold are `bigint` (go-yaml keeps every integer of 64 bits
 * exact); `.inf` and `.nan` are the numbers of that name, which Kuma refuses when it turns YAML into JSON.
 */
export type ScalarValue = string | number | bigint | boolean | null;

/** The value of a scalar, or why its tag does not fit it. */
export type ScalarReading = { readonly value: ScalarValue } | { readonly problem: string };

/**
 * What go-yaml v2, through sigs.k8s.io/yaml, makes of a scalar: goyaml.v2/resolve.go and decode.go at
 * sigs.k8s.io/yaml v1.4.0. The words and numbers of YAML 1.1, but none of base 60; a date stays text.
 */
export function readScalar(text: string, style: ScalarStyle, tag?: string): ScalarReading {
  if (tag === undefined) return { value: style === "plain" ? plainValue(text) : text };
  const wanted = tags[tag];
  if (wanted === undefined) return { value: text };
  if (wanted === "binary") return decodeBinary(text);
  const value = plainValue(text);
  const fits = value === null ? wanted === "null" : wanted === (typeof value === "bigint" ? "number" : typeof value);
  if (!fits || (tag === "!!int" && readInteger(text) === undefined)) {
    const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
    return { problem: `\`${shown}\` is not what its tag ${tag} says` };
  }
  return { value: tag === "!!float" ? Number(value) : value };
}

/**
 * The text that a scalar becomes as the key of a map, or where Kuma's Go type is a string (`1.0` is `1`, `yes` is
 * `true`): convertToJSONableObject of sigs.k8s.io/yaml. `undefined` for null, which is no key.
 */
export function keyText(text: string, value: ScalarValue): string | undefined {
  if (value === null) return undefined;
  if (typeof value === "number" && readInteger(text) === undefined) return formatFloat32(value);
  return String(value);
}

/** The tags that go-yaml resolves, with the JavaScript type of their values; any other tag makes text. */
const tags: Readonly<Record<string, "number" | "boolean" | "null" | "binary">> = {
  "!!int": "number",
  "!!float": "number",
  "!!bool": "boolean",
  "!!null": "null",
  "!!binary": "binary",
};

const words: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map((word) => [word, true] as const),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map((word) => [word, false] as const),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
]);

const longestWord = 5;

/** What {@link readScalar} makes of a scalar without quotes and tag. */
export function plainValue(text: string): ScalarValue {
  if (text.length <= longestWord) {
    const word = words.get(text);
    if (word !== undefined) return word;
  }
  const first = text.charCodeAt(0);
  // Only `+`, `-`, `.` and digits begin a number.
  if (first < 43 || first > 57 || first === 44 || first === 47) return text;
  return readInteger(text) ?? readFloat(text) ?? text;
}

/** What most integers are: nothing but digits, and few enough for a double. */
const plainInteger = /^[1-9][0-9]{0,14}$/;
const integer = /^[-+]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9][0-9]*)$/;

/** Go's strconv.ParseInt and ParseUint with base 0, after go-yaml has taken the underscores out. */
function readInteger(text: string): number | bigint | undefined {
  if (text.startsWith(".")) return undefined;
  if (plainInteger.test(text)) return Number(text);
  const digits = text.replaceAll("_", "");
  if (!integer.test(digits)) return undefined;
  const signed = digits.startsWith("-") || digits.startsWith("+");
  const unsigned = signed ? digits.slice(1) : digits;
  const octal = /^0[0-7]/.test(unsigned);
  const magnitude = BigInt(octal ? `0o${unsigned}` : unsigned.toLowerCase());
  const value = digits.startsWith("-") ? -magnitude : magnitude;
  if (value < -(2n ** 63n) || value >= (signed ? 2n ** 63n : 2n ** 64n)) return undefined;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
/** After a leading dot go-yaml asks strconv.ParseFloat alone, which wants every underscore between two digits. */
const misplacedUnderscore = /_(?![0-9])|(?<![0-9])_/;

function readFloat(text: string): number | undefined {
  if (text.startsWith(".") && misplacedUnderscore.test(text)) return undefined;
  const digits = text.replaceAll("_", "");
  if (!float.test(digits)) return undefined;
  const number = Number(digits);
  // Out of range is an error to ParseFloat, so the scalar stays text.
  return Number.isFinite(number) ? number : undefined;
}

/** Go's strconv.FormatFloat(value, 'g', -1, 32): the fewest digits that name this float of 32 bits. */
function formatFloat32(value: number): string {
  if (Number.isNaN(value)) return ".nan";
  const rounded = Math.fround(value);
  if (!Number.isFinite(rounded)) return rounded > 0 ? ".inf" : "-.inf";
  if (rounded === 0) return Object.is(rounded, -0) ? "-0" : "0";
  let precision = 0;
  while (precision < 8 && Math.fround(Number(rounded.toExponential(precision))) !== rounded) precision++;
  const [mantissa = "", exponent = ""] = rounded.toExponential(precision).split("e");
  const power = Number(exponent);
  const usesExponent = power < -4 || power >= 6;
  if (!usesExponent) return rounded.toFixed(Math.max(0, precision - power));
  return `${mantissa}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
}

function decodeBinary(text: string): ScalarReading {
  const base64 = text.replace(/[\r\n]/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(base64) || base64.length % 4 !== 0) {
    return { problem: "a !!binary value holds something that is not Base64" };
  }
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return { value: new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes) };
}
