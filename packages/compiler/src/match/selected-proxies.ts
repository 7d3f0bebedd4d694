import { type KumaRelease, kumaTarget } from "@meshlog/parser";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { profile } from "../kuma/profile.ts";
import type { Bundle } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";
import { withStoredLabels } from "../validate/compute-labels.ts";
import { validate } from "../validate/validate.ts";
import { selectGateway } from "./select-gateway.ts";
import { selectedKeys, type SelectedProxy } from "./select.ts";
import { storeOf, worlds } from "./world.ts";

/** The Dataplanes that a MeshAccessLog selects; `undefined` if Kuma's API would refuse the policy. */
export type ProxySelector = (policy: Resource) => readonly Resource[] | undefined;

/** Tells which proxies of a bundle policies select in a release; what that takes of the proxies is found out once. */
export function proxySelector(bundle: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): ProxySelector {
  const facts = profile(kuma);
  const target = kumaTarget([kuma]);
  const stored = withStoredLabels(bundle, kuma, controlPlane);
  const written = new Map(bundle.resources.map((resource) => [resource.node, resource]));
  const proxies = new Map(
    worlds(storeOf(stored.resources), [], facts).map(({ name, dataplanes, gateways }) => [
      name,
      dataplanes.map((dataplane): SelectedProxy => {
        const gateway = selectGateway(gateways, dataplane, facts);
        return gateway === undefined ? { dataplane } : { dataplane, gateway };
      }),
    ]),
  );
  return (policy) => {
    const alone = withStoredLabels({ files: bundle.files, resources: [policy] }, kuma, controlPlane);
    const [accepted] = validate(alone, target, controlPlane).value;
    if (accepted === undefined) return undefined;
    return (proxies.get(policy.mesh) ?? [])
      .filter((proxy) => typeof selectedKeys(accepted, proxy, facts) !== "string")
      .flatMap(({ dataplane }) => written.get(dataplane.resource.node) ?? []);
  };
}
