import type { Profile } from "../../kuma/profile.ts";
import { bodyOf, type FieldPlace, type FormatPlace } from "../format-places.ts";
import type { BodyValue } from "../open-telemetry-body.ts";
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
    for (const { sinks, logger, attributes } of policy.backends) {
      for (const { isWithoutPlain, json } of sinks) {
        if (isWithoutPlain) sayOfKeys(policy, json, members.names);
      }
      if (verbatim.length > 0) sayOfKeys(policy, attributes, verbatim);
      if (logger !== undefined && withBody.length > 0) {
        const read = bodyOf(logger);
        if (read.kind === "value") sayOfValue(policy, read.value, withBody);
      }
    }
  };
};

function sayOfKeys(policy: LintedPolicy, fields: readonly FieldPlace[], affects: readonly string[]): void {
  for (const { key } of fields) if (key !== undefined) sayOfKey(policy, key, affects, false);
}

/** Of the keys of the fields of a value. */
function sayOfValue(policy: LintedPolicy, value: BodyValue, affects: readonly string[]): void {
  switch (value.kind) {
    case "text":
    case "refused":
      break;
    case "list":
      for (const item of value.items) sayOfValue(policy, item, affects);
      break;
    case "fields":
      for (const { key, value: inner } of value.fields) {
        if (key !== undefined) sayOfKey(policy, key, affects, true);
        sayOfValue(policy, inner, affects);
      }
  }
}

function sayOfKey(policy: LintedPolicy, key: FormatPlace, affects: readonly string[], isKumas: boolean): void {
  const { text } = key.node;
  if (!text.includes("%")) return;
  for (const { 0: operator, index } of text.matchAll(call)) {
    if (isKumas && operator.startsWith("%KUMA_")) continue;
    const place = key.node.sourceMap().spanToSource({ start: index, end: index + operator.length });
    policy.say("lint/operator-in-key", place, { operator }, { affects, at: key.at });
  }
}
