import type { Span } from "../span.ts";
import { type CelToken, type Place, readString, tokenize } from "./lexer.ts";
import type { CelCall, CelExpression, CelLiteral, CelProblem } from "./syntax.ts";

/** An expression, or why it is none. */
export type CelReading =
  | {
      readonly expression: CelExpression;
      /** A field in backquotes, which Envoy takes since 1.40. */
      readonly quoted?: Span;
    }
  | { readonly problem: CelProblem };

/** No path of a tree may be longer, and nothing may be nested deeper. Measured on Envoy 1.36 to 1.40. */
const deepest = 32;

/** In code points. */
const longest = 100_000;

/** Not as the first name of an expression; after a dot they are names like any other. */
const reserved = new Set(
  "as break const continue else for function if import let loop package namespace return var void while".split(" "),
);

/** A method that is expanded to a loop, by its number of arguments. */
const macros: Readonly<Record<string, readonly number[]>> = {
  all: [2],
  exists: [2],
  exists_one: [2],
  filter: [2],
  map: [2, 3],
};

/** Whether a method is one of CEL's loops, which Envoy refuses to run. */
export function isLoop({ name, receiver, arguments: taken }: CelCall): boolean {
  return receiver !== undefined && Object.hasOwn(macros, name) && (macros[name] ?? []).includes(taken.length);
}

/**
 * Reads an expression as Envoy's CEL does. It never calls itself deeper than CEL's own limit lets it.
 *
 * @param place where the part of the text between two offsets stands; by default where it says.
 */
export function parseCel(text: string, place: Place = (start, end) => ({ start, end })): CelReading {
  const size = text.length > longest ? codePoints(text, text.length) : 0;
  if (size > longest) {
    const message = `expression size exceeds codepoint limit. input size: ${size}, limit: ${longest}`;
    return { problem: { ...place(0, text.length), message, isPlaced: false } };
  }
  const { tokens, problem } = tokenize(text, place);
  if (problem !== undefined) return { problem };
  const reader = new Reader(tokens);
  try {
    const expression = reader.whole();
    return reader.quoted === undefined ? { expression } : { expression, quoted: reader.quoted };
  } catch (stop) {
    if (stop instanceof Stop) return { problem: stop.problem };
    throw stop;
  }
}

/** How many code points stand before an offset. */
export function codePoints(text: string, end: number): number {
  let count = 0;
  for (let at = 0; at < end; at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1) count++;
  return count;
}

/** Leaves the reader where an expression breaks off. */
class Stop extends Error {
  readonly problem: CelProblem;

  constructor(problem: CelProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** An expression and how long its longest path is. */
interface Sized {
  readonly node: CelExpression;
  readonly depth: number;
}

/** Recursive descent, one method for each level of precedence. */
class Reader {
  readonly #tokens: readonly CelToken[];
  /** Where the first field in backquotes stands. */
  quoted: CelToken | undefined;
  #at = 0;
  #nesting = 0;

  constructor(tokens: readonly CelToken[]) {
    this.#tokens = tokens;
  }

  whole(): CelExpression {
    const { node } = this.#expression();
    if (this.#next.kind !== "end") this.#fail(`Syntax error: extraneous input '${this.#next.text}' expecting <EOF>`);
    return node;
  }

  get #next(): CelToken {
    return this.#peek(0);
  }

  #peek(ahead: number): CelToken {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) throw new Error("there is always an end");
    return token;
  }

  #fail(message: string, place: Span = this.#next): never {
    throw new Stop({ start: place.start, end: place.end, message, isPlaced: true });
  }

