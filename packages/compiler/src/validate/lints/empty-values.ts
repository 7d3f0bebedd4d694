import { checkJson, type Target } from "@meshlog/parser";
import { identityOf } from "../../source/load.ts";
import { child, formatOf, textAt } from "../format-places.ts";
import { fieldOf } from "../violation.ts";
import type { PolicyLint } from "./lint.ts";

/** Envoy leaves empty values out of a text since this minor (envoy#30785). */
const omitsInTexts = 29;

/** `omitEmptyValues` where it does nothing on the target's Envoys. */
export const emptyValues = (target: Target): PolicyLint => {
  const [ofJson] = checkJson({}, target, { omitEmptyValues: true }).diagnostics;
  return function* ({ resource, backends, members, say }) {
    const ofText = members.whereEnvoy((minor) => minor < omitsInTexts);
    for (const backend of backends) {
      for (const body of ["file", "tcp"] as const) {
        const format = formatOf(backend, body);
        const omit = format && child(format, "omitEmptyValues");
        if (format === undefined || omit?.node.kind !== "scalar" || omit.node.value !== true) continue;
        const { node, at } = omit;
        const { start, end } = node;
        if (textAt(format, "plain") !== undefined) {
          if (body === "file" && ofText.length > 0)
            yield say("lint/omit-empty-text", node, {}, { at, affects: ofText });
        } else if (ofJson !== undefined && child(format, "json") !== undefined) {
          const about = { file: resource.file, resource: identityOf(resource), path: fieldOf(at) };
          yield { ...ofJson, start, end, ...about };
        }
      }
    }
  };
};
