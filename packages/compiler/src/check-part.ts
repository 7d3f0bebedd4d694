import type { Target } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import { inDocumentOrder } from "./document-order.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import type { Bundle } from "./source/load.ts";
import { lintBeside, linter } from "./validate/lints/index.ts";
import type { Surroundings } from "./validate/surroundings.ts";
import { policyValidator } from "./validate/validate.ts";

/**
 * What `check` says of the policies in a part of a bundle, each by itself.
 *
 * @param protocols what is known of the traffic: {@link Surroundings.protocols} of the whole bundle.
 */
export function checkAlone(
  part: Bundle,
  target: Target,
  controlPlane: ControlPlane,
  protocols: Surroundings["protocols"],
): readonly Diagnostic[] {
  const validatePolicy = policyValidator(target, controlPlane);
  const { lintPolicy } = linter(target);
  const policies = part.resources.filter(({ kind }) => kind === "MeshAccessLog");
  const judged = policies.flatMap((policy) => validatePolicy(policy, protocols).diagnostics);
  return inDocumentOrder(part.files, judged, policies.flatMap(lintPolicy));
}

/** What `check` says of the resources in a part of a bundle because of the rest of it. */
export function checkTogether(part: Bundle, target: Target, { meshes }: Surroundings): readonly Diagnostic[] {
  return inDocumentOrder(part.files, lintBeside(part.resources, meshes, target));
}
