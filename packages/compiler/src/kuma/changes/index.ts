import type { Change } from "../change.ts";
import { backends } from "./backends.ts";
import { clusters } from "./clusters.ts";
import { formats } from "./formats.ts";
import { generation } from "./generation.ts";
import { listeners } from "./listeners.ts";
import { logDelivery } from "./log-delivery.ts";
import { openTelemetry } from "./open-telemetry.ts";
import { operators } from "./operators.ts";
import { policyBackends } from "./policy-backends.ts";
import { policyDeprecations } from "./policy-deprecations.ts";
import { policyDocuments } from "./policy-documents.ts";
import { policyLabels } from "./policy-labels.ts";
import { policyTargetRefs } from "./policy-target-refs.ts";
import { routes } from "./routes.ts";
import { selection } from "./selection.ts";
import { rules } from "./rules.ts";
import { sockets } from "./sockets.ts";

/** Every change that meshlog knows, by subject and oldest first within one: later ones are laid over earlier ones. */
export const changes: readonly Change[] = [
  ...policyDocuments,
  ...policyLabels,
  ...policyTargetRefs,
  ...policyBackends,
  ...policyDeprecations,
  ...formats,
  ...operators,
  ...backends,
  ...openTelemetry,
  ...clusters,
  ...sockets,
  ...selection,
  ...listeners,
  ...rules,
  ...routes,
  ...generation,
  ...logDelivery,
];
