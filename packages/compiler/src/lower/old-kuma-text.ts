import { readAsOldKuma } from "@meshlog/parser";
import { isKumaOperator, type KumaOperator } from "../kuma/kuma-operators.ts";
import { type KumaText, literal } from "./kuma-text.ts";
import { unusedCharacter } from "./unused-character.ts";

/** A text that is read, or why the whole proxy gets no configuration. */
export type OldKumaText = { readonly text: KumaText } | { readonly refusal: string };

/**
 * Reads a format as Kuma up to 2.5 does: every operator is taken apart and written anew, and `%KUMA_…%` becomes its
 * value, in which no operator is looked for again; one that Kuma does not know becomes nothing
 * (meshaccesslog/plugin/xds/configurer.go:66@2.5.11).
 */
export function oldKumaText(format: string, names: readonly KumaOperator[]): OldKumaText {
  const operators: KumaOperator[] = [];
  const hole = unusedCharacter(format, 0xe000);
  const reading = readAsOldKuma(format, (name) => {
    if (!isKumaOperator(name) || !names.includes(name)) return "";
    operators.push(name);
    return hole;
  });
  if (reading.kind === "refused") return { refusal: `invalid access log format string: ${format}: ${reading.message}` };
  if (operators.length === 0) return { text: literal(reading.text) };
  return { text: { kind: "pieces", literals: reading.text.split(hole), operators } };
}
