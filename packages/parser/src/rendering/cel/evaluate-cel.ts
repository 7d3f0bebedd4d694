import type { CelCall, CelExpression, CelLiteral } from "../../cel/syntax.ts";
import type { Scene } from "../scene.ts";
import { civilTime } from "../time/civil-time.ts";
import { zoneAt } from "../time/zone.ts";
import { unforetold } from "../unforetold.ts";
import { rootAttribute } from "./attributes.ts";
import { celBool, celInteger, celString, type CelValue, failed } from "./cel-value.ts";
import { compare, isEqual } from "./compare.ts";

/**
 * The value of an expression for one request. What fails in Envoy fails here; what facts do not tell is thrown. The
 * depth of an expression is limited, so this may call itself. Envoy builds CEL without concatenation and loops
 * (`source/extensions/filters/common/expr/evaluator.cc`); the rest is the language's own definition.
 */
export function evaluateCel(node: CelExpression, scene: Scene): CelValue {
  switch (node.kind) {
    case "literal":
      return literal(node);
    case "identifier":
      return rootAttribute(node.name.replace(/^\./, ""), scene);
    case "select":
      return memberOf(evaluateCel(node.operand, scene), celString(node.field));
    case "index":
      return memberOf(evaluateCel(node.operand, scene), evaluateCel(node.index, scene));
    case "list": {
      const items = node.items.map((item) => evaluateCel(item, scene));
      return items.some(isFailed) ? failed : { type: "list", items };
    }
    case "map": {
      const entries = node.entries.map(
        ({ key, value }) => [evaluateCel(key, scene), evaluateCel(value, scene)] as const,
      );
      return entries.some(([key, value]) => isFailed(key) || isFailed(value)) ? failed : { type: "map", entries };
    }
    case "message":
      return unforetold(`CEL's ${node.type}`, "messages are not computed");
    case "call":
      return call(node, scene);
  }
}

function isFailed({ type }: CelValue): boolean {
  return type === "error";
}

function literal({ type, value }: CelLiteral): CelValue {
  switch (type) {
    case "null":
      return { type: "null" };
    case "bool":
      return celBool(value === "true");
    case "int":
      return celInteger("int", value.startsWith("-") ? -BigInt(value.slice(1)) : BigInt(value));
    case "uint":
      return celInteger("uint", BigInt(value.replace(/[uU]$/, "")));
    case "double":
      return { type: "double", value: Number(value) };
    case "string":
      return celString(value);
    case "bytes":
      return unforetold("CEL's bytes", "they are not computed");
  }
}

function memberOf(value: CelValue, key: CelValue): CelValue {
  if (value.type === "told") return key.type === "string" ? value.member(key.value) : failed;
  if (value.type === "map") return value.entries.find(([name]) => isEqual(name, key))?.[1] ?? failed;
  if (value.type !== "list" || (key.type !== "int" && key.type !== "uint")) return failed;
  return key.value >= 0n && key.value < BigInt(value.items.length)
    ? (value.items[Number(key.value)] ?? failed)
    : failed;
}

function call(node: CelCall, scene: Scene): CelValue {
  if (node.isOperator) return operate(node, scene);
  const name = node.name.replace(/^\./, "");
  if (name === "has" && node.receiver === undefined) {
    const [field] = node.arguments;
    if (field?.kind !== "select") return failed;
    const operand = evaluateCel(field.operand, scene);
    return isFailed(operand) ? failed : celBool(!isFailed(memberOf(operand, celString(field.field))));
  }
  if (node.receiver?.kind === "identifier" && /^\.?re$/.test(node.receiver.name)) {
    return unforetold(`CEL's re.${name}`, "regular expressions are not computed");
  }
  const taken = node.receiver === undefined ? node.arguments : [node.receiver, ...node.arguments];
  const values = taken.map((argument) => evaluateCel(argument, scene));
  return values.some(isFailed) ? failed : apply(name, values);
}

function operate({ name, arguments: terms }: CelCall, scene: Scene): CelValue {
  if (name === "&&" || name === "||") return connect(name, terms, scene);
  const [first, second, third] = terms;
  if (first === undefined) return failed;
  const left = evaluateCel(first, scene);
  if (name === "?:") {
    if (left.type !== "bool" || second === undefined || third === undefined) return failed;
    return evaluateCel(left.value ? second : third, scene);
  }
  if (isFailed(left)) return failed;
  if (second === undefined) return name === "!" ? not(left) : negate(left);
  const right = evaluateCel(second, scene);
  if (isFailed(right)) return failed;
  switch (name) {
    case "==":
      return celBool(isEqual(left, right));
    case "!=":
      return celBool(!isEqual(left, right));
    case "<":
    case "<=":
    case ">":
    case ">=":
      return relate(name, compare(left, right));
    case "in":
      return isIn(left, right);
    default:
      return calculate(name, left, right);
  }
}

/** One term decides, whatever fails beside it. */
function connect(name: "&&" | "||", terms: readonly CelExpression[], scene: Scene): CelValue {
  const decides = name === "||";
  let isWhole = true;
  for (const term of terms) {
    const value = evaluateCel(term, scene);
    if (value.type !== "bool") isWhole = false;
    else if (value.value === decides) return value;
  }
  return isWhole ? celBool(!decides) : failed;
}

function not(value: CelValue): CelValue {
  return value.type === "bool" ? celBool(!value.value) : failed;
}

function negate(value: CelValue): CelValue {
  if (value.type === "int") return celInteger("int", -value.value);
  return value.type === "double" ? { type: "double", value: -value.value } : failed;
}

function relate(name: "<" | "<=" | ">" | ">=", order: number | undefined): CelValue {
  if (order === undefined) return failed;
  if (Number.isNaN(order)) return celBool(false);
  if (order === 0) return celBool(name.endsWith("="));
  return celBool(name.startsWith("<") ? order < 0 : order > 0);
}

