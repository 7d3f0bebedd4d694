import type { Profile } from "../kuma/profile.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { Listener } from "./listener.ts";
import type { Services } from "./services.ts";
import { sidecarListeners } from "./sidecar.ts";

/** The listeners of a proxy that can log, in the order in which Kuma configures them. */
export function listeners(dataplane: Dataplane, services: Services, profile: Profile): readonly Listener[] {
  return dataplane.gateway === undefined ? sidecarListeners(dataplane, services, profile) : [];
}
