import { operators } from "../catalog/operators.ts";
import { writeNearest } from "../fixes.ts";
import { allMinors, noMinors } from "../minors.ts";
import type { Span } from "../span.ts";
import { type Argument, type ArgumentNode, type ArgumentSource, type Piece, whole } from "./argument.ts";
import type { WrapText } from "../reporter.ts";
import type { CallCheck } from "./call.ts";
import { type JsonNode, type JsonProblem, type JsonReading, readJson } from "./json.ts";
import { readArgument } from "./read.ts";

/** A JSON document that lists operators: the first that has a value is printed. */
export interface CoalesceArgument extends ArgumentNode<"coalesce"> {
  /** What the document is; absent where it is none, even at its start. */
  readonly root?: JsonNode["kind"];
  /** What it lists, as far as it can be read. */
  readonly entries: readonly CoalesceEntry[];
  /** Where it stops being JSON. */
  readonly problem?: JsonProblem;
  /** What stands where the list belongs, if it is none. */
  readonly misplaced?: Span;
  /** Whether there is a member `operators`. */
  readonly hasList: boolean;
  /** The lines of the document. */
  readonly lines: readonly [number, number];
}

/** One operator of the list. */
export interface CoalesceEntry extends Span {
  /** Its name: the string itself, or the `command` of the object. */
  readonly name?: Piece;
  readonly argument?: Argument;
  /** The `max_length`, in digits. */
  readonly limit?: Piece;
  /** Why Envoy cannot take the entry. */
  readonly fault?: EntryFault;
}

/** What is wrong with an entry, in the words of Envoy, and where. */
export interface EntryFault extends Span {
  readonly message: string;
}

/** Source: `source/common/formatter/coalesce_formatter.cc` at 1.37. */
export function readCoalesce(source: ArgumentSource): CoalesceArgument {
  const { value, problem }: JsonReading = readJson(source);
  const lists = value?.kind === "object" ? value.members.filter(({ key }) => key === "operators") : [];
  const list = lists.at(-1)?.value;
  return {
    ...whole("coalesce", source),
    ...(value && { root: value.kind }),
    entries: list?.kind === "array" ? list.items.map(readEntry) : [],
    ...(problem && { problem }),
    ...(list !== undefined && list.kind !== "array" && { misplaced: { start: list.start, end: list.end } }),
    hasList: list !== undefined,
    lines: value?.kind === "object" ? value.lines : [1, 1],
  };
}

function readEntry(entry: JsonNode): CoalesceEntry {
  const { start, end } = entry;
  if (entry.kind === "string") return { start, end, name: pieceOf(entry) };
  if (entry.kind !== "object") {
    const message = "operator entry must be either a string (command name) or an object with 'command' field";
    return { start, end, fault: { start, end, message } };
  }
  const member = (name: string): JsonNode | undefined => entry.members.findLast(({ key }) => key === name)?.value;
  const [command, param, length] = [member("command"), member("param"), member("max_length")];
  const missing = (name: string, type: string): string =>
    `key '${name}' missing or not ${type} from lines ${entry.lines.join("-")}`;
  const fault = (place: Span, message: string): EntryFault => ({ start: place.start, end: place.end, message });
  if (command?.kind !== "string") {
    const message = `operator object must have 'command' field: ${missing("command", "a string")}`;
    return { start, end, fault: fault(command ?? entry, message) };
  }
  const name = pieceOf(command);
  if (param !== undefined && param.kind !== "string") {
    return { start, end, name, fault: fault(param, `'param' field must be a string: ${missing("param", "a string")}`) };
  }
  const argument = param && readArgument(operators.get(name.text)?.argument, param.source);
  const call = { start, end, name, ...(argument && { argument }) };
  if (length === undefined) return call;
  if (length.kind !== "number" || !isInteger64(length.text)) {
    const message = `'max_length' field must be an integer: ${missing("max_length", "an integer")}`;
    return { ...call, fault: fault(length, message) };
  }
  if (length.text.startsWith("-") || length.text === "0") {
    return { ...call, fault: fault(length, "'max_length' must be a positive integer") };
  }
  return { ...call, limit: { start: length.start, end: length.end, text: length.text } };
}