  #is(text: string, ahead = 0): boolean {
    const token = this.#peek(ahead);
    return token.kind === "symbol" && token.text === text;
  }

  #take(text: string): CelToken | undefined {
    return this.#is(text) ? this.#tokens[this.#at++] : undefined;
  }

  #expect(text: string): CelToken {
    const token = this.#take(text);
    if (token === undefined) this.#fail(`Syntax error: mismatched input '${this.#next.text}' expecting '${text}'`);
    return token;
  }

  #sized(node: CelExpression, ...inside: number[]): Sized {
    const depth = 1 + Math.max(0, ...inside);
    if (depth > deepest) {
      const message = `Exceeded max recursion depth of ${deepest} when parsing.`;
      throw new Stop({ start: node.start, end: node.end, message, isPlaced: false });
    }
    return { node, depth };
  }

  /** What stands in parentheses, brackets and argument lists, and after the `:` of a condition. */
  #nested(): Sized {
    if (++this.#nesting > deepest) {
      const { start, end } = this.#next;
      const message = `Expression recursion limit exceeded. limit: ${deepest}`;
      throw new Stop({ start, end, message, isPlaced: false });
    }
    const sized = this.#expression();
    this.#nesting--;
    return sized;
  }

  #expression(): Sized {
    const condition = this.#or();
    const question = this.#take("?");
    if (question === undefined) return condition;
    const yes = this.#or();
    this.#expect(":");
    const no = this.#nested();
    return this.#call("?:", question, [condition, yes, no]);
  }

  #call(name: string, place: Span, terms: readonly Sized[]): Sized {
    const nodes = terms.map(({ node }) => node);
    const start = Math.min(place.start, nodes[0]?.start ?? place.start);
    const end = nodes.at(-1)?.end ?? place.end;
    const at = { start: place.start, end: place.end };
    const call = { kind: "call", start, end, name, isOperator: true, arguments: nodes, place: at } as const;
    return this.#sized(call, ...terms.map(({ depth }) => depth));
  }

  #or(): Sized {
    return this.#chain("||", () => this.#chain("&&", () => this.#relation()));
  }

  /** A chain adds one to the depth however long it is. */
  #chain(operator: string, term: () => Sized): Sized {
    const first = term();
    const place = this.#next;
    if (!this.#is(operator)) return first;
    const nodes = [first.node];
    let depth = first.depth;
    while (this.#take(operator) !== undefined) {
      const next = term();
      nodes.push(next.node);
      depth = Math.max(depth, next.depth);
    }
    const [start, end] = [first.node.start, nodes.at(-1)?.end ?? first.node.end];
    const at = { start: place.start, end: place.end };
    return this.#sized(
      { kind: "call", start, end, name: operator, isOperator: true, arguments: nodes, place: at },
      depth,
    );
  }

  #relation(): Sized {
    return this.#binary(["<", "<=", ">=", ">", "==", "!=", "in"], () =>
      this.#binary(["+", "-"], () => this.#binary(["*", "/", "%"], () => this.#unary())),
    );
  }

  #binary(operators: readonly string[], term: () => Sized): Sized {
    let left = term();
    for (;;) {
      const operator = this.#next;
      if (operator.kind !== "symbol" || !operators.includes(operator.text)) return left;
      this.#at++;
      left = this.#call(operator.text, operator, [left, term()]);
    }
  }

  #unary(): Sized {
    const sign = this.#next;
    if (!this.#is("!") && !this.#is("-")) return this.#member();
    let count = 0;
    while (this.#is(sign.text, count)) count++;
    const isNumber = ["int", "double"].includes(this.#peek(count).kind);
    // One minus before a number belongs to the number.
    if (sign.text === "-" && count === 1 && isNumber) return this.#member();
    this.#at += count;
    const operand = this.#member();
    if (count % 2 === 0) return operand;
    return this.#call(sign.text, sign, [operand]);
  }

  #member(): Sized {
    let operand = this.#primary();
    for (;;) {
      if (this.#take(".") !== undefined) operand = this.#selected(operand);
      else if (this.#take("[") !== undefined) {
        if (this.#is("?")) this.#fail("unsupported syntax '?'");
        const index = this.#nested();
        const { end } = this.#expect("]");
        const { start } = operand.node;
        operand = this.#sized({ kind: "index", start, end, operand: operand.node, index: index.node }, operand.depth, index.depth); // prettier-ignore
      } else return operand;
    }
  }

  #selected(operand: Sized): Sized {
    if (this.#is("?")) this.#fail("unsupported syntax '.?'");
    const field = this.#next;
    if (field.kind === "quoted") {
      this.#at++;
      if (this.#is("(")) this.#fail("Syntax error: mismatched input '('");
      this.quoted ??= field;
    } else if (field.kind === "identifier") this.#at++;
    else this.#fail(`Syntax error: no viable alternative at input '.${field.text}'`);
    const { start } = operand.node;
    const place = { start: field.start, end: field.end };
    if (this.#take("(") === undefined) {
      const name = field.kind === "quoted" ? field.text.slice(1, -1) : field.text;
      return this.#sized({ kind: "select", start, end: field.end, operand: operand.node, field: name }, operand.depth);
    }
    const { nodes, depth, end } = this.#arguments();
    const call: CelCall = { kind: "call", start, end, name: field.text, isOperator: false, receiver: operand.node, arguments: nodes, place }; // prettier-ignore
    this.#checkMacro(call);
    return this.#sized(call, operand.depth, depth);
  }

  #arguments(): { nodes: CelExpression[]; depth: number; end: number } {
    const nodes: CelExpression[] = [];
    let depth = 0;
    if (!this.#is(")")) {
      do {
        const argument = this.#nested();
        nodes.push(argument.node);
        depth = Math.max(depth, argument.depth);
      } while (this.#take(",") !== undefined);
    }
    return { nodes, depth, end: this.#expect(")").end };
  }

  #primary(): Sized {
    const token = this.#next;
    switch (token.kind) {
      case "int":
      case "uint":
      case "double":
      case "string":
      case "bytes":
        this.#at++;
        return this.#literal(token);
      case "identifier":
        return this.#named("");
      case "symbol":
        break;
      case "quoted":
      case "end":
      case "null":
      case "bool":
        return this.#fail(`Syntax error: mismatched input '${token.text}' expecting an expression`);
    }
    switch (token.text) {
      case "-": {
        // Only a number may follow: another operand would have been read with its sign.
        const number = this.#peek(1);
        if (number.kind !== "int" && number.kind !== "double") break;
        this.#at += 2;
        return this.#literal(number, token);
      }
      case "true":
      case "false":
      case "null": {
        this.#at++;
        const type = token.text === "null" ? "null" : "bool";
        return this.#sized({ kind: "literal", start: token.start, end: token.end, type, value: token.text });
      }
      case ".":
        this.#at++;
        if (this.#next.kind !== "identifier") break;
        return this.#named(".");
      case "(": {
        this.#at++;
        const inside = this.#nested();
        this.#expect(")");
        return inside;
      }
      case "[":
        return this.#list();
      case "{":
        return this.#map();
    }
    return this.#fail(`Syntax error: extraneous input '${this.#next.text}' expecting an expression`);
  }

  #literal(token: CelToken, minus?: CelToken): Sized {
    const { kind, text } = token;
    const start = minus?.start ?? token.start;
    const written = minus === undefined ? text : `-${text}`;
    const literal = (type: CelLiteral["type"], value: string): Sized =>
      this.#sized({ kind: "literal", start, end: token.end, type, value });
    switch (kind) {
      case "string":
      case "bytes": {
        const read = readString(token);
        if ("message" in read) this.#fail(read.message, token);
        return literal(kind, read.value);
      }
      case "int": {
        const limit = minus === undefined ? 2n ** 63n - 1n : 2n ** 63n;
        if (!isWithin(text, limit)) this.#fail(`invalid ${isHex(text) ? "hex " : ""}int literal`, token);
        return literal("int", written);
      }
      case "uint":
        if (!isWithin(text.slice(0, -1), 2n ** 64n - 1n)) {
          this.#fail(`invalid ${isHex(text) ? "hex " : ""}uint literal`, token);
        }
        return literal("uint", written);
      case "double":
        return literal("double", written);
      case "null":
      case "bool":
      case "identifier":
      case "quoted":
      case "symbol":
      case "end":
        return this.#fail(`Syntax error: mismatched input '${text}'`, token);
    }
  }

  /** A name, a call, or a message; after its leading dot, if it has one. */
  #named(dot: string): Sized {
    const message = this.#message(dot);
    if (message !== undefined) return message;
    const token = this.#next;
    this.#at++;
    const start = token.start - dot.length;
    if (reserved.has(token.text)) this.#fail(`reserved identifier: ${token.text}`, token);
    const name = dot + token.text;
    if (this.#take("(") === undefined) return this.#sized({ kind: "identifier", start, end: token.end, name });
    const { nodes, depth, end } = this.#arguments();
    const place = { start: token.start, end: token.end };
    if (name === "has" && nodes.length === 1 && nodes[0]?.kind !== "select") {
      this.#fail("has() argument must be a field selection", nodes[0]);
    }
    return this.#sized({ kind: "call", start, end, name, isOperator: false, arguments: nodes, place }, depth);
  }

  #checkMacro(call: CelCall): void {
    if (!isLoop(call)) return;
    const [variable] = call.arguments;
    if (variable?.kind !== "identifier") {
      this.#fail(`${call.name}() variable name must be a simple identifier`, variable);
    }
    if (variable.name === "__result__") this.#fail(`${call.name}() variable name cannot be __result__`, variable);
  }

  /** `a.b.C{field: value}` */
  #message(dot: string): Sized | undefined {
    let ahead = 1;
    while (this.#is(".", ahead) && this.#peek(ahead + 1).kind === "identifier") ahead += 2;
    if (!this.#is("{", ahead)) return undefined;
    const names: string[] = [];
    const start = this.#next.start - dot.length;
    for (let i = 0; i < ahead; i += 2) names.push(this.#peek(i).text);
    this.#at += ahead + 1;
    const fields: { name: string; place: Span; value: CelExpression }[] = [];
    let depth = 0;
    const end = this.#items("}", () => {
      const field = this.#next;
      if (field.kind === "quoted") this.quoted ??= field;
      else if (field.kind !== "identifier") this.#fail(`Syntax error: mismatched input '${field.text}'`);
      this.#at++;
      this.#expect(":");
      const value = this.#nested();
      depth = Math.max(depth, value.depth);
      const name = field.kind === "quoted" ? field.text.slice(1, -1) : field.text;
      fields.push({ name, place: { start: field.start, end: field.end }, value: value.node });
    });
    return this.#sized({ kind: "message", start, end, type: dot + names.join("."), fields }, depth);
  }

  #list(): Sized {
    const { start } = this.#expect("[");
    const items: CelExpression[] = [];
    let depth = 0;
    const end = this.#items("]", () => {
      const item = this.#nested();
      items.push(item.node);
      depth = Math.max(depth, item.depth);
    });
    return this.#sized({ kind: "list", start, end, items }, depth);
  }

  #map(): Sized {
    const { start } = this.#expect("{");
    const entries: { key: CelExpression; value: CelExpression }[] = [];
    let depth = 0;
    const end = this.#items("}", () => {
      const key = this.#nested();
      this.#expect(":");
      const value = this.#nested();
      entries.push({ key: key.node, value: value.node });
      depth = Math.max(depth, key.depth, value.depth);
    });
    return this.#sized({ kind: "map", start, end, entries }, depth);
  }

  /** Items with commas between them and, if one likes, after the last, or alone. */
  #items(close: string, item: () => void): number {
    if (!this.#is(close) && !this.#is(",")) {
      for (;;) {
        if (this.#is("?")) this.#fail("unsupported syntax '?'");
        item();
        if (!this.#is(",") || this.#is(close, 1)) break;
        this.#at++;
      }
    }
    this.#take(",");
    return this.#expect(close).end;
  }
}

function isHex(text: string): boolean {
  return text.startsWith("0x");
}

function isWithin(text: string, limit: bigint): boolean {
  const digits = isHex(text) ? text.slice(2).replace(/^0+/, "") : text.replace(/^0+/, "");
  return digits.length <= 20 && BigInt(isHex(text) ? `0x0${digits}` : `0${digits}`) <= limit;
}
