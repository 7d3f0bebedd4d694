import type { Result, Target } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import type { Bundle } from "./source/load.ts";
import type { Policy } from "./validate/policy.ts";
import { inDocumentOrder } from "./document-order.ts";
import { lint } from "./validate/lints/index.ts";
import { validate } from "./validate/validate.ts";

/**
 * Judges the policies of a bundle for every member of a target.
 *
 * @param controlPlane decides what is made of labels and namespaces.
 * @returns the policies that Kuma accepts, and what there is to say, in the order of the documents: of each, Kuma's
 *   violations in Kuma's order first, then the rest by position.
 */
export function check(
  bundle: Bundle,
  target: Target,
  controlPlane: ControlPlane = {},
): Result<readonly Policy[], Diagnostic> {
  const { value, diagnostics } = validate(bundle, target, controlPlane);
  return { value, diagnostics: inDocumentOrder(bundle.files, diagnostics, lint(bundle, target)) };
}
