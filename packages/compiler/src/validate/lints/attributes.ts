import type { Profile } from "../../kuma/profile.ts";
import { child, fieldsOf } from "../format-places.ts";
import type { PolicyLint } from "./lint.ts";

/** What every OpenTelemetry log says of its proxy since 2.14 (meshaccesslog/plugin/xds/configurer.go:90@v2.14.3). */
const ofTheResource: ReadonlySet<string> = new Set(["kuma.mesh", "kuma.zone", "kuma.workload"]);

const namesTheResource = ({ openTelemetryConfig }: Profile): boolean => openTelemetryConfig === "top-level";

/** Attributes that repeat those of the resource. */
export const attributes: PolicyLint = function* ({ backends, members, say }) {
  const affects = members.whereKnown(namesTheResource);
  if (affects.length === 0) return;
  for (const backend of backends) {
    const logger = child(backend, "openTelemetry");
    if (logger === undefined) continue;
    for (const { key } of fieldsOf(logger, "attributes")) {
      if (key === undefined || !ofTheResource.has(key.node.text)) continue;
      yield say("lint/resource-attribute", key.node, { key: key.node.text }, { affects, at: key.at });
    }
  }
};
