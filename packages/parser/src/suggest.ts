import { precisions, timePoints } from "./arguments/duration.ts";
import { serializations } from "./arguments/filter-state.ts";
import { metadataTypes } from "./arguments/metadata.ts";
import { availableOperators } from "./available.ts";
import { celAttributes, celFunctions } from "./catalog/cel.ts";
import { type HeaderFacts, headerNames } from "./catalog/header-names.ts";
import { operators } from "./catalog/operators.ts";
import { metadataNamespaces } from "./catalog/metadata-namespaces.ts";
import { timeConversions } from "./catalog/time-conversions.ts";
import type { ArgumentContext } from "./context.ts";
import { minorOf, type Version } from "./minors.ts";
import type { Target } from "./target.ts";

/** A value that can be put at a place of an argument. */
export interface Suggestion {
  readonly text: string;
  readonly means: string;
  /** What it prints. */
  readonly sample?: string;
}

/**
 * What can be put at a place of an argument: of fixed lists what every member of the target knows, of open ones what is
 * used most. Nothing where nothing is known.
 *
 * @param before what stands in the argument before the place.
 */
export function suggestionsFor(
  { expects, operator }: Pick<ArgumentContext, "expects" | "operator">,
  before: string,
  target: Target,
): readonly Suggestion[] {
  const oldest = Math.min(...target.members.map(({ envoy }) => envoy.minor));
  const isKnown = (since: Version | undefined): boolean => since === undefined || minorOf(since) <= oldest;
  if (!isKnown(operators.get(operator)?.argument?.since)) return [];
  switch (expects.kind) {
    case "header":
      return Object.entries(headerNames)
        .filter(([, { on }]) => on === messageOf(operator))
        .map(([text, { means }]) => ({ text, means }));
    case "time-conversion":
      return (before === "" ? timePatterns : []).concat(
        Object.entries(timeConversions)
          .filter(([, { since }]) => isKnown(since))
          .map(([text, { means, sample }]) => ({ text, means, sample })),
      );
    case "choice":
      return Object.entries(expects.list.options).map(([text, means]) => ({ text, means }));
    case "time-point":
      return [...timePoints].filter(([, since]) => isKnown(since)).map(([text]) => ({ text, means: meaningOf(text) }));
    case "precision":
      return precisions.map((text) => ({ text, means: units[text] ?? text }));
    case "metadata-type":
      return [...metadataTypes]
        .filter(([, since]) => isKnown(since))
        .map(([text]) => ({ text, means: `metadata of the ${text.toLowerCase().replaceAll("_", " ")}` }));
    case "metadata-namespace":
      return Object.entries(metadataNamespaces).map(([text, means]) => ({ text, means }));
    case "serialization":
      return serializations.map((text) => ({ text, means: writings[text] }));
    case "operator":
      return availableOperators(target)
        .filter(({ family }) => family === "envoy")
        .map(({ name, summary, sample }) => ({ text: name, means: summary, sample }));
    case "coalesce":
      return isInString(before) ? [] : before.trim() === "" ? coalesceLists : coalesceParts;
    case "cel":
      return celNames;
    case "directory":
    case "file":
    case "filter-state-field":
    case "filter-state-key":
    case "mask":
    case "metadata-key":
    case "nothing":
    case "query-parameter":
    case "secret":
    case "variable":
      return [];
  }
}

/** Whether a place in a JSON text is within a string. */
function isInString(before: string): boolean {
  let isInside = false;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === '"') isInside = !isInside;
    else if (before[i] === "\\") i++;
  }
  return isInside;
}

/** Which message a header operator reads. */
function messageOf(operator: string): HeaderFacts["on"] {
  if (operator.includes("TRAILER")) return "trailers";
  return operator.startsWith("RESP") ? "response" : "request";
}

const timePatterns: readonly Suggestion[] = [
  { text: "%Y-%m-%dT%H:%M:%S.%3fZ", means: "ISO 8601 with milliseconds (default)", sample: "2026-03-28T23:35:58.215Z" },
  { text: "%s.%3f", means: "seconds since 1970 with milliseconds", sample: "1774740958.215" },
  { text: "%s%3f", means: "milliseconds since 1970", sample: "1774740958215" },
];

const words: Readonly<Record<string, string>> = {
  DS: "downstream",
  US: "upstream",
  CX: "connection",
  HS: "TLS handshake",
  RX: "receiving",
  TX: "sending",
  HDR: "headers",
  BODY: "body",
  BEG: "begins",
  END: "ends",
};

/** `DS_RX_BEG`: downstream: receiving begins. */
function meaningOf(point: string): string {
  const [side = "", ...rest] = point.split("_").map((word) => words[word] ?? word);
  return `${side}: ${rest.join(" ")}`;
}

const units: Readonly<Record<string, string>> = { ms: "milliseconds (default)", us: "microseconds", ns: "nanoseconds" };

const writings: Readonly<Record<(typeof serializations)[number], string>> = {
  PLAIN: "as the object writes itself",
  TYPED: "as JSON of its message (default)",
  FIELD: "one field of it, whose name follows",
};

const coalesceLists: readonly Suggestion[] = [
  {
    text: '{"operators":[{"command":"REQ","param":"X-ENVOY-ORIGINAL-PATH"},{"command":"REQ","param":":PATH"}]}',
    means: "the first of these operators that has a value",
  },
];

const coalesceParts: readonly Suggestion[] = [
  { text: '"operators":[]', means: "operators, of which the first that has a value is printed" },
  { text: '{"command":"REQ","param":":AUTHORITY"}', means: "an operator with an argument" },
  { text: '"command":"REQ"', means: "name of an operator" },
  { text: '"param":":PATH"', means: "argument of the operator" },
  { text: '"max_length":64', means: "how many bytes are printed at most" },
];

const celNames: readonly Suggestion[] = [
  ...Object.entries(celAttributes).flatMap(([root, type]) =>
    typeof type === "string"
      ? [{ text: root, means: type }]
      : Object.entries(type).map(([name, of]) => ({ text: `${root}.${name}`, means: of })),
  ),
  ...Object.entries(celFunctions)
    .filter(([, { asFunction }]) => asFunction !== undefined)
    .map(([text, { summary }]) => ({ text, means: summary })),
];
