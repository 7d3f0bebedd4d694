/**
 * Checks a pattern of RE2 as Envoy's CEL does: whether it is one, and whether its program is small enough (100
 * instructions). The size is that of RE2's program for plain patterns and near it for others.
 *
 * @returns RE2's words for what is wrong, "too large", or nothing.
 */
export function checkRegex(pattern: string): string | undefined {
  const reading = new Pattern(pattern);
  const fault = reading.read();
  if (fault !== undefined) return fault;
  return reading.size > largest ? "too large" : undefined;
}

/** Four instructions of the hundred are there before the pattern: a match, a failure, and the search for its start. */
const largest = 96;

/** RE2 repeats nothing more often, nested repetitions multiplied. */
const mostRepeats = 1000;

/** How many instructions all characters outside ASCII take, and those of a general category or of a script. */
const outsideAscii = 6;
const category = 200;
const script = 60;

interface Group {
  /** Instructions of the alternatives that are complete, and of the one that is being read. */
  done: number;
  current: number;
  /** What a repetition would repeat: its size and how often it repeats already; none at the start. */
  last: { size: number; repeats: number } | undefined;
  repeats: number;
  readonly isCapture: boolean;
}

class Pattern {
  size = 0;
  readonly #text: string;
  #at = 0;
  readonly #open: Group[] = [group(false)];

  constructor(text: string) {
    this.#text = text;
  }

  read(): string | undefined {
    while (this.#at < this.#text.length) {
      const fault = this.#item();
      if (fault !== undefined) return fault;
    }
    const [outer] = this.#open;
    if (this.#open.length > 1 || outer === undefined) return `missing ): ${this.#text}`;
    this.size = outer.done + outer.current;
    return undefined;
  }

  get #group(): Group {
    return this.#open.at(-1) ?? group(false);
  }

