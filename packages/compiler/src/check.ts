import type { Result, Target } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import type { Bundle } from "./source/load.ts";
import type { Policy } from "./validate/policy.ts";
import { inDocumentOrder } from "./document-order.ts";
import { lintAlone, lintTogether } from "./validate/lints/index.ts";
import { type Surroundings, surroundingsOf } from "./validate/surroundings.ts";
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
  const surroundings = surroundingsOf(bundle.resources);
  const { value, diagnostics } = validate(bundle, target, controlPlane, surroundings.protocols);
  const lints = [...lintAlone(bundle, target), ...lintTogether(bundle, surroundings.meshes, target)];
  return { value, diagnostics: inDocumentOrder(bundle, diagnostics, lints) };
}

/**
 * What {@link check} says of the policies in a part of a bundle, each by itself.
 *
 * @param protocols what is known of the traffic: {@link Surroundings.protocols} of the whole bundle.
 */
export function checkAlone(
  part: Bundle,
  target: Target,
  controlPlane: ControlPlane,
  protocols: Surroundings["protocols"],
): readonly Diagnostic[] {
  const { diagnostics } = validate(part, target, controlPlane, protocols);
  return inDocumentOrder(part, diagnostics, lintAlone(part, target));
}

/** What {@link check} says of the resources in a part of a bundle because of the rest of it. */
export function checkTogether(part: Bundle, target: Target, { meshes }: Surroundings): readonly Diagnostic[] {
  return inDocumentOrder(part, lintTogether(part, meshes, target));
}
