import { boundedMemory } from "./bounded-memory.ts";

const texts = boundedMemory<string>(1000);

/**
 * The same text, as one copy for all that are equal and follow each other closely: findings say the same few things
 * thousands of times.
 */
export function oneCopy(text: string): string {
  return texts(text, () => text);
}
