import { child, fieldsOf, formatOf, type FormatPlace } from "../format-places.ts";
import { type BodyValue, readBody } from "../open-telemetry-body.ts";
import type { PolicyLint } from "./lint.ts";

/** A whole call of an operator. */
const call = /%[A-Z][A-Z0-9_]*(?:\([^)]*\))?(?::\d+)?%/g;

/** Operators in keys: Envoy reads none there, and Kuma replaces its own only in some. */
export const keys: PolicyLint = function* ({ backends, members, say }) {
  for (const backend of backends) {
    for (const body of ["file", "tcp"] as const) {
      const format = formatOf(backend, body);
      if (format === undefined || child(format.node, format.at, "plain") !== undefined) continue;
      for (const { key } of fieldsOf(format, "json")) yield* operatorsIn(key, members.names, () => true);
    }
    const logger = child(backend.node, backend.at, "openTelemetry");
    if (logger === undefined) continue;
    // From 2.14 on Kuma refuses a "%" in a key.
    const verbatim = members.where((facts) => facts.hasOpenTelemetry && facts.openTelemetryAttributes === "verbatim");
    for (const { key } of fieldsOf(logger, "attributes")) yield* operatorsIn(key, verbatim, () => true);
    const read = readBody(child(logger.node, logger.at, "body"));
    if (read.kind !== "value") continue;
    const withBody = members.where(({ openTelemetryBody }) => openTelemetryBody === "any-value");
    for (const key of keysOf(read.value)) yield* operatorsIn(key, withBody, (name) => !name.startsWith("%KUMA_"));
  }

  function* operatorsIn(
    key: FormatPlace | undefined,
    affects: readonly string[],
    isMeant: (operator: string) => boolean,
  ): ReturnType<PolicyLint> & Generator {
    if (key === undefined || affects.length === 0 || !key.node.text.includes("%")) return;
    for (const { 0: operator, index } of key.node.text.matchAll(call)) {
      if (!isMeant(operator)) continue;
      const place = key.node.sourceMap().spanToSource({ start: index, end: index + operator.length });
      yield say("lint/operator-in-key", place, { operator }, { affects, at: key.at });
    }
  }
};

function* keysOf(value: BodyValue): Generator<FormatPlace> {
  switch (value.kind) {
    case "text":
    case "refused":
      return;
    case "list":
      for (const item of value.items) yield* keysOf(item);
      return;
    case "fields":
      for (const field of value.fields) {
        if (field.key) yield field.key;
        yield* keysOf(field.value);
      }
  }
}