function pieceOf({ start, end, source }: Extract<JsonNode, { kind: "string" }>): Piece {
  return { start: Math.min(start + 1, end), end: Math.max(start, end - 1), text: source.text };
}

function isInteger64(text: string): boolean {
  if (!/^-?[0-9]{1,19}$/.test(text)) return false;
  const value = BigInt(text);
  return value >= -(2n ** 63n) && value < 2n ** 63n;
}

/** Checks a call within COALESCE as if it stood on its own; it gives back the Envoys that know no such operator. */
export type CheckInner = (entry: CoalesceEntry & { readonly name: Piece }, call: CallCheck) => void;

/** @param checkInner how an operator of the list is checked. */
export function checkCoalesce(argument: CoalesceArgument, call: CallCheck, checkInner: CheckInner): void {
  const { problem, root, misplaced, entries } = argument;
  if (problem !== undefined) {
    const text = `COALESCE: failed to parse JSON configuration: JSON supplied is not valid. ${problem.envoy}\n`;
    call.refuse("format/coalesce-json", problem, { problem: problem.message }, allMinors, text);
    return;
  }
  if (root !== "object" && root !== "array") {
    call.crash("format/coalesce-crash", argument);
    return;
  }
  if (!argument.hasList) {
    const problem = "JSON configuration must contain 'operators' array";
    call.refuse("format/coalesce", argument, { problem }, allMinors, `COALESCE: ${problem}`);
    return;
  }
  if (misplaced !== undefined) {
    const problem = "'operators' must be an array";
    const text = `COALESCE: ${problem}: key 'operators' missing or not an array from lines ${argument.lines.join("-")}`;
    call.refuse("format/coalesce", misplaced, { problem }, allMinors, text);
    return;
  }
  if (entries.length === 0) {
    const problem = "'operators' array must not be empty";
    call.refuse("format/coalesce", argument, { problem }, allMinors, `COALESCE: ${problem}`);
    return;
  }
  entries.forEach((entry, index) => {
    if (call.minors !== noMinors) checkEntry(entry, index, call, checkInner);
  });
}

function checkEntry(entry: CoalesceEntry, index: number, call: CallCheck, checkInner: CheckInner): void {
  const { name, fault } = entry;
  const prefix = `COALESCE: failed to parse operator at index ${index}: `;
  if (fault !== undefined) {
    call.refuse("format/coalesce", fault, { problem: fault.message }, allMinors, prefix + fault.message);
  }
  if (fault !== undefined || name === undefined) return;
  const wrap: WrapText = (text, minor) => (isPrefixed(name.text, text, minor) ? prefix + text : text);
  const inner = call.inner(name.text, entry, wrap);
  checkInner({ ...entry, name }, inner);
  call.minors &= inner.minors;
}

/** Errors that Envoy throws, past all words that would be put around them. */
const thrown = /^failed to create an expression: |^XFCC_VALUE command | is not supported type of metadata$/;

/** Errors about the flags of an operator, before its argument is looked at. */
const ofFlags =
  /(?: requires parameters| does not take any parameters or length| does not allow length to be specified\.)$/;

/** Operators of the stream, as opposed to those of HTTP, that can refuse an argument, by its kind. */
const streamKinds: ReadonlySet<string> = new Set(["cel", "duration", "filter-state", "time"]);

/**
 * Whether an error of an operator of the list gets COALESCE's words around it. Measured with every operator: 1.37 and
 * 1.38 do it for their own errors alone, 1.39 also for what operators of the stream say of their arguments, 1.40 for
 * all errors that are not thrown.
 */
function isPrefixed(name: string, text: string, minor: number): boolean {
  if (text.startsWith("unknown command: ")) return true;
  if (minor < 39 || thrown.test(text)) return false;
  if (minor > 39) return true;
  const kind = operators.get(name)?.argument?.kind ?? "";
  return !ofFlags.test(text) && (streamKinds.has(kind) || name === "REQUESTED_SERVER_NAME");
}

/** Envoy's words for a name that is not built in. */
export function refuseUnknownInner(name: Piece, call: CallCheck, minors: number): void {
  const problem = `unknown command: '${name.text}'`;
  call.refuse("format/coalesce", name, { problem }, minors, problem, () =>
    writeNearest(name.start, name.end, name.text, operators.keys()),
  );
}
