import type { Result, Target } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { Bundle } from "./source/load.ts";
import type { Policy } from "./validate/policy.ts";
import { validate } from "./validate/validate.ts";

/**
 * Judges the policies of a bundle for every member of a target.
 *
 * @returns the policies that Kuma accepts, and what there is to say, in the order of the documents: of each, Kuma's
 *   violations in Kuma's order first, then the rest by position.
 */
export function check(bundle: Bundle, target: Target): Result<readonly Policy[], Diagnostic> {
  return validate(bundle, target);
}

/**
 * Brings the findings of several stages into the order of the documents. Findings of one stage about one resource stay
 * together, in the order in which the stage gave them.
 */
export function inDocumentOrder(bundle: Bundle, ...stages: readonly (readonly Diagnostic[])[]): readonly Diagnostic[] {
  const files = new Map(bundle.files.map(({ path }, i) => [path, i]));
  const starts = Map.groupBy(bundle.resources, ({ file }) => file);
  const resourceStart = ({ file, start }: Diagnostic): number =>
    starts.get(file)?.findLast(({ node }) => node.start <= start && start <= node.end)?.node.start ?? start;
  return stages
    .flat()
    .map((diagnostic) => ({ diagnostic, file: files.get(diagnostic.file) ?? 0, at: resourceStart(diagnostic) }))
    .sort((a, b) => a.file - b.file || a.at - b.at)
    .map(({ diagnostic }) => diagnostic);
}
