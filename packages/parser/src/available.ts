import type { OperatorFacts } from "./catalog/operator.ts";
import { kumaOperators, operators } from "./catalog/operators.ts";
import { check } from "./check.ts";
import { minorOf } from "./minors.ts";
import { parse } from "./parse.ts";
import type { Target } from "./target.ts";

/** An operator that every member of a target has. */
export interface AvailableOperator {
  readonly name: string;
  readonly family: "envoy" | "kuma";
  readonly summary: string;
  readonly example: string;
  readonly sample: string;
  /** Some member of the target refuses it without an argument. */
  readonly needsArgument: boolean;
  /** Every member of the target takes a limit after it: `:64`. */
  readonly takesLimit: boolean;
}

const known = new WeakMap<Target, readonly AvailableOperator[]>();

/**
 * The operators that every member of a target has, Kuma's first. One that needs a formatter extension is not among
 * them: Kuma configures none.
 */
export function availableOperators(target: Target): readonly AvailableOperator[] {
  let available = known.get(target);
  if (available === undefined) {
    available = findAvailable(target);
    known.set(target, available);
  }
  return available;
}

function findAvailable(target: Target): readonly AvailableOperator[] {
  const { members } = target;
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
      takesLimit: false,
    })),
    ...inEnvoy.map(([name, { summary, example, sample, argument, limit }]) => ({
      name,
      family: "envoy" as const,
      summary,
      example,
      sample,
      needsArgument: argument !== undefined && isRefusedBare(name, target),
      takesLimit: limit !== undefined && minorOf(limit) <= oldest,
    })),
  ];
}

/** What Envoy calls optional is not always so: METADATA without an argument has no type, which is refused. */
function isRefusedBare(name: string, target: Target): boolean {
  return check(parse(`%${name}%`), target).diagnostics.some(({ severity }) => severity === "error");
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
