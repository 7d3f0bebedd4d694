import type { Change } from "../change.ts";
import { backends } from "./backends.ts";
import { formats } from "./formats.ts";
import { inbounds } from "./inbounds.ts";
import { policyBackends } from "./policy-backends.ts";
import { policyDeprecations } from "./policy-deprecations.ts";
import { policyDocuments } from "./policy-documents.ts";
import { policyTargetRefs } from "./policy-target-refs.ts";

/** Every change that meshlog knows, by subject and oldest first within one: later ones are laid over earlier ones. */
export const changes: readonly Change[] = [
  ...formats,
  ...backends,
  ...inbounds,
  ...policyDocuments,
  ...policyTargetRefs,
  ...policyBackends,
  ...policyDeprecations,
];
