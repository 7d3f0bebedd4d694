import { firstKumaOperators, kumaOperators } from "../kuma/kuma-operators.ts";
import type { Profile } from "../kuma/profile.ts";
import { type KumaText, kumaText, literal } from "./kuma-text.ts";
import { type OldKumaText, oldKumaText } from "./old-kuma-text.ts";

/** Reads the texts of one backend as a release of Kuma does, and keeps why Kuma gives up. */
export interface TextReader {
  /**
   * @param context what Kuma puts before its refusal of this text.
   */
  readonly read: (text: string, context?: string) => KumaText;
  readonly refuse: (error: string) => void;
  /** Kuma gives up at the first thing that it refuses: its error, if there was one. */
  readonly refusal: () => string | undefined;
}

/** Takes a text apart as a release of Kuma does, or says why Kuma refuses it. The same text is taken apart once. */
export type ReadText = (text: string) => OldKumaText;

/** What reads the texts of a run. */
export function readText({ formatReading, hasWorkloadOperators }: Profile): ReadText {
  const names = hasWorkloadOperators ? kumaOperators : firstKumaOperators;
  const known = new Map<string, OldKumaText>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const read = formatReading === "replaced" ? { text: kumaText(text, names) } : oldKumaText(text, names);
    known.set(text, read);
    return read;
  };
}

/** A reader for the texts of a backend. */
export function textReader(readText: ReadText): TextReader {
  let first: string | undefined;
  const refuse = (error: string): void => void (first ??= error);
  const read = (text: string, context?: string): KumaText => {
    const found = readText(text);
    if ("text" in found) return found.text;
    refuse(context === undefined ? found.refusal : `${context}: ${found.refusal}`);
    return literal(text);
  };
  return { read, refuse, refusal: () => first };
}