  #add(size: number, repeats = 1): void {
    const here = this.#group;
    here.current += size;
    here.last = { size, repeats };
    here.repeats = Math.max(here.repeats, repeats);
  }

  #item(): string | undefined {
    const character = String.fromCodePoint(this.#text.codePointAt(this.#at) ?? 0);
    switch (character) {
      case "(":
        return this.#parenthesis();
      case ")": {
        const closed = this.#open.length > 1 ? this.#open.pop() : undefined;
        if (closed === undefined) return `unexpected ): ${this.#text}`;
        this.#at++;
        this.#add(closed.done + closed.current + (closed.isCapture ? 2 : 0), closed.repeats);
        return undefined;
      }
      case "|": {
        const here = this.#group;
        here.done += here.current + 1;
        here.current = 0;
        here.last = undefined;
        this.#at++;
        return undefined;
      }
      case "*":
      case "+":
      case "?":
        return this.#repetition(character, 1, 1);
      case "{": {
        const [braces, least = "", most = ""] =
          /^\{([0-9]+)(?:,([0-9]*))?\}/.exec(this.#text.slice(this.#at, this.#at + 24)) ?? [];
        if (braces === undefined) break;
        const [low, high] = [Number(least), most === "" ? Number(least) : Number(most)];
        if (low > mostRepeats || high > mostRepeats || high < low) return `invalid repetition size: ${braces}`;
        return this.#repetition(braces, Math.max(low, high, 1), 0);
      }
      case "[":
        return this.#class();
      case "\\":
        return this.#escape();
      case ".":
        this.#at++;
        this.#add(2 + outsideAscii);
        return undefined;
      case "^":
      case "$":
        this.#at++;
        this.#add(1);
        return undefined;
    }
    this.#at += character.length;
    this.#add(utf8(character));
    return undefined;
  }

  #parenthesis(): string | undefined {
    const rest = this.#text.slice(this.#at, this.#at + 80);
    const [start] = /^\((?:\?(?:P?<[A-Za-z_]\w*>|[imsU]*(?:-[imsU]+)?[:)]))?/.exec(rest) ?? ["("];
    if (start === "(" && rest.startsWith("(?")) return `invalid perl operator: ${/^\(\?.?.?/s.exec(rest)?.[0] ?? "(?"}`;
    this.#at += start.length;
    if (!start.endsWith(")")) this.#open.push(group(start === "(" || start.includes("<")));
    return undefined;
  }

  #repetition(text: string, times: number, more: number): string | undefined {
    const here = this.#group;
    const { last } = here;
    if (last === undefined) return `missing argument to repetition operator: ${text}`;
    const repeats = last.repeats * times;
    if (repeats > mostRepeats) return `invalid repetition size: ${text}`;
    const start = this.#at;
    this.#at += text.length;
    if (this.#text[this.#at] === "?") this.#at++;
    const again = /^(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})/.exec(this.#text.slice(this.#at, this.#at + 24));
    if (again !== null) return `bad repetition operator: ${this.#text.slice(start, this.#at)}${again[0]}`;
    here.current += last.size * (times - 1) + more;
    here.last = { size: last.size * times + more, repeats };
    here.repeats = Math.max(here.repeats, repeats);
    return undefined;
  }

  #class(): string | undefined {
    const start = this.#at++;
    const isNegated = this.#text[this.#at] === "^";
    if (isNegated) this.#at++;
    let ranges = 0;
    let isWide = isNegated;
    for (let isFirst = true; this.#text[this.#at] !== "]" || isFirst; isFirst = false) {
      if (this.#at >= this.#text.length) return `missing ]: ${this.#text.slice(start)}`;
      const named = /^\[:(\^?[a-z]*):\]/.exec(this.#text.slice(this.#at, this.#at + 16));
      if (named !== null) {
        if (!posix.has((named[1] ?? "").replace("^", ""))) return `invalid character class range: ${named[0]}`;
        this.#at += named[0].length;
        ranges += 3;
        continue;
      }
      const low = this.#member();
      if (typeof low === "string") return low;
      ranges += low.ranges;
      isWide ||= low.code > 0x7f;
      if (low.ranges > 1 || this.#text[this.#at] !== "-" || this.#text[this.#at + 1] === "]") continue;
      const from = this.#at - 1;
      this.#at++;
      if (this.#at >= this.#text.length) return `missing ]: ${this.#text.slice(start)}`;
      const high = this.#member();
      if (typeof high === "string") return high;
      if (high.code < low.code) return `invalid character class range: ${this.#text.slice(from, this.#at)}`;
      isWide ||= high.code > 0x7f;
    }
    this.#at++;
    this.#add(Math.max(1, isNegated ? ranges + 1 : ranges) + (isWide ? outsideAscii : 0));
    return undefined;
  }

  /** One character of a class, or an escape that stands for several. */
  #member(): { code: number; ranges: number } | string {
    if (this.#text[this.#at] !== "\\") {
      const code = this.#text.codePointAt(this.#at) ?? 0;
      this.#at += code > 0xffff ? 2 : 1;
      return { code, ranges: 1 };
    }
    const [escape] = escapes.exec(this.#text.slice(this.#at, this.#at + 60)) ?? [];
    if (escape === undefined || /^\\[bBAzCQ]/.test(escape)) return this.#badEscape();
    this.#at += escape.length;
    if (/^\\[pP]/.test(escape)) return { code: 0x10ffff, ranges: sizeOfClass(escape) };
    if (/^\\[dDsSwW]/.test(escape)) return { code: 0, ranges: 4 };
    return { code: codeOf(escape), ranges: 1 };
  }

  #escape(): string | undefined {
    const quoted = /^\\Q(.*?)(?:\\E|$)/s.exec(this.#text.slice(this.#at));
    if (quoted !== null) {
      this.#at += quoted[0].length;
      if (quoted[1] !== "") this.#add(utf8(quoted[1] ?? ""));
      return undefined;
    }
    const [escape] = escapes.exec(this.#text.slice(this.#at, this.#at + 60)) ?? [];
    if (escape === undefined) return this.#badEscape();
    this.#at += escape.length;
    const letter = escape.charAt(1);
    if (letter === "p" || letter === "P") this.#add(sizeOfClass(escape));
    else if (/[dDsSwWC]/.test(letter)) this.#add(sizes[letter] ?? 1);
    else if (/[bBAz]/.test(letter)) this.#add(1);
    else this.#add(utf8(String.fromCodePoint(Math.min(codeOf(escape), 0x10ffff))));
    return undefined;
  }

  #badEscape(): string {
    const escape = this.#text.slice(this.#at, this.#at + 2);
    return escape === "\\" ? "trailing \\: " : `invalid escape sequence: ${escape}`;
  }
}

/** What may follow a backslash in RE2; a single digit would be a back reference, which it has not. */
const escapes =
  /^\\(?:[dDsSwWbBAzCafnrtv]|0[0-7]{0,2}|[1-7][0-7]{1,2}|x[0-9A-Fa-f]{2}|x\{[0-9A-Fa-f]{1,6}\}|[pP](?:[A-Z]|\{\^?[A-Za-z_]+\})|[^A-Za-z0-9\u0080-\uFFFF])/s;

const sizes: Readonly<Record<string, number>> = {
  C: 1,
  d: 1,
  D: 2 + outsideAscii,
  s: 3,
  S: 4 + outsideAscii,
  w: 3,
  W: 5 + outsideAscii,
};

/** `\pN` and `\p{Lu}` are general categories, `\p{Greek}` is a script. */
function sizeOfClass(escape: string): number {
  return /\{\^?[A-Za-z_]{3,}\}$/.test(escape) ? script : category;
}

const posix = new Set("alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit".split(" "));

const controls: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

function codeOf(escape: string): number {
  const letter = escape.charAt(1);
  if (letter === "x") return Number.parseInt(escape.replace(/[\\x{}]/g, ""), 16);
  if (/[0-7]/.test(letter)) return Number.parseInt(escape.slice(1), 8);
  return controls[letter] ?? escape.codePointAt(1) ?? 0;
}

function group(isCapture: boolean): Group {
  return { done: 0, current: 0, last: undefined, repeats: 1, isCapture };
}

function utf8(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
