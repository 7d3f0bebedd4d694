import { celAttributes } from "../catalog/cel.ts";
import { codePoints, parseCel } from "../cel/parser.ts";
import { childrenOf, resolveCel } from "../cel/resolver.ts";
import type { CelExpression, CelProblem, CelSelect } from "../cel/syntax.ts";
import { writeNearest } from "../fixes.ts";
import { allMinors, before } from "../minors.ts";
import type { Span } from "../span.ts";
import { type ArgumentNode, type ArgumentSource, placeholder, placeOf, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** An expression of the Common Expression Language. */
export interface CelArgument extends ArgumentNode<"cel"> {
  readonly expression?: CelExpression;
  /** A field in backquotes, which Envoy takes since 1.40. */
  readonly quoted?: Span;
  /** Why it is no expression. */
  readonly problem?: CelProblem;
}

export function readCel(source: ArgumentSource): CelArgument {
  // What Kuma puts there will be characters of a string, most likely, or of a name.
  const text = source.masked.replaceAll(placeholder, "k");
  const reading = parseCel(text, (from, to) => placeOf(source, from, to));
  if ("problem" in reading) return { ...whole("cel", source), problem: reading.problem };
  const { expression, quoted } = reading;
  return {
    ...whole("cel", source),
    expression,
    ...(quoted && { quoted: { start: quoted.start, end: quoted.end } }),
  };
}

/** Without an argument the expression is empty, which is none. */
export function checkCel(argument: CelArgument | undefined, call: CallCheck): void {
  const read = argument ?? readCel({ text: "", masked: "", start: call.place.start });
  const text = argument === undefined ? "" : call.effective(argument);
  if (read.problem !== undefined) {
    const { problem } = read;
    const place = argument === undefined ? call.place : problem;
    call.refuse("format/cel-syntax", place, { problem: problem.message }, allMinors, () =>
      syntaxError(text, problem.start - read.start, problem),
    );
    return;
  }
  if (read.quoted !== undefined) {
    const message = "unsupported syntax '`'";
    const { quoted } = read;
    call.refuse("format/cel-syntax", quoted, { problem: message }, before("1.40"), () =>
      syntaxError(text, quoted.start - read.start, { message, isPlaced: true }),
    );
  }
  if (read.expression === undefined) return;
  const fault = resolveCel(read.expression);
  if (fault !== undefined) {
    const { message } = fault;
    const newest = typeof message === "string" ? message : message(40);
    call.refuse("format/cel-function", fault, { problem: newest }, allMinors, (minor) => {
      const said = typeof message === "string" ? message : message(minor);
      return `failed to create an expression: ${said}`;
    });
    return;
  }
  lint(read.expression, call);
}

/** Envoy's text for an expression that it cannot read, as far as it can be foretold. */
function syntaxError(
  text: string,
  offset: number,
  { message, isPlaced }: Pick<CelProblem, "message" | "isPlaced">,
): string {
  const head = "Not able to parse expression: ";
  if (!isPlaced) {
    const isCancelled = message.startsWith("Expression recursion");
    if (isCancelled) return `${head}CANCELLED: ${message}`;
    if (message.startsWith("expression size")) return `${head}INVALID_ARGUMENT: ${message}`;
    return `${head}INVALID_ARGUMENT: ERROR: <input>:4294967295:0: ${message}`;
  }
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(0, start).split("\n").length;
  const end = text.indexOf("\n", offset);
  const source = text.slice(start, end < 0 ? text.length : end);
  const column = codePoints(source, offset - start);
  const marker = Array.from(source.slice(0, offset - start), (c) => (c.length > 1 || c > "\x7f" ? "．" : ".")).join("");
  const place = `<input>:${line}:${column + 1}`;
  return `${head}INVALID_ARGUMENT: ERROR: ${place}: ${message}\n | ${source.replaceAll("\t", " ")}\n | ${marker}^`;
}

function lint(expression: CelExpression, call: CallCheck): void {
  if (expression.kind === "select") lintAttribute(expression, call);
  const isSum = expression.kind === "call" && expression.isOperator && expression.name === "+";
  const isText = ({ kind, type }: { kind: string; type?: string }): boolean => kind === "literal" && type === "string";
  if (isSum && expression.arguments.some(isText)) call.note("lint/cel-concatenation", expression, {}, allMinors);
  for (const inside of childrenOf(expression)) lint(inside, call);
}

/** A name that starts like an attribute and is none; loops, which bind names of their own, have been refused. */
function lintAttribute({ operand, field, end }: CelSelect, call: CallCheck): void {
  if (operand.kind !== "identifier" || !Object.hasOwn(celAttributes, operand.name)) return;
  const fields = celAttributes[operand.name];
  if (typeof fields !== "object" || Object.hasOwn(fields, field)) return;
  const place = { start: operand.start, end };
  call.note("lint/cel-attribute", place, { name: `${operand.name}.${field}` }, allMinors, () =>
    writeNearest(end - field.length, end, field, Object.keys(fields)),
  );
}
