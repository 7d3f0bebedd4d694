import { operators } from "../catalog/operators.ts";
import { dialect } from "../dialect.ts";
import { parse } from "../parse.ts";
import { type Bytes, fromBase64, toBytes } from "./bytes.ts";
import { type Call, keyOf } from "./call-key.ts";
import type { Json } from "./json.ts";
import { missing, unusable } from "./unforetold.ts";
import { none, stringValue, type Value, valueOf } from "./value.ts";

/**
 * What is known of one request or connection: what single operators print of it. What follows from them (alternatives
 * of headers, limits, time patterns, masks, options) is worked out.
 */
export interface Facts {
  /** The value of an operator as it stands alone in a JSON format, by call without a limit: `%REQ(:path)%`. */
  readonly facts: Readonly<Record<string, unknown>>;
  /** What the operator prints as text, where that does not follow from its value; bytes that are not UTF-8 in Base64. */
  readonly factTexts?: Readonly<Record<string, string | { readonly base64: string }>>;
  /** Whether what is not among the facts has no value; else it is not known, and a line that needs it cannot be told. */
  readonly isComplete?: boolean;
  /** When the points of COMMON_DURATION were reached, in nanoseconds of a clock of its own. */
  readonly timePoints?: Readonly<Record<string, number>>;
}

/** Facts that are looked up by what is printed, however the call is written. */
export class FactIndex {
  readonly facts: Facts;
  readonly #byText = new Map<string, string>();
  readonly #byKey = new Map<string, string>();

  constructor(facts: Facts) {
    this.facts = facts;
    for (const written of Object.keys({ ...facts.facts, ...facts.factTexts })) {
      const call = readCall(written);
      if (call === undefined) continue;
      this.#byText.set(textKey(call), written);
      this.#byKey.set(keyOf(call), written);
    }
  }

  /** The value of a call, if it is a fact itself. */
  exact(call: Call): Value | undefined {
    return this.#read(this.#byText.get(textKey(call)) ?? this.#byKey.get(keyOf(call)));
  }

  /** The value of the fact with a name that {@link keyOf} makes. */
  get(key: string): Value | undefined {
    return this.#read(this.#byKey.get(key));
  }

  /** The JSON of a fact with such a name; undefined where there is none. */
  json(key: string): Json | undefined {
    const written = this.#byKey.get(key);
    return written === undefined ? undefined : readJson(written, this.facts.facts[written]);
  }

  /** The value of a fact by its name; where facts are complete and it is not among them, what its operator then yields. */
  need(key: string): Value {
    return this.get(key) ?? this.absent(key);
  }

  /** What an operator yields that is not among the facts. */
  absent(key: string): Value {
    const name = /^[A-Z0-9_]*/.exec(key)?.[0] ?? "";
    const absent = operators.get(name)?.absent;
    if (this.facts.isComplete !== true || absent === undefined) missing(`%${key}%`);
    if (absent.json === null) return none;
    if (typeof absent.json === "number") return { kind: "integer", number: absent.json };
    return stringValue(toBytes(absent.json));
  }

  #read(written: string | undefined): Value | undefined {
    if (written === undefined) return undefined;
    const { facts, factTexts } = this.facts;
    const given = factTexts !== undefined && Object.hasOwn(factTexts, written) ? factTexts[written] : undefined;
    const text = given === undefined ? undefined : readText(written, given);
    // A text alone is the value too.
    if (text !== undefined && !Object.hasOwn(facts, written)) return stringValue(text);
    const value = valueOf(readJson(written, facts[written]));
    const name = /^%?([A-Z0-9_]*)/.exec(written)?.[1] ?? "";
    if (value.kind === "double" && operators.get(name)?.result === "number") {
      return { kind: "integer", number: value.number, ...(text !== undefined && { text }) };
    }
    if (text === undefined) return value;
    // Only bytes that are not UTF-8 and quoted texts differ: the former are the string itself.
    if (value.kind === "string" && typeof given !== "string") return stringValue(text);
    return { ...value, text };
  }
}

const indexes = new WeakMap<Facts, FactIndex>();

/** The index of some facts; made once. */
export function indexFacts(given: Facts): FactIndex {
  const facts = isUsable(given) ? given : noFacts;
  const index = indexes.get(facts) ?? new FactIndex(facts);
  indexes.set(facts, index);
  return index;
}

const noFacts: Facts = { facts: {} };

/** Programs without types may hand over anything. */
function isUsable(facts: unknown): boolean {
  const inner: unknown = isObject(facts) ? (facts as Partial<Facts>).facts : undefined;
  return isObject(inner);
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** The call that a fact is about; undefined where its name is no call. */
function readCall(written: string): Call | undefined {
  const [call, ...others] = parse(written, dialect("1.32", "none")).parts;
  return call?.kind === "operator" && others.length === 0 ? call : undefined;
}

function textKey({ name, argument }: Call): string {
  return `${name.text}(${argument?.text ?? ""})`;
}

function readJson(fact: string, value: unknown): Json {
  if (typeof value === "bigint") return Number(value);
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (typeof value !== "object") unusable(fact, `${typeof value} is no value of JSON`);
  // Its insides are looked at where they are printed.
  return value as Json;
}

function readText(fact: string, text: string | { readonly base64: string }): Bytes {
  if (typeof text === "string") return toBytes(text);
  const bytes = typeof text === "object" && typeof text.base64 === "string" ? fromBase64(text.base64) : undefined;
  return bytes ?? unusable(fact, "its text is neither a string nor Base64");
}
