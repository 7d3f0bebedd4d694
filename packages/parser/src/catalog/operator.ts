import type { Version } from "../minors.ts";

/** Everything that meshlog knows of an operator. */
export interface OperatorFacts {
  /** One sentence. */
  readonly summary: string;
  /** The first minor that knows it; `1.22` stands for "1.22 or earlier". */
  readonly since: Version;
  /** What it takes in parentheses; absent: nothing. */
  readonly argument?: ArgumentFacts;
  /** From when on it takes `:Z`; absent: never. */
  readonly limit?: Version;
  /** Where it carries a value; elsewhere it prints what it prints where the value is absent. */
  readonly protocols: readonly Protocol[];
  /** What a `json_format` value that is this operator alone can be, besides null. */
  readonly result: JsonType | readonly JsonType[];
  /** What is printed where there is no value; absent: there always is one. */
  readonly absent?: Absent;
  /** A call, ready to be pasted. */
  readonly example: string;
  /** What it may print. */
  readonly sample: string;
  /** Where it has a value at all, if not in the access logs that people write. */
  readonly use?: "always-empty" | "listener-only" | "upstream-only";
  /** What changed, by the release that changed it. */
  readonly changes?: Readonly<Partial<Record<Version, string>>>;
  /** What a reader of Envoy's documentation would not expect. */
  readonly remarks?: readonly string[];
  /** The formatter extension that brings it, and since when it is built in. */
  readonly extension?: { readonly name: string; readonly builtInSince?: Version };
  /** What to use instead, and why. */
  readonly deprecated?: string;
  /** The full name of which this is the short one, or the other way round. */
  readonly sameAs?: string;
  /** In Envoy's source, and nowhere in its documentation. */
  readonly undocumented?: true;
}

/** An operator of Kuma, which it replaces as plain text before Envoy reads the format. */
export interface KumaOperatorFacts {
  readonly summary: string;
  /** The first Kuma that replaces it. */
  readonly since: "2.0" | "2.14";
  readonly example: string;
  readonly sample: string;
  readonly remarks?: readonly string[];
}

/** The kinds of traffic that are logged. */
export type Protocol = "http" | "tcp" | "udp" | "thrift";

export type JsonType = "string" | "number" | "boolean" | "object" | "array";

/** The result of operators that print whatever they find. */
export const anyJson: readonly JsonType[] = ["string", "number", "boolean", "object", "array"];

/** What is printed where there is no value. */
export interface Absent {
  readonly text: string;
  readonly json: string | number | null;
  readonly when: string;
}

/** What an operator takes in parentheses. */
export type ArgumentFacts = (
  | { readonly kind: PlainArgumentKind }
  | { readonly kind: "choices"; readonly lists: readonly ChoiceList[]; readonly refusal: Refusal }
) & {
  /** Whether Envoy demands it. An optional one may have come later than its operator. */
  readonly presence: "required" | "optional";
  readonly since?: Version;
};

type PlainArgumentKind =
  | "cel"
  | "coalesce"
  | "duration"
  | "file"
  | "filter-state"
  | "header"
  | "mask"
  | "metadata"
  | "query-parameter"
  | "secret"
  | "time"
  | "typed-metadata"
  | "variable";

/** A fixed list that one option is chosen from. */
export interface ChoiceList {
  /** What is chosen, for people: "which path". */
  readonly name: string;
  /** Each with what it means. */
  readonly options: Readonly<Record<string, string>>;
}

/** How Envoy words that an option is none of the list; `none`: it does not look. */
export type Refusal = "option" | "grpc-status" | "xfcc" | "none";

export function required(argument: PlainArgumentKind): ArgumentFacts {
  return { kind: argument, presence: "required" };
}

export function optional(argument: PlainArgumentKind, since?: Version): ArgumentFacts {
  return { kind: argument, presence: "optional", ...(since && { since }) };
}

/** Prints `-`, or null in JSON, where there is no value. */
export function missing(when: string): Absent {
  return { text: "-", json: null, when };
}

/** Prints other words where there is no value; they are a value to `omit_empty_values`. */
export function instead(text: string, when: string): Absent {
  return { text, json: text, when };
}

/** A counter is never missing. */
export const zero: Absent = { text: "0", json: 0, when: "nothing was counted" };
