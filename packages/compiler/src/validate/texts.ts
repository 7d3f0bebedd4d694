import type { ScalarNode } from "../source/tree.ts";
import { below, type Placed } from "./placed.ts";

/** Whether something is so of a text; the same function for the same question. */
export type TextTest = (text: string) => boolean;

/** Texts that stand together in a policy, in the order of the document. Each question about them is answered once. */
export class Texts {
  readonly #places: readonly Placed<ScalarNode>[];
  // Few questions are asked, so that looking through them is quicker than a map.
  readonly #asked: TextTest[] = [];
  readonly #answers: (readonly Placed<ScalarNode>[])[] = [];
  #mayRepeat: boolean | undefined;

  /** @param places of the texts, by the way from what they stand in. */
  constructor(places: readonly Placed<ScalarNode>[]) {
    this.#places = places;
  }

  /** Whether something is so of one of them. */
  some(is: TextTest): boolean {
    return this.#where(is).length > 0;
  }

  /**
   * The places of those that something is so of.
   *
   * @param place of what they stand in, asked for if there are any.
   */
  find(is: TextTest, place: () => Placed | undefined): readonly Placed<ScalarNode>[] {
    const found = this.#where(is);
    const outer = found.length === 0 ? undefined : place();
    return outer === undefined ? none : found.map(({ at }) => at.reduce(below, outer) as Placed<ScalarNode>);
  }

  /** False where a look at every pair, which is quick for the keys of most records, shows that none comes twice. */
  get mayRepeat(): boolean {
    return (this.#mayRepeat ??= mayRepeat(this.#places));
  }

  #where(is: TextTest): readonly Placed<ScalarNode>[] {
    if (this.#places.length === 0) return none;
    const known = this.#answers[this.#asked.indexOf(is)];
    if (known !== undefined) return known;
    let found: Placed<ScalarNode>[] | undefined;
    for (const place of this.#places) {
      if (!is(place.node.text)) continue;
      if (found === undefined) found = [place];
      else found.push(place);
    }
    const answer = found ?? none;
    // A server asks for one target after another.
    if (this.#asked.length === mostQuestions) this.#asked.length = this.#answers.length = 0;
    this.#asked.push(is);
    this.#answers.push(answer);
    return answer;
  }
}

const none: readonly Placed<ScalarNode>[] = [];

/** More than one target asks. */
const mostQuestions = 32;

function mayRepeat(places: readonly Placed<ScalarNode>[]): boolean {
  if (places.length > 16) return true;
  const texts = places.map(({ node }) => node.text);
  return texts.some((text, i) => texts.indexOf(text) < i);
}
