import type { Diagnostic } from "../../diagnostics.ts";
import { pluginError } from "../../kuma/plugin-error.ts";
import type { Profile } from "../../kuma/profile.ts";
import type { MapNode } from "../../source/tree.ts";
import { bodyThatCounts } from "../envoy-texts.ts";
import { type BackendPlace, child, formatOf } from "../format-places.ts";
import type { PolicyLint } from "./lint.ts";

/**
 * Rules that Kuma 2.10 to 2.13 accepts without a look inside, and then cannot generate a proxy from: the guard around
 * that check asks for `from` (meshaccesslog/api/v1alpha1/validator.go:31@v2.10.11).
 */
export const uncheckedRules: PolicyLint = function* ({ spec, backends, members, say }): Generator<Diagnostic> {
  if (spec.kind !== "map" || child({ node: spec, at: [] }, "from") !== undefined) return;
  const unchecked = members.whereKnown(isUnchecked);
  if (unchecked.length === 0) return;
  for (const backend of backends) {
    if (backend.list !== "rules") continue;
    const { node } = backend;
    const without = (facts: Profile): boolean =>
      isUnchecked(facts) && bodyThatCounts(backend.bodies, facts) === undefined;
    const place = placeOf(node);
    const isFailing = (facts: Profile): boolean => without(facts) && facts.backendBody === "first";
    const newest = members.newestWhere(isFailing);
    if (newest !== undefined) {
      const error = "backend must have only one type defined: tcp, file, openTelemetry";
      const controlPlane = { message: pluginError(error, "default-proxy", newest) };
      yield say("generate/backend", place, {}, { affects: members.where(isFailing), at: backend.at, controlPlane });
    }
    const empty = members.where((facts) => without(facts) && facts.backendBody === "last");
    if (empty.length > 0) {
      const envoy = { message: "Didn't find a registered implementation for '' with type URL: ''" };
      yield say("format/empty-logger", place, {}, { affects: empty, at: backend.at, envoy });
    }
    yield* formats(backend);
  }

  function* formats(backend: BackendPlace): Generator<Diagnostic> {
    for (const body of ["file", "tcp"] as const) {
      const format = formatOf(backend, body);
      if (format === undefined || child(format, "plain") || child(format, "json")) continue;
      // From 2.11 to 2.13 every body is applied, so each must have a format.
      const isFailing = (facts: Profile): boolean =>
        isUnchecked(facts) && (facts.backendBody === "last" || bodyThatCounts(backend.bodies, facts) === body);
      const newest = members.newestWhere(isFailing);
      if (newest === undefined) continue;
      const error = "format must have only one type defined: plain, json";
      const message = pluginError(error, "default-proxy", newest);
      const entry = child(backend, body)?.node;
      const place = entry?.kind === "map" ? (entry.entry("format")?.key ?? format.node) : format.node;
      yield say(
        "generate/format-member",
        place,
        {},
        { affects: members.where(isFailing), at: format.at, controlPlane: { message } },
      );
    }
  }
};

const isUnchecked = ({ checksRules }: Profile): boolean => checksRules === "beside-from";

function placeOf(node: MapNode): { readonly start: number; readonly end: number } {
  const { start, end } = node.entries[0]?.key ?? node;
  return { start, end };
}
