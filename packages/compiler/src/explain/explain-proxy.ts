import type { KumaRelease, Result } from "@meshlog/parser";
import { proxyCompiler, storedWorld } from "../compile.ts";
import type { Diagnostic } from "../diagnostics.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import { ownNames } from "../listeners/own-names.ts";
import { joinHostPort } from "../listeners/listener.ts";
import { type ListenerKey, selectedKeys } from "../match/select.ts";
import { selectionOf } from "../match/selecting-policy.ts";
import type { Bundle } from "../source/load.ts";
import { compareText } from "../validate/compare-text.ts";
import { listenerExplainer } from "./listener-explainer.ts";
import { strongerBy } from "./order-reasons.ts";
import { policyPlaces } from "./policy-places.ts";
import type { ExplainedMiss, ExplainedSelection, ProxyExplanation } from "./proxy-explanation.ts";
import { sayMiss } from "./selection-reasons.ts";

/**
 * Explains what a proxy logs in a release of Kuma: which policies select it and which do not, in which order they count,
 * and what makes the loggers of each listener.
 *
 * @returns no value if the bundle holds no such Dataplane.
 */
export function explainProxy(
  bundle: Bundle,
  kuma: KumaRelease,
  wanted: { readonly mesh: string; readonly name: string },
  controlPlane: ControlPlane = {},
): Result<ProxyExplanation | undefined, Diagnostic> {
  const world = storedWorld(bundle, kuma, controlPlane);
  const { profile, lowered, diagnostics } = world;
  const mesh = world.meshes.find(({ name }) => name === wanted.mesh);
  const dataplane = mesh?.dataplanes.find(({ resource }) => resource.name === wanted.name);
  if (mesh === undefined || dataplane === undefined) return { value: undefined, diagnostics };

  const { proxy, selections, linked } = proxyCompiler(mesh, world)(dataplane);
  const policies = world.policies
    .filter(({ resource }) => resource.mesh === mesh.name)
    .sort((a, b) => compareText(a.resource.name, b.resource.name));
  const { placeOf, itemAt } = policyPlaces(bundle.files);
  const accepted = new Set(policies.map(({ resource }) => resource.name));
  const { namespace } = dataplane.resource;
  const explainListener = listenerExplainer({
    dataplane,
    names: ownNames(dataplane, profile, controlPlane.settings?.inboundTagsDisabled ?? false),
    profile,
    lowered,
    selections,
    itemAt,
  });
  const value: ProxyExplanation = {
    meshlog: 1,
    kuma: kuma.name,
    envoy: kuma.envoy.name,
    mesh: mesh.name,
    name: dataplane.resource.name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(proxy.gateway === undefined ? {} : { gateway: proxy.gateway.resource.name }),
    ...(linked.error === undefined ? {} : { error: linked.error }),
    policies: selections.map(({ policy, keys }, i): ExplainedSelection => {
      const weaker = selections[i - 1]?.policy;
      return {
        ...placeOf(policy.resource),
        targetRef: selectionOf(policy),
        selects: [...new Set(keys)].map(addressOf),
        ...(weaker === undefined ? {} : { stronger: strongerBy(policy, weaker, profile) }),
      };
    }),
    notSelected: policies.flatMap((policy): readonly ExplainedMiss[] => {
      const reason = selectedKeys(policy, proxy, profile);
      if (typeof reason !== "string") return [];
      const text = sayMiss(reason, policy, proxy, profile);
      return [{ ...placeOf(policy.resource), targetRef: selectionOf(policy), reason, text }];
    }),
    refused: bundle.resources
      .filter((one) => one.kind === "MeshAccessLog" && one.mesh === mesh.name && !accepted.has(one.name))
      .map(placeOf),
    listeners: linked.listeners.map(explainListener),
  };
  return { value, diagnostics };
}

function addressOf(key: ListenerKey): string {
  const [address = "", port = ""] = key.split("|");
  return joinHostPort(address, port);
}
