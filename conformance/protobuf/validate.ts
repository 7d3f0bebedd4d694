import { deepStrictEqual } from "node:assert/strict";
import { fromBinary, fromJson, toBinary, toJson, type JsonValue } from "@bufbuild/protobuf";
import { registry } from "./registry.ts";

/**
 * Throws unless this is a message of that type in canonical proto3 JSON: every field known and of its type, every
 * `typedConfig` resolved and checked likewise, and nothing lost or respelt on the way JSON → message → binary →
 * message → JSON.
 *
 * @param typeName A message's full name, such as `envoy.config.accesslog.v3.AccessLog`.
 */
export function assertValid(typeName: string, json: unknown): void {
  const message = registry.getMessage(typeName);
  if (message === undefined) throw new Error(`There are no descriptors of ${typeName}; see scripts/descriptors.`);
  const sent = toBinary(message, fromJson(message, json as JsonValue, { registry }));
  deepStrictEqual(toJson(message, fromBinary(message, sent), { registry }), json, `not canonical JSON of ${typeName}`);
}
