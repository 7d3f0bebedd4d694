import { type KumaOperator, kumaOperators, type KumaValues } from "../kuma/kuma-operators.ts";

/** A text in which Kuma puts values, taken apart once so that filling it is a join. */
export type KumaText =
  | { readonly kind: "literal"; readonly text: string }
  /** A literal, an operator, a literal, …: one literal more than there are operators. */
  | {
      readonly kind: "pieces";
      readonly literals: readonly string[];
      readonly operators: readonly KumaOperator[];
      /** What is replaced instead where a value holds a `%`, for that may make up an operator. */
      readonly whole?: Replaced;
    }
  /** Only replacing text by text gives what Kuma gives. */
  | Replaced;

interface Replaced {
  readonly kind: "replaced";
  readonly text: string;
  readonly names: readonly KumaOperator[];
}

/**
 * Takes a text apart at Kuma's operators.
 *
 * @param names those that the release has, in Kuma's order.
 */
export function kumaText(text: string, names: readonly KumaOperator[] = kumaOperators): KumaText {
  if (!text.includes("%KUMA_")) return literal(text);
  // One operator after the other, as Kuma replaces them: where two overlap (`%KUMA_ZONE%KUMA_MESH%`) the earlier in
  // Kuma's order gets the shared `%`.
  const start: Split = { literals: [text], operators: [] };
  const { literals, operators } = names.reduce(splitAt, start);
  if (operators.length === 0) return literal(text);
  const whole = { kind: "replaced", text, names } as const;
  // A value can complete an operator that the text only begins (`%KUMA_%KUMA_MESH%%` in a mesh named `MESH`). The `%` may
  // be the last of an operator that is replaced later than the one with the value.
  const places = operators.map((operator) => names.indexOf(operator));
  const beginsOperator = literals
    .slice(0, -1)
    .some((part, i) =>
      /%(?:K|KU|KUM|KUMA|KUMA_[A-Z_]*)?$/.test(i > 0 && (places[i - 1] ?? 0) > (places[i] ?? 0) ? `%${part}` : part),
    );
  return beginsOperator ? whole : { kind: "pieces", literals, operators, whole };
}

/** A text that stays as it is. */
export function literal(text: string): KumaText {
  return { kind: "literal", text };
}

interface Split {
  readonly literals: readonly string[];
  readonly operators: readonly KumaOperator[];
}

function splitAt({ literals, operators }: Split, operator: KumaOperator): Split {
  const parts = literals.map((part) => part.split(`%${operator}%`));
  return {
    literals: parts.flat(),
    operators: parts.flatMap((part, i) => [
      ...part.slice(1).map(() => operator),
      ...(i < operators.length ? operators.slice(i, i + 1) : []),
    ]),
  };
}

/**
 * Puts in the values: all occurrences, strictly in Kuma's order, each on the result of the one before, so that a value
 * which holds a later operator is expanded again
 * (pkg/xds/envoy/listeners/v3/access_log_configurer.go:49@v2.14.3). There is no escaping: `%%KUMA_MESH%%` becomes
 * `%default%`.
 */
export function fill(text: KumaText, values: KumaValues): string {
  switch (text.kind) {
    case "literal":
      return text.text;
    case "replaced":
      return replace(text, values);
    case "pieces": {
      const { literals, operators, whole } = text;
      let filled = literals[0] ?? "";
      let i = 0;
      for (const operator of operators) {
        const value = values[operator];
        if (whole !== undefined && value.includes("%")) return replace(whole, values);
        filled += value + (literals[++i] ?? "");
      }
      return filled;
    }
  }
}

function replace({ text, names }: Replaced, values: KumaValues): string {
  return names.reduce((filled, name) => filled.replaceAll(`%${name}%`, () => values[name]), text);
}
