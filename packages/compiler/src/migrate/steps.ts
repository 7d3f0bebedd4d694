import { endpointToBackendRef } from "./endpoint-to-backend-ref.ts";
import { fromToRules } from "./from-to-rules.ts";
import { namesToLabels } from "./names-to-labels.ts";
import type { Step } from "./step.ts";
import { tagsToLabels } from "./tags-to-labels.ts";
import { trafficLogs } from "./traffic-log.ts";
import { typeDiscriminators } from "./type-discriminators.ts";

/** Every step, in the order in which they are taken: what splits a policy comes last. */
export const steps: readonly Step[] = [
  typeDiscriminators,
  endpointToBackendRef,
  tagsToLabels,
  namesToLabels,
  fromToRules,
  trafficLogs,
];
