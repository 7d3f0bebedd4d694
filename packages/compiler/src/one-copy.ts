import { boundedMemory } from "./bounded-memory.ts";

const texts = boundedMemory<string>(1000);
const lists = boundedMemory<readonly string[]>(1000);

/**
 * The same text, as one copy for all that are equal and follow each other closely: findings say the same few things
 * thousands of times.
 */
export function oneCopy(text: string): string {
  return texts(text, () => text);
}

/** The same list of names, as one copy likewise: thousands of findings are for the same releases. */
export function oneList(names: readonly string[]): readonly string[] {
  return lists(names.join("\n"), () => names);
}
