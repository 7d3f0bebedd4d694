import { toBytes } from "../bytes.ts";
import type { Json } from "../json.ts";
import { unforetold } from "../unforetold.ts";
import { none, stringValue, type Value } from "../value.ts";
import type { CelValue } from "./cel-value.ts";
import { trimEnd } from "../../trim-end.ts";

/** What CEL prints: a string, or nothing where the expression fails. Source: `print` of Envoy's `expr/evaluator.cc`. */
export function printCel(value: CelValue): Value {
  switch (value.type) {
    case "error":
      return none;
    case "null":
      return stringValue("NULL");
    case "bool":
    case "int":
    case "uint":
      return stringValue(String(value.value));
    case "double":
      return stringValue(sixDigits(value.value));
    case "string":
      return stringValue(toBytes(value.value));
    case "list":
      return stringValue("CelList value");
    case "map":
      return stringValue("CelMap value");
    case "timestamp":
      return stringValue(printTimestamp(value.nanoseconds, "+00:00"));
    case "told":
    case "duration":
      return unforetold(`A CEL value of type ${value.type}`, "what it prints is not known");
  }
}

/** What TYPED_CEL yields in JSON; as text it prints what CEL does. */
export function typedCel(value: CelValue): Value {
  const printed = printCel(value);
  const text = printed.kind === "string" ? { text: printed.bytes } : {};
  switch (value.type) {
    case "bool":
      return { kind: "boolean", boolean: value.value };
    case "int":
    case "uint":
      return { kind: "double", number: Number(value.value), ...text };
    case "double":
      return { kind: "double", number: value.value, ...text };
    case "null":
      return { kind: "missing", ...text };
    case "list":
    case "map":
      return { kind: "structure", json: jsonOf(value), ...text };
    case "timestamp":
      return { kind: "string", bytes: printTimestamp(value.nanoseconds, "Z"), ...text };
    case "string":
    case "error":
    case "told":
    case "duration":
      return printed;
  }
}

function jsonOf(value: CelValue): Json {
  switch (value.type) {
    case "bool":
    case "double":
    case "string":
      return value.value;
    case "int":
    case "uint":
      return Number(value.value);
    case "null":
      return null;
    case "list":
      return value.items.map(jsonOf);
    case "map":
      return Object.fromEntries(
        value.entries.map(([key, item]) => [
          key.type === "string" ? key.value : unforetold("A map of CEL", "its keys are no strings"),
          jsonOf(item),
        ]),
      );
    case "error":
    case "told":
    case "timestamp":
    case "duration":
      return unforetold(`A CEL value of type ${value.type} in another`, "what it prints is not known");
  }
}

/** As `%g`: six significant digits. */
function sixDigits(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value < 0 ? "-inf" : "inf";
  const [mantissa = "", power = "0"] = value.toExponential(5).split("e");
  const exponent = Number(power);
  const trim = (digits: string): string => (digits.includes(".") ? trimEnd(trimEnd(digits, "0"), ".") : digits);
  if (exponent >= -4 && exponent < 6) return trim(value.toFixed(5 - exponent));
  return `${trim(mantissa)}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** RFC 3339, with as many digits of the second as there are. */
function printTimestamp(nanoseconds: bigint, zone: string): string {
  const seconds = nanoseconds / 1_000_000_000n;
  const date = new Date(Number(seconds) * 1000).toISOString().slice(0, 19);
  const fraction = trimEnd(String(nanoseconds % 1_000_000_000n).padStart(9, "0"), "0");
  return `${date}${fraction && `.${fraction}`}${zone}`;
}
