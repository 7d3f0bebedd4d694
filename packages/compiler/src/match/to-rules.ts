import type { Conf } from "../validate/policy.ts";
import type { Selection } from "./select.ts";

/** The confs for the traffic that a proxy sends, by the service that it goes to. */
export interface ToRules {
  /** The conf for a `kuma.io/service`, or for traffic to none (`undefined`: passthrough, direct access). */
  for(service: string | undefined): Conf | undefined;
}

/**
 * The rules for the traffic that a proxy sends, by `kuma.io/service`.
 *
 * Kuma partitions the space of tags; since a MeshAccessLog names at most one tag, what remains is: the conf of a
 * service is merged from all items on the Mesh and all that name it, in the order of the policies
 * (pkg/plugins/policies/core/rules/rules.go@v2.14.3, "short path"). To merge is to take the last, since `backends` is
 * replaced as a whole and Kuma's API wants it in every conf. A policy with an item on a MeshHTTPRoute adds none of its
 * items; items on MeshExternalService and MeshMultiZoneService select real resources only.
 *
 * @param selections lowest precedence first.
 */
export function toRules(selections: readonly Selection[]): ToRules {
  const confs = new Map<string | undefined, Conf>();
  for (const { policy } of selections) {
    const { to = [] } = policy.spec;
    if (to.some(({ targetRef }) => targetRef.kind === "MeshHTTPRoute")) continue;
    for (const { targetRef, default: conf } of to) {
      if (targetRef.kind === "MeshService") confs.set(targetRef.name ?? "", conf);
      if (targetRef.kind !== "Mesh") continue;
      // It covers every service, those that were named before too.
      confs.clear();
      confs.set(undefined, conf);
    }
  }
  return { for: (service) => confs.get(service) ?? confs.get(undefined) };
}
