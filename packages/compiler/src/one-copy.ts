import { oncePerText } from "./bounded-memory.ts";

/**
 * The same text, as one copy for all that are equal and follow each other closely: findings say the same few things
 * thousands of times.
 */
export const oneCopy: (text: string) => string = oncePerText(1000, (text) => text);
