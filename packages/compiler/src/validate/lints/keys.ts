import type { Profile } from "../../kuma/profile.ts";
import { bodyFormats } from "../body-formats.ts";
import { type FormatPlace, keysOf } from "../field-places.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";

/** A whole call of an operator. */
const call = /%[A-Z][A-Z0-9_]*(?:\([^)]*\))?(?::\d+)?%/g;

const hasVerbatimAttributes = ({ hasOpenTelemetry, openTelemetryAttributes }: Profile): boolean =>
  hasOpenTelemetry && openTelemetryAttributes === "verbatim";
const readsBodies = ({ openTelemetryBody }: Profile): boolean => openTelemetryBody === "any-value";

/** Operators in keys: Envoy reads none there, and Kuma replaces its own only in some. */
export const keys: PolicyLint = ({ members }) => {
  // From 2.14 on Kuma refuses a "%" in a key.
  const verbatim = members.where(hasVerbatimAttributes);
  const withBody = members.where(readsBodies);
  return (policy) => {
    for (const { sinks, logger } of policy.backends) {
      for (const sink of sinks) {
        if (sink.texts.keys.some(hasPercent) && sink.isWithoutPlain)
          sayOfKeys(policy, keysOf(sink.json), members.names);
      }
      if (logger === undefined) continue;
      if (verbatim.length > 0 && logger.attributeTexts.keys.some(hasPercent)) {
        sayOfKeys(policy, keysOf(logger.attributes), verbatim);
      }
      if (withBody.length > 0 && logger.bodyTexts.keys.some(hasPercent)) {
        sayOfKeys(policy, bodyFormats(logger.body).keys, withBody, true);
      }
    }
  };
};

const hasPercent = (key: string): boolean => key.includes("%");

/** @param isKumas whether Kuma replaces its own operators in them. */
function sayOfKeys(
  policy: LintedPolicy,
  keys: readonly FormatPlace[],
  affects: readonly string[],
  isKumas = false,
): void {
  for (const key of keys) {
    for (const { 0: operator, index } of key.node.text.matchAll(call)) {
      if (isKumas && operator.startsWith("%KUMA_")) continue;
      const place = key.node.sourceMap().spanToSource({ start: index, end: index + operator.length });
      policy.say("lint/operator-in-key", place, { operator }, { affects, at: key.at });
    }
  }
}
