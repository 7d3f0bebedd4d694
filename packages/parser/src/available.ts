import type { OperatorFacts } from "./catalog/operator.ts";
import { kumaOperators, operators } from "./catalog/operators.ts";
import { minorOf } from "./minors.ts";
import type { Target } from "./target.ts";

/** An operator that every member of a target has. */
export interface AvailableOperator {
  readonly name: string;
  readonly family: "envoy" | "kuma";
  readonly summary: string;
  readonly example: string;
  readonly sample: string;
  /** Envoy refuses it without an argument. */
  readonly needsArgument: boolean;
}

/**
 * The operators that every member of a target has, Kuma's first. One that needs a formatter extension is not among
 * them: Kuma configures none.
 */
export function availableOperators({ members }: Target): readonly AvailableOperator[] {
  const oldest = Math.min(...members.map(({ envoy }) => envoy.minor));
  const lines = members.map(({ kuma }) => kuma?.line);
  const inKuma = [...kumaOperators].filter(([, { since }]) =>
    lines.every((line) => line !== undefined && isAtLeast(line, since)),
  );
  const inEnvoy = [...operators].filter(([, facts]) => firstMinor(facts) <= oldest);
  return [
    ...inKuma.map(([name, { summary, example, sample }]) => ({
      name,
      family: "kuma" as const,
      summary,
      example,
      sample,
      needsArgument: false,
    })),
    ...inEnvoy.map(([name, { summary, example, sample, argument }]) => ({
      name,
      family: "envoy" as const,
      summary,
      example,
      sample,
      needsArgument: argument?.presence === "required",
    })),
  ];
}

/** The first minor that has an operator without any extension. */
function firstMinor({ since, extension }: OperatorFacts): number {
  if (extension === undefined) return minorOf(since);
  return extension.builtInSince === undefined ? Number.POSITIVE_INFINITY : minorOf(extension.builtInSince);
}

/** `2.9` is before `2.14`, and `main` after all. */
function isAtLeast(line: string, since: string): boolean {
  if (line === "main") return true;
  const minor = (text: string): number => Number(text.split(".")[1]);
  return minor(line) >= minor(since);
}
