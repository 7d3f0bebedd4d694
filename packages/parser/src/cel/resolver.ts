import { celFunctions, celMessages, celPackages, celRegexFunctions } from "../catalog/cel.ts";
import type { Span } from "../span.ts";
import { isLoop } from "./parser.ts";
import { checkRegex } from "./regex.ts";
import type { CelCall, CelExpression, CelMessage } from "./syntax.ts";

/** Why Envoy cannot build an expression that can be read. */
export interface CelFault extends Span {
  /** Envoy's words, by minor where they have changed. */
  readonly message: string | ((minor: number) => string);
}

/**
 * The first thing that keeps Envoy from building an expression: it resolves every function first, arguments before the
 * call and from left to right, and looks at loops, messages and patterns after that. Nothing is typed.
 */
export function resolveCel(expression: CelExpression): CelFault | undefined {
  const nodes = inOrder(expression);
  const calls = nodes.filter((node) => node.kind === "call");
  for (const call of calls) {
    if (!isFound(call)) return noOverload(call);
  }
  for (const node of nodes) {
    const fault = node.kind === "call" ? faultOfCall(node) : node.kind === "message" ? faultOfMessage(node) : undefined;
    if (fault !== undefined) return fault;
  }
  return undefined;
}

/** Every node, what is inside a node before it. */
function inOrder(root: CelExpression): CelExpression[] {
  const found: CelExpression[] = [];
  const visit = (node: CelExpression): void => {
    for (const inside of childrenOf(node)) visit(inside);
    found.push(node);
  };
  visit(root);
  return found;
}

/** What stands inside a node, from left to right. */
export function childrenOf(node: CelExpression): readonly CelExpression[] {
  switch (node.kind) {
    case "literal":
    case "identifier":
      return [];
    case "select":
      return [node.operand];
    case "index":
      return [node.operand, node.index];
    case "call":
      return node.receiver === undefined ? node.arguments : [node.receiver, ...node.arguments];
    case "list":
      return node.items;
    case "map":
      return node.entries.flatMap(({ key, value }) => [key, value]);
    case "message":
      return node.fields.map(({ value }) => value);
  }
}

/** These two are known by name and cannot be called. */
const uncallable = new Set(["or", "orValue"]);

function isFound(call: CelCall): boolean {
  const { name, receiver, isOperator, arguments: taken } = call;
  if (isOperator || uncallable.has(name)) return true;
  if (receiver === undefined) {
    if (name === "has") return taken.length === 1;
    return factsOf(name.replace(/^\./, ""))?.asFunction?.includes(taken.length) ?? false;
  }
  if (isLoop(call)) return true;
  const isRegex =
    receiver.kind === "identifier" && /^\.?re$/.test(receiver.name) && Object.hasOwn(celRegexFunctions, name);
  if (isRegex && celRegexFunctions[name] === taken.length) return true;
  return factsOf(name)?.asMethod?.includes(taken.length) ?? false;
}

function factsOf(name: string): (typeof celFunctions)[string] | undefined {
  return Object.hasOwn(celFunctions, name) ? celFunctions[name] : undefined;
}

function noOverload({ name, place }: CelCall): CelFault {
  return { start: place.start, end: place.end, message: `No overload found in reference resolve step for ${name}` };
}

function faultOfCall(call: CelCall): CelFault | undefined {
  const { name, place, receiver } = call;
  const at = { start: place.start, end: place.end };
  if (isLoop(call)) return { ...at, message: "Comprehension support is disabled" };
  if (!call.isOperator && uncallable.has(name))
    return { ...at, message: "No overloads provided for FunctionStep creation" };
  if (name.replace(/^\./, "") !== "matches" || call.isOperator) return undefined;
  const pattern = call.arguments[receiver === undefined ? 1 : 0];
  if (pattern?.kind !== "literal" || pattern.type !== "string") return undefined;
  const fault = checkRegex(pattern.value);
  if (fault === undefined) return undefined;
  const { start, end } = pattern;
  return {
    start,
    end,
    message:
      fault === "too large"
        ? (minor) => (minor < 40 ? "exceeded RE2 max program size" : "regular expression exceeds max allowed size")
        : (minor) =>
            minor < 40
              ? "invalid_argument unsupported RE2 pattern for matches"
              : `invalid regular expression: ${fault}`,
  };
}

function faultOfMessage({ type, fields, start, end }: CelMessage): CelFault | undefined {
  const name = type.replace(/^\./, "");
  const known = Object.hasOwn(celMessages, name) ? celMessages[name] : undefined;
  const isLinked = known !== undefined || (celPackages.some((one) => name.startsWith(one)) && /\.[A-Z]\w*$/.test(name));
  if (!isLinked) return { start, end, message: `Invalid struct creation: missing type info for '${type}'` };
  const unknown = known === undefined ? undefined : fields.find((field) => !known.includes(field.name));
  if (unknown === undefined) return undefined;
  const message = `Invalid message creation: field '${unknown.name}' not found in '${name}'`;
  return { start: unknown.place.start, end: unknown.place.end, message };
}
