import type { Diagnostic } from "../../diagnostics.ts";
import type { Profile } from "../../kuma/profile.ts";
import { bodyOf, child, fieldsOf, formatOf, type FormatPlace } from "../format-places.ts";
import type { BodyValue } from "../open-telemetry-body.ts";
import type { PolicyLint } from "./lint.ts";

/** A whole call of an operator. */
const call = /%[A-Z][A-Z0-9_]*(?:\([^)]*\))?(?::\d+)?%/g;

const hasVerbatimAttributes = ({ hasOpenTelemetry, openTelemetryAttributes }: Profile): boolean =>
  hasOpenTelemetry && openTelemetryAttributes === "verbatim";
const readsBodies = ({ openTelemetryBody }: Profile): boolean => openTelemetryBody === "any-value";

/** Operators in keys: Envoy reads none there, and Kuma replaces its own only in some. */
export const keys: PolicyLint = ({ backends, members, say }) => {
  // From 2.14 on Kuma refuses a "%" in a key.
  const verbatim = members.whereKnown(hasVerbatimAttributes);
  const withBody = members.whereKnown(readsBodies);
  const found: Diagnostic[] = [];
  const look = (key: FormatPlace | undefined, affects: readonly string[], isKumas: boolean): void => {
    if (key === undefined || affects.length === 0 || !key.node.text.includes("%")) return;
    for (const { 0: operator, index } of key.node.text.matchAll(call)) {
      if (isKumas && operator.startsWith("%KUMA_")) continue;
      const place = key.node.sourceMap().spanToSource({ start: index, end: index + operator.length });
      found.push(say("lint/operator-in-key", place, { operator }, { affects, at: key.at }));
    }
  };
  for (const backend of backends) {
    for (const body of ["file", "tcp"] as const) {
      const format = formatOf(backend, body);
      if (format === undefined || child(format, "plain") !== undefined) continue;
      for (const { key } of fieldsOf(format, "json")) look(key, members.names, false);
    }
    const logger = child(backend, "openTelemetry");
    if (logger === undefined) continue;
    for (const { key } of fieldsOf(logger, "attributes")) look(key, verbatim, false);
    const read = bodyOf(logger);
    if (read.kind !== "value") continue;
    for (const key of keysOf(read.value)) look(key, withBody, true);
  }
  return found;
};

/** The keys of the fields of a value. */
function keysOf(value: BodyValue): readonly FormatPlace[] {
  switch (value.kind) {
    case "text":
    case "refused":
      return [];
    case "list":
      return value.items.flatMap(keysOf);
    case "fields":
      return value.fields.flatMap((field) => [...(field.key ? [field.key] : []), ...keysOf(field.value)]);
  }
}
