import type { Result, Span, Target } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { Bundle } from "./source/load.ts";
import type { Policy } from "./validate/policy.ts";
import { lint } from "./validate/lints/index.ts";
import { validate } from "./validate/validate.ts";

/**
 * Judges the policies of a bundle for every member of a target.
 *
 * @returns the policies that Kuma accepts, and what there is to say, in the order of the documents: of each, Kuma's
 *   violations in Kuma's order first, then the rest by position.
 */
export function check(bundle: Bundle, target: Target): Result<readonly Policy[], Diagnostic> {
  const { value, diagnostics } = validate(bundle, target);
  return { value, diagnostics: inOrder(bundle, [...diagnostics, ...lint(bundle, target)]) };
}

/** Of each resource what Kuma refuses comes first, in Kuma's order; the rest by position. */
function inOrder(bundle: Bundle, diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const isRefusal = ({ code }: Diagnostic): boolean => code === "policy/schema" || code === "policy/invalid";
  const refusals = diagnostics.filter(isRefusal);
  const rest = diagnostics.filter((diagnostic) => !isRefusal(diagnostic));
  return inDocumentOrder(
    bundle,
    refusals,
    rest.sort((a, b) => a.start - b.start || a.end - b.end),
  );
}

/**
 * Brings the findings of several stages into the order of the documents. Findings of one stage about one resource stay
 * together, in the order in which the stage gave them.
 */
export function inDocumentOrder(bundle: Bundle, ...stages: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
  const files = new Map(bundle.files.map(({ path }, i) => [path, i]));
  const byFile = Map.groupBy(bundle.resources, ({ file }) => file);
  const nodes = new Map([...byFile].map(([file, own]) => [file, own.map(({ node }) => node).sort(byStart)]));
  const resourceStart = ({ file, start }: Diagnostic): number => {
    const node = lastBefore(nodes.get(file) ?? [], start);
    return node !== undefined && start <= node.end ? node.start : start;
  };
  return stages
    .flat()
    .map((diagnostic) => ({ diagnostic, file: files.get(diagnostic.file) ?? 0, at: resourceStart(diagnostic) }))
    .sort((a, b) => a.file - b.file || a.at - b.at)
    .map(({ diagnostic }) => diagnostic);
}

function byStart(a: Span, b: Span): number {
  return a.start - b.start;
}

/** The last of some spans, in order, that starts at an offset or before. */
function lastBefore<S extends Span>(spans: readonly S[], offset: number): S | undefined {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((spans[middle]?.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return spans[low - 1];
}
