import { checkJson } from "@meshlog/parser";
import { child } from "../placed.ts";
import { fieldOf } from "../violation.ts";
import type { PolicyLint } from "./lint.ts";

/** Envoy leaves empty values out of a text since this minor (envoy#30785). */
const omitsInTexts = 29;

/** `omitEmptyValues` where it does nothing on the target's Envoys. */
export const emptyValues: PolicyLint = ({ target, members }) => {
  const [ofJson] = checkJson({}, target, { omitEmptyValues: true }).diagnostics;
  const ofText = members.whereEnvoy((minor) => minor < omitsInTexts);
  if (ofJson === undefined && ofText.length === 0) return undefined;
  return (policy) => {
    for (const { sinks } of policy.backends) {
      for (const { sink, place, plain } of sinks) {
        const omit = place.node.get("omitEmptyValues");
        if (omit?.kind !== "scalar" || omit.value !== true) continue;
        const at = [...place.at, "omitEmptyValues"];
        if (plain !== undefined) {
          if (sink === "file" && ofText.length > 0) {
            policy.say("lint/omit-empty-text", omit, {}, { at, affects: ofText });
          }
        } else if (ofJson !== undefined && child(place, "json") !== undefined) {
          const { file } = policy.resource;
          policy.add({ ...ofJson, start: omit.start, end: omit.end, file, resource: policy.about, path: fieldOf(at) });
        }
      }
    }
  };
};
