import type { AnyValue, KeyValue } from "../envoy/messages.ts";
import { type AnyValueMaker, readAnyValue } from "../validate/any-value.ts";
import { plainJson } from "../validate/json-view.ts";

/**
 * What a JSON value is as OTLP's `AnyValue`, in canonical protobuf JSON: without a member if the JSON has none;
 * `undefined` if it is no `AnyValue`.
 *
 * @param hasStringIndex whether the descriptors know `stringValueStrindex`.
 */
export function anyValueJson(json: unknown, hasStringIndex: boolean): AnyValue | undefined {
  return readAnyValue(json, plainJson, canonical, hasStringIndex);
}

const canonical: AnyValueMaker<unknown, AnyValue> = {
  text: (stringValue) => ({ stringValue }),
  leaf: (_, value) => value,
  nothing: () => ({}),
  list: (items) => ({ arrayValue: listJson(items) }),
  fields: (fields) => ({
    kvlistValue: listJson(fields.map(({ key, value }) => keyValueJson(key?.text ?? "", value))),
  }),
};

/** Protobuf JSON leaves an empty list out. */
export function listJson<T>(values: readonly T[]): { readonly values?: readonly T[] } {
  return values.length === 0 ? {} : { values };
}

/** Protobuf JSON leaves an empty key out. */
export function keyValueJson(key: string, value: AnyValue | undefined): KeyValue {
  return { ...(key === "" ? {} : { key }), ...(value === undefined ? {} : { value }) };
}
