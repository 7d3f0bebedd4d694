import { firstKumaOperators, kumaOperators } from "../kuma/kuma-operators.ts";
import type { Profile } from "../kuma/profile.ts";
import { type KumaText, kumaText, literal } from "./kuma-text.ts";
import { oldKumaText } from "./old-kuma-text.ts";

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

/** A reader for the texts of a backend. */
export function textReader({ formatReading, hasWorkloadOperators }: Profile): TextReader {
  const names = hasWorkloadOperators ? kumaOperators : firstKumaOperators;
  let first: string | undefined;
  const refuse = (error: string): void => void (first ??= error);
  const read = (text: string, context?: string): KumaText => {
    switch (formatReading) {
      case "replaced":
        return kumaText(text, names);
      case "parsed": {
        const old = oldKumaText(text, names);
        if ("text" in old) return old.text;
        refuse(context === undefined ? old.refusal : `${context}: ${old.refusal}`);
        return literal(text);
      }
    }
  };
  return { read, refuse, refusal: () => first };
}
