import type { ArgumentFacts } from "./catalog/operator.ts";
import { operators } from "./catalog/operators.ts";

/** How an operator is called. */
export interface Signature {
  /** `%REQ(HEADER?ALTERNATIVE):LIMIT%`. */
  readonly label: string;
  readonly summary: string;
  /** The pieces of the argument, in their order: where they stand in the label, and what they are. */
  readonly parameters: readonly { readonly start: number; readonly end: number; readonly means: string }[];
}

type PieceFacts = readonly [separator: string, name: string, means: string];

/** The pieces of each kind of argument, with what separates each from the one before it. */
const pieces: Readonly<Record<Exclude<ArgumentFacts["kind"], "choices">, readonly PieceFacts[]>> = {
  cel: [["", "EXPRESSION", "An expression of the Common Expression Language."]],
  coalesce: [["", '{"operators":[…]}', "A JSON list of operators; the first that has a value is printed."]],
  duration: [
    ["", "START", "The point in time where it begins."],
    [":", "END", "The point in time where it ends."],
    [":", "PRECISION", "`ms` (default), `us` or `ns`."],
  ],
  file: [
    ["", "PATH", "The file whose content is printed."],
    [":", "DIRECTORY", "A directory that is watched for changes of the file."],
  ],
  "filter-state": [
    ["", "KEY", "The key of the object."],
    [":", "PLAIN|TYPED|FIELD", "How the object is written."],
    [":", "NAME", "The field to print; goes with FIELD."],
  ],
  header: [
    ["", "HEADER", "The header that is printed."],
    ["?", "ALTERNATIVE", "The header that is printed where the first is absent."],
  ],
  mask: [["", "PREFIX", "The length of the prefix that is kept of the address."]],
  metadata: [
    ["", "NAMESPACE", "The namespace, mostly the name of the filter that fills it."],
    [":", "KEY…", "The keys that lead to the value."],
  ],
  "query-parameter": [["", "NAME", "The parameter of the query that is printed."]],
  secret: [["", "NAME", "The secret that is printed."]],
  time: [["", "PATTERN", "How the time is written: conversions such as `%Y`, and text."]],
  "typed-metadata": [
    ["", "TYPE", "Whose metadata: DYNAMIC, ROUTE, CLUSTER, …"],
    [":", "NAMESPACE", "The namespace, mostly the name of the filter that fills it."],
    [":", "KEY…", "The keys that lead to the value."],
  ],
  variable: [["", "NAME", "The environment variable that is printed."]],
};

/** How an operator of Envoy is called; `undefined` if there is none of this name. */
export function signatureOf(name: string): Signature | undefined {
  const facts = operators.get(name);
  if (facts === undefined) return undefined;
  const { summary, argument, limit } = facts;
  let label = `%${name}`;
  const parameters: Signature["parameters"][number][] = [];
  if (argument !== undefined) {
    label += "(";
    for (const [separator, piece, means] of piecesOf(argument)) {
      label += separator;
      parameters.push({ start: label.length, end: label.length + piece.length, means });
      label += piece;
    }
    label += ")";
  }
  return { label: `${label}${limit === undefined ? "" : ":LIMIT"}%`, summary, parameters };
}

function piecesOf(argument: ArgumentFacts): readonly PieceFacts[] {
  if (argument.kind !== "choices") return pieces[argument.kind];
  return argument.lists.map(({ name, options }, i) => [
    i === 0 ? "" : ":",
    Object.keys(options).join("|"),
    `${name.charAt(0).toUpperCase()}${name.slice(1)}.`,
  ]);
}
