import { type ArgumentFacts, kumaOperators, operators } from "../../packages/parser/src/index.ts";

/** Numbers from 0 to below 1 that a seed decides (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Formats without end, the same for the same seed: calls of every operator with arguments of its kind, good and bad
 * ones, strung together with text, and then, in one of three, damaged.
 */
export function* randomFormats(seed: number): Generator<string, never> {
  const dice = new Dice(random(seed));
  for (;;) {
    const format = dice.list(4, () => dice.piece()).join("");
    yield dice.chance(0.33) ? dice.damage(format) : format;
  }
}

const words = ["a", "B", "x-y", "", " ", "my.key", "é", "日本", 'k"q', "a b", "0", "-", "😀", "a\tb", "a\rb", "\u0000"];
const headers = [":path", ":PATH", "x-a", "X-ENVOY-ORIGINAL-PATH", "grpc-status", "", ":", "a b", "a:b", "x_under", "ü", "a,b", "x!#$&'*+-.^_`|~9", "::a"]; // prettier-ignore
const times = ["%Y", "%m", "%d", "%H:%M:%S", "%s", "%3f", "%9f", "%*f", "%E3S", "%E*S", "%z", "%n", "%%n", "%-n", "%E5n", "%Q", "T", ".", "%", "%10s", "%En"]; // prettier-ignore
const limits = [
  "",
  "",
  "",
  ":5",
  ":0",
  ":007",
  ":18446744073709551615",
  ":18446744073709551616",
  ":",
  ":-1",
  ":5 ",
  ":a",
];
const texts = ["", " ", "abc", '"', "%%", "100%%", ":10", ")", "(", "\n", "\r\n", "{", "}", "ü", "%%%%", ",", "\u2028"];
const breaks = [
  "%",
  "(",
  ")",
  ":",
  "?",
  " ",
  "A",
  "a",
  "1",
  "\n",
  "\r",
  "%%",
  ")%",
  "_",
  "\u0000",
  "é",
  "{",
  '"',
  "\\",
];
const points = ["DS_RX_BEG", "DS_TX_END", "US_CX_BEG", "DS_HS_END", "TYPO", "", "my.point"];
const metadataTypes = ["DYNAMIC", "CLUSTER", "ROUTE", "UPSTREAM_HOST", "LISTENER", "VIRTUAL_HOST", "LISTENER_FILTER_CHAIN", "cluster", "", "X"]; // prettier-ignore
const expressions = ["request.path", "request.headers['a']", "f()", "size(request.path) > 3", "a.map(x, x)", "has(a.b)", "1 +", "a ? b : c", "[1, 2,]", "{'a': 1}", "a.`b`", "\"\\d\"", "r'\\d'", "x.matches('a+')", "x.matches('(')", "if", "a.if", "-9223372036854775808", "9223372036854775808", "1u", "!!a", "-!a", "a in b", "a || b && c", "google.protobuf.Any{}", "T{}", "0x1F", "1.5e3", "// c", "a.b.c.d", "re.extract(a, 'b', 'c')"]; // prettier-ignore

class Dice {
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  chance(probability: number): boolean {
    return this.#next() < probability;
  }

  below(count: number): number {
    return Math.floor(this.#next() * count);
  }

  pick<T>(list: readonly T[]): T {
    const picked = list[this.below(list.length)];
    if (picked === undefined) throw new Error("nothing to pick from");
    return picked;
  }

  list<T>(most: number, make: () => T): T[] {
    return Array.from({ length: 1 + this.below(most) }, make);
  }

  piece(): string {
    if (this.chance(0.3)) return this.pick(texts);
    if (this.chance(0.03)) return `%${this.pick([...kumaOperators.keys()])}%`;
    return this.call();
  }

  call(): string {
    const name = this.pick([...operators.keys()]);
    const takes = operators.get(name)?.argument;
    const isGiven = this.chance(takes === undefined ? 0.05 : 0.85);
    const argument = isGiven ? `(${this.chance(0.1) ? this.pick(words) : this.argument(takes)})` : "";
    return `%${name}${argument}${this.chance(0.3) ? this.pick(limits) : ""}%`;
  }

  argument(takes: ArgumentFacts | undefined): string {
    switch (takes?.kind) {
      case "header":
        return this.list(this.chance(0.1) ? 3 : 2, () => this.pick(headers)).join("?");
      case "time":
        return this.list(4, () => this.pick(times)).join(this.pick(["", "-", " "]));
      case "choices":
        return takes.lists
          .map(({ options }) => (this.chance(0.8) ? this.pick(Object.keys(options)) : this.pick(words)))
          .join(":");
      case "duration":
        return [this.pick(points), this.pick(points), ...(this.chance(0.5) ? [this.pick(["ms", "us", "ns", "s", ""])] : [])].join(":"); // prettier-ignore
      case "filter-state":
        return [this.pick(words), ...(this.chance(0.7) ? [this.pick(["PLAIN", "TYPED", "FIELD", "FIELD:f", "plain", "", "FIELD:", "TYPED:f"])] : [])].join(":"); // prettier-ignore
      case "typed-metadata":
        return [this.pick(metadataTypes), ...this.list(3, () => this.pick(words))].join(":");
      case "metadata":
        return this.list(3, () => this.pick(words)).join(":");
      case "mask":
        return this.pick(["24", "0", "-1", "x", "1.5", " 8", "999999999999", ""]);
      case "cel":
        return this.pick(expressions);
      case "coalesce":
        return this.coalesce(2);
      case "file":
      case "query-parameter":
      case "secret":
      case "variable":
      case undefined:
        return this.pick(words);
    }
  }

  /** JSON for COALESCE, mostly as it should be. A scalar at the top kills Envoy: other suites ask about that. */
  coalesce(depth: number): string {
    if (this.chance(0.05))
      return this.pick(["[]", "{}", '{"operators":[]}', '{"operators":{}}', "not json", '{"a":1', "[1,]"]);
    return JSON.stringify({ operators: this.list(3, () => this.entry(depth)) });
  }

  entry(depth: number): unknown {
    if (this.chance(0.05)) return this.pick<unknown>([1, null, [], {}, "", true, { command: 1 }]);
    const name = depth > 0 && this.chance(0.1) ? "COALESCE" : this.pick([...operators.keys()]);
    if (this.chance(0.3)) return name;
    const takes = operators.get(name)?.argument;
    const param = takes?.kind === "coalesce" ? this.coalesce(depth - 1) : this.argument(takes);
    return {
      command: this.chance(0.95) ? name : this.pick(words),
      ...(takes !== undefined || this.chance(0.1) ? { param } : {}),
      ...(this.chance(0.2) ? { max_length: this.pick<unknown>([5, 1, 0, -1, 1.5, "5", null, 1e15]) } : {}),
    };
  }

  /** Puts something in, takes something out, or swaps two characters, a few times. */
  damage(format: string): string {
    let damaged = format;
    for (let times = 1 + this.below(3); times > 0; times--) {
      const at = this.below(damaged.length + 1);
      const length = this.below(3);
      damaged = damaged.slice(0, at) + (this.chance(0.6) ? this.pick(breaks) : "") + damaged.slice(at + length);
    }
    return damaged.toWellFormed();
  }
}
