import { availableOperators, kumaOperators, operators, target } from "@meshlog/parser";
import { page, table } from "./markdown.ts";
import { pageLink } from "./operator-pages.ts";
import { kumaLines } from "./releases.ts";

/** Which operators each line of Kuma has, by its newest patch. */
export function operatorMatrix(): string {
  const lines = kumaLines.toReversed();
  const available = lines.map(({ name }) => {
    const { value } = target(`kuma ${name}`);
    return new Set(value === undefined ? [] : availableOperators(value).map((operator) => operator.name));
  });
  return page(
    "# Operators by Kuma",
    "The operators that the newest patch of each line of Kuma has without formatter extensions, which Kuma never configures. One operator that a proxy's Envoy does not know, and it refuses the whole listener.",
    table(
      ["Operator", ...lines.map(({ line }) => line)],
      [
        ["*Envoy*", ...lines.map(({ envoy }) => `1.${String(envoy.minor)}`)],
        ...[...kumaOperators.keys(), ...operators.keys()]
          .filter((name) => available.some((names) => names.has(name)))
          .map((name) => [pageLink(name), ...available.map((names) => (names.has(name) ? "✓" : ""))]),
      ],
    ),
  );
}
