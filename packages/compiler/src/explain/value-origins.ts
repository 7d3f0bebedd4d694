import { firstKumaOperators, type KumaOperator, kumaOperators } from "../kuma/kuma-operators.ts";
import type { Profile } from "../kuma/profile.ts";
import type { Logging } from "../listeners/listener.ts";
import type { OwnNames } from "../listeners/own-names.ts";
import { show } from "../lower/link.ts";
import type { BackendTemplate } from "../lower/template.ts";
import type { Dataplane } from "../source/dataplane.ts";

/** What the values of one proxy come from. */
export interface ValueSources {
  readonly dataplane: Dataplane;
  readonly names: OwnNames;
  readonly profile: Profile;
}

/** The operators of Kuma that templates hold, in Kuma's order. */
export function operatorsIn(
  templates: readonly BackendTemplate[],
  { hasWorkloadOperators }: Profile,
): readonly KumaOperator[] {
  const text = templates.map(textOf).join("\n");
  const known = hasWorkloadOperators ? kumaOperators : firstKumaOperators;
  return known.filter((operator) => text.includes(`%${operator}%`));
}

/** Everything of a template that is read as a format. The path of a file is none. */
function textOf(template: BackendTemplate): string {
  if (template.kind === "refused") return "";
  const { typedConfig = {} } = show(template).accessLog;
  return JSON.stringify("logFormat" in typedConfig ? typedConfig.logFormat : typedConfig);
}

/** Where a value comes from. */
export function originOf(
  operator: KumaOperator,
  logging: Logging,
  { dataplane, names, profile }: ValueSources,
): string {
  const { labels } = dataplane.resource;
  switch (operator) {
    case "KUMA_SOURCE_ADDRESS":
    case "KUMA_SOURCE_ADDRESS_WITHOUT_PORT":
      return profile.sourceAddress === "advertised" && dataplane.advertisedAddress !== undefined
        ? "networking.advertisedAddress of the Dataplane"
        : "networking.address of the Dataplane";
    case "KUMA_SOURCE_SERVICE":
      return logging.direction === "OUTBOUND" ? ownNameFrom(names) : "Kuma does not know who calls";
    case "KUMA_DESTINATION_SERVICE":
      return destinationFrom(logging, names);
    case "KUMA_MESH":
      return "the mesh of the Dataplane";
    case "KUMA_TRAFFIC_DIRECTION":
      return "the direction that is logged";
    case "KUMA_ZONE":
    case "KUMA_WORKLOAD": {
      const name = operator === "KUMA_ZONE" ? "kuma.io/zone" : "kuma.io/workload";
      return (labels.get(name) ?? "") === "" ? `the Dataplane has no label ${name}` : `label ${name} of the Dataplane`;
    }
  }
}

function ownNameFrom({ from }: OwnNames): string {
  switch (from) {
    case "kuma.io/service":
      return "first kuma.io/service of the Dataplane";
    case "kuma.io/workload":
      return "label kuma.io/workload of the Dataplane";
    case "nothing":
      return "the Dataplane has no name for it";
  }
}

function destinationFrom(
  { rules, direction, destinationService, listener: { context } }: Logging,
  names: OwnNames,
): string {
  switch (context) {
    case "zone-proxy":
      return "Kuma does not know where it goes";
    case "passthrough":
      return "Kuma's word for what it passes through";
    case "direct-access":
      return "the name of the listener";
    case "gateway":
      return direction === "INBOUND" ? ownNameFrom(names) : "Kuma's word for all that the routes lead to";
    case "inbound":
      return destinationService === names.proxy ? ownNameFrom(names) : "the identifier of the inbound";
    case "outbound":
      return rules.kind === "real-resource"
        ? "the display name of the resource"
        : "the kuma.io/service of the outbound";
  }
}
