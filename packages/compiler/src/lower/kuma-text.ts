import { type KumaOperator, kumaOperators, type KumaValues } from "../kuma/kuma-operators.ts";

/** A text in which Kuma replaces its operators, taken apart once so that filling it is a join. */
export interface KumaText {
  readonly text: string;
  /** Literal texts and operators in turn; absent where only replacing text by text gives what Kuma gives. */
  readonly pieces?: readonly Piece[];
}

type Piece = { readonly literal: string } | { readonly operator: KumaOperator };

/** Takes a text apart at Kuma's operators. */
export function kumaText(text: string): KumaText {
  if (!text.includes("%KUMA_")) return { text, pieces: [{ literal: text }] };
  // One operator after the other, as Kuma replaces them: where two overlap (`%KUMA_ZONE%KUMA_MESH%`) the earlier in
  // Kuma's order gets the shared `%`.
  const pieces = kumaOperators.reduce<Piece[]>(
    (split, operator) => split.flatMap((piece) => ("literal" in piece ? splitAt(piece.literal, operator) : [piece])),
    [{ literal: text }],
  );
  // A value can complete an operator that the text only begins (`%KUMA_%KUMA_MESH%%` in a mesh named `MESH`).
  const beginsOperator = pieces.some(
    (piece) => "literal" in piece && /%(?:K|KU|KUM|KUMA|KUMA_[A-Z_]*)?$/.test(piece.literal),
  );
  return beginsOperator && pieces.length > 1 ? { text } : { text, pieces };
}

function splitAt(literal: string, operator: KumaOperator): Piece[] {
  return literal
    .split(`%${operator}%`)
    .flatMap((part, i): Piece[] => [...(i > 0 ? [{ operator }] : []), ...(part === "" ? [] : [{ literal: part }])]);
}

/**
 * Replaces Kuma's operators by their values: all occurrences, strictly in Kuma's order, each on the result of the one
 * before, so that a value which holds a later operator is expanded again
 * (pkg/xds/envoy/listeners/v3/access_log_configurer.go:49@v2.14.3). There is no escaping: `%%KUMA_MESH%%` becomes
 * `%default%`.
 */
export function fill({ text, pieces }: KumaText, values: KumaValues): string {
  if (pieces === undefined || pieces.some((piece) => "operator" in piece && values[piece.operator].includes("%"))) {
    return kumaOperators.reduce((filled, name) => filled.replaceAll(`%${name}%`, () => values[name]), text);
  }
  return pieces.map((piece) => ("literal" in piece ? piece.literal : values[piece.operator])).join("");
}
