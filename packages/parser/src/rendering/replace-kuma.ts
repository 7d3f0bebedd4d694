import { dialectOf } from "../dialect.ts";
import { readAsOldKuma } from "../old-kuma.ts";
import { maskKuma } from "../placeholders.ts";
import type { TargetMember } from "../target.ts";
import { unforetold } from "./unforetold.ts";

/**
 * The text that a Kuma hands on to Envoy: its operators replaced, as plain text; up to 2.5 read and written anew.
 *
 * @param value what Kuma puts in the place of an operator.
 */
export function replaceKuma(text: string, release: TargetMember, value: (name: string) => string): string {
  const { kuma } = release;
  if (kuma === undefined) return text;
  if (/^2\.[0-5]$/.test(kuma.line)) {
    const reading = readAsOldKuma(text, value);
    return reading.kind === "read"
      ? reading.text
      : unforetold("The line", `Kuma ${kuma.name} refuses the format: ${reading.message}`);
  }
  const replaced: string[] = [];
  let at = 0;
  for (const { name, start, end } of maskKuma(text, dialectOf(release).kuma).kuma) {
    replaced.push(text.slice(at, start), value(name));
    at = end;
  }
  return replaced.join("") + text.slice(at);
}