function isIn(value: CelValue, container: CelValue): CelValue {
  if (container.type === "list") return celBool(container.items.some((item) => isEqual(item, value)));
  if (container.type === "map") return celBool(container.entries.some(([key]) => isEqual(key, value)));
  if (container.type !== "told" || value.type !== "string") return failed;
  return celBool(!isFailed(container.member(value.value)));
}

/** Numbers of one type only; strings and lists are not joined in Envoy. */
function calculate(name: string, left: CelValue, right: CelValue): CelValue {
  if (left.type === "double" && right.type === "double") {
    const value = onDoubles(name, left.value, right.value);
    return value === undefined ? failed : { type: "double", value };
  }
  if ((left.type === "int" && right.type === "int") || (left.type === "uint" && right.type === "uint")) {
    const value = onIntegers(name, left.value, right.value);
    return value === undefined ? failed : celInteger(left.type, value);
  }
  const isTime = [left, right].some(({ type }) => type === "timestamp" || type === "duration");
  return isTime ? unforetold("CEL's arithmetic of times", "it is not computed") : failed;
}

function onDoubles(name: string, a: number, b: number): number | undefined {
  switch (name) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return a / b;
    default:
      return undefined;
  }
}

function onIntegers(name: string, a: bigint, b: bigint): bigint | undefined {
  switch (name) {
    case "+":
      return a + b;
    case "-":
      return a - b;
    case "*":
      return a * b;
    case "/":
      return b === 0n ? undefined : a / b;
    case "%":
      return b === 0n ? undefined : a % b;
    default:
      return undefined;
  }
}

function apply(name: string, [value = failed, other]: readonly CelValue[]): CelValue {
  const isText = value.type === "string" && other?.type === "string";
  switch (name) {
    case "size":
      return sizeOf(value);
    case "startsWith":
      return isText ? celBool(value.value.startsWith(other.value)) : failed;
    case "endsWith":
      return isText ? celBool(value.value.endsWith(other.value)) : failed;
    case "contains":
      return isText ? celBool(value.value.includes(other.value)) : failed;
    case "matches":
      return isText ? matches(value.value, other.value) : failed;
    case "dyn":
      return value;
    case "int":
    case "uint":
      return toInteger(name, value);
    case "double":
      return toDouble(value);
    case "bool":
      if (value.type === "bool") return value;
      return unforetold("CEL's bool", "it is not computed");
    default:
      return value.type === "timestamp" && name.startsWith("get")
        ? partOfTime(name, value.nanoseconds, other)
        : unforetold(`CEL's ${name}`, "it is not computed");
  }
}

function sizeOf(value: CelValue): CelValue {
  if (value.type === "string") return celInteger("int", BigInt(Array.from(value.value).length));
  if (value.type === "list") return celInteger("int", BigInt(value.items.length));
  if (value.type === "map") return celInteger("int", BigInt(value.entries.length));
  return value.type === "told" ? unforetold("CEL's size", "facts tell single members, not all") : failed;
}

/** Patterns without any choice: letters that may be anchored. Others would need an engine of linear time. */
function matches(text: string, pattern: string): CelValue {
  const [, start, letters, end] = /^(\^?)([^\\^$.|?*+()[\]{}]*)(\$?)$/.exec(pattern) ?? [];
  if (letters === undefined) return unforetold(`CEL's matches("${pattern}")`, "regular expressions are not computed");
  if (start === "^") return celBool(end === "$" ? text === letters : text.startsWith(letters));
  return celBool(end === "$" ? text.endsWith(letters) : text.includes(letters));
}

function toInteger(type: "int" | "uint", value: CelValue): CelValue {
  if (value.type === "int" || value.type === "uint") return celInteger(type, value.value);
  if (value.type === "double")
    return Number.isFinite(value.value) ? celInteger(type, BigInt(Math.trunc(value.value))) : failed;
  if (value.type === "string")
    return /^-?[0-9]{1,20}$/.test(value.value) ? celInteger(type, BigInt(value.value)) : failed;
  if (value.type === "timestamp" && type === "int") return celInteger("int", value.nanoseconds / 1_000_000_000n);
  return failed;
}

function toDouble(value: CelValue): CelValue {
  if (value.type === "int" || value.type === "uint") return { type: "double", value: Number(value.value) };
  if (value.type === "double") return value;
  if (value.type !== "string") return failed;
  return /^-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/.test(value.value)
    ? { type: "double", value: Number(value.value) }
    : unforetold("CEL's double", "not every text is computed");
}

function partOfTime(name: string, nanoseconds: bigint, zone: CelValue | undefined): CelValue {
  if (zone !== undefined && zone.type !== "string") return failed;
  const seconds = Number(nanoseconds / 1_000_000_000n);
  const instant = { seconds, nanoseconds: Number(nanoseconds % 1_000_000_000n) };
  const at = zoneAt(zone?.value ?? "UTC", instant);
  const civil = at && civilTime(instant, at);
  if (civil === undefined) return unforetold("CEL's time", "the zone is not known by name");
  const parts: Readonly<Record<string, number>> = {
    getFullYear: civil.year,
    getMonth: civil.month - 1,
    getDate: civil.day,
    getDayOfMonth: civil.day - 1,
    getDayOfWeek: civil.weekday,
    getDayOfYear: civil.yearday,
    getHours: civil.hour,
    getMinutes: civil.minute,
    getSeconds: civil.second,
    getMilliseconds: Math.trunc(instant.nanoseconds / 1e6),
  };
  const part = parts[name];
  return part === undefined ? failed : celInteger("int", BigInt(part));
}
