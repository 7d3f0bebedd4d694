import type { Change } from "../change.ts";
import { backends } from "./backends.ts";
import { clusters } from "./clusters.ts";
import { formats } from "./formats.ts";
import { generation } from "./generation.ts";
import { inbounds } from "./inbounds.ts";
import { openTelemetry } from "./open-telemetry.ts";
import { operators } from "./operators.ts";
import { routes } from "./routes.ts";
import { sockets } from "./sockets.ts";

/** Every change that meshlog knows, by subject and oldest first within one: later ones are laid over earlier ones. */
export const changes: readonly Change[] = [
  ...formats,
  ...operators,
  ...backends,
  ...openTelemetry,
  ...clusters,
  ...sockets,
  ...inbounds,
  ...routes,
  ...generation,
];
