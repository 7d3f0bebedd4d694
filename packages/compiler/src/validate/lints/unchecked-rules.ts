import { pluginError } from "../../kuma/plugin-error.ts";
import type { Profile } from "../../kuma/profile.ts";
import { bodyThatCounts } from "../envoy-texts.ts";
import type { BackendPlace, SinkFormat } from "../format-places.ts";
import { child } from "../placed.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";
import type { Members } from "./members.ts";

/**
 * Rules that Kuma 2.10 to 2.13 accepts without a look inside, and then cannot generate a proxy from: the guard around
 * that check asks for `from` (meshaccesslog/api/v1alpha1/validator.go:31@v2.10.11).
 */
export const uncheckedRules: PolicyLint = ({ members }) => {
  const unchecked = members.profiles.filter(isUnchecked);
  if (unchecked.length === 0) return undefined;
  return (policy) => {
    const { spec } = policy;
    if (spec.kind !== "map" || child({ node: spec, at: [] }, "from") !== undefined) return;
    for (const backend of policy.backends) {
      if (backend.list !== "rules") continue;
      if (unchecked.some((facts) => bodyThatCounts(backend.bodies, facts) === undefined)) {
        sayOfBackend(policy, backend, members);
      }
      for (const sink of backend.sinks) {
        if (sink.isWithoutPlain && child(sink.place, "json") === undefined) sayOfFormat(policy, backend, sink, members);
      }
    }
  };
};

/** Of a backend that logs nowhere to some releases. */
function sayOfBackend(policy: LintedPolicy, { node, at, bodies }: BackendPlace, members: Members): void {
  const without = (facts: Profile): boolean => isUnchecked(facts) && bodyThatCounts(bodies, facts) === undefined;
  const isFailing = (facts: Profile): boolean => without(facts) && facts.backendBody === "first";
  const place = node.entries[0]?.key ?? node;
  const newest = members.newestWhere(isFailing);
  if (newest !== undefined) {
    const error = "backend must have only one type defined: tcp, file, openTelemetry";
    const controlPlane = { message: pluginError(error, "default-proxy", newest) };
    policy.say("generate/backend", place, {}, { affects: members.where(isFailing), at, controlPlane });
  }
  const empty = members.where((facts) => without(facts) && facts.backendBody === "last");
  if (empty.length > 0) {
    const envoy = { message: "Didn't find a registered implementation for '' with type URL: ''" };
    policy.say("format/empty-logger", place, {}, { affects: empty, at, envoy });
  }
}

/** Of a format without a member. */
function sayOfFormat(
  policy: LintedPolicy,
  backend: BackendPlace,
  { sink, place: format }: SinkFormat,
  members: Members,
): void {
  // From 2.11 to 2.13 every body is applied, so each must have a format.
  const isFailing = (facts: Profile): boolean =>
    isUnchecked(facts) && (facts.backendBody === "last" || bodyThatCounts(backend.bodies, facts) === sink);
  const newest = members.newestWhere(isFailing);
  if (newest === undefined) return;
  const error = "format must have only one type defined: plain, json";
  const controlPlane = { message: pluginError(error, "default-proxy", newest) };
  const entry = child(backend, sink)?.node;
  const place = entry?.kind === "map" ? (entry.entry("format")?.key ?? format.node) : format.node;
  policy.say("generate/format-member", place, {}, { affects: members.where(isFailing), at: format.at, controlPlane });
}

const isUnchecked = ({ checksRules }: Profile): boolean => checksRules === "beside-from";
