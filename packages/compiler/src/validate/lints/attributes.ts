import type { Profile } from "../../kuma/profile.ts";
import type { PolicyLint } from "./lint.ts";

/** What every OpenTelemetry log says of its proxy since 2.14 (meshaccesslog/plugin/xds/configurer.go:90@v2.14.3). */
const ofTheResource: ReadonlySet<string> = new Set(["kuma.mesh", "kuma.zone", "kuma.workload"]);

const isOfTheResource = (key: string): boolean => ofTheResource.has(key);

const namesTheResource = ({ openTelemetryConfig }: Profile): boolean => openTelemetryConfig === "top-level";

/** Attributes that repeat those of the resource. */
export const attributes: PolicyLint = ({ members }) => {
  const affects = members.where(namesTheResource);
  if (affects.length === 0) return undefined;
  return (policy) => {
    for (const { logger } of policy.backends) {
      if (logger?.attributeTexts.keys.some(isOfTheResource) !== true) continue;
      for (const { key } of logger.attributes) {
        if (key === undefined || !isOfTheResource(key.node.text)) continue;
        policy.say("lint/resource-attribute", key.node, { key: key.node.text }, { affects, at: key.at });
      }
    }
  };
};
