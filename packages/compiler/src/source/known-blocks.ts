import type { Span } from "@meshlog/parser";
import { LF } from "./characters.ts";
import type { ListNode, MapNode } from "./tree.ts";

/** A map or a list of block style that stands several times in a file. */
interface KnownBlock {
  readonly node: MapNode | ListNode;
  /** Where its first character stands. */
  readonly start: number;
  /** How long its lines are, the first from its content on. */
  readonly length: number;
  readonly column: number;
}

/**
 * The blocks that were read below one key of a file. The policies of a fleet repeat their formats: what stands there for
 * the third time in the same characters need not be read again. Of what was seen once, only the place is kept.
 */
export class KnownBlocks {
  readonly #source: string;
  readonly #known: KnownBlock[] = [];
  #oldestKnown = 0;
  /** Where blocks begin and end: numbers alone, since nearly all of them are forgotten soon. */
  readonly #seen: number[] = [];
  #oldestSeen = 0;
  /** How many blocks were read since one came again. */
  #fruitless = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** The longest block whose characters stand at an offset; more of it may follow. */
  find(start: number, column: number): KnownBlock | undefined {
    let found: KnownBlock | undefined;
    for (const block of this.#known) {
      if (block.column !== column || block.length <= (found?.length ?? 0)) continue;
      if (this.#isSame(block.start, start, block.length)) found = block;
    }
    return found;
  }

  /**
   * Takes notice of a block that was read.
   *
   * @param lines from its first character to the line after it.
   */
  add(node: MapNode | ListNode, { start, end }: Span, column: number): void {
    if (end - start < shortest || end - start > longest || this.#source.charCodeAt(end - 1) !== LF) return;
    // Where nothing comes again, it is looked for now and then.
    if (++this.#fruitless % pause > attempts) return;
    if (this.#wasSeen(start, end)) {
      this.#fruitless = 0;
      this.#known[this.#oldestKnown] = { node, start, length: end - start, column };
      this.#oldestKnown = (this.#oldestKnown + 1) % most;
    } else {
      this.#seen[this.#oldestSeen] = start;
      this.#seen[this.#oldestSeen + 1] = end;
      this.#oldestSeen = (this.#oldestSeen + 2) % (2 * mostSeen);
    }
  }

  /** Whether one of the same characters was read before. */
  #wasSeen(start: number, end: number): boolean {
    const seen = this.#seen;
    for (let i = 0; i < seen.length; i += 2) {
      const from = seen[i] ?? 0;
      const length = (seen[i + 1] ?? 0) - from;
      if (length === end - start && this.#isSame(from, start, length)) return true;
    }
    return false;
  }

  /** Whether the same characters stand at two offsets. The engine is asked to compare them where two of them are. */
  #isSame(a: number, b: number, length: number): boolean {
    const source = this.#source;
    const middle = length >> 1;
    const last = length - 1;
    if (source.charCodeAt(a + last) !== source.charCodeAt(b + last)) return false;
    if (source.charCodeAt(a + middle) !== source.charCodeAt(b + middle)) return false;
    return source.slice(a, a + length) === source.slice(b, b + length);
  }
}

/** How many blocks are compared with those that follow. */
const most = 8;

/** Of so many is kept where they are: a pair of numbers each. To compare with more of them costs more than it finds. */
const mostSeen = 4;

/** After so many that did not come again, those that follow are passed over until there were so many of them. */
const attempts = 64;
const pause = 1024;

/** Reading what is shorter is as quick as finding it. */
const shortest = 40;

/** What is longer is seldom the same, and its tree would be kept. */
const longest = 1 << 12;
