import type { ScalarNode } from "../source/tree.ts";
import type { Body, BodyText, BodyValue, RefusedValue } from "./open-telemetry-body.ts";
import { type Placed, Within } from "./placed.ts";

/** The strings of the body of an OpenTelemetry logger. */
export interface BodyFormats {
  /** All of them, in the order of the document. */
  readonly all: readonly Placed<ScalarNode>[];
  /** The keys of an AnyValue. */
  readonly keys: readonly Placed<ScalarNode>[];
  /** What Envoy reads as formats. */
  readonly values: readonly Placed<ScalarNode>[];
  /** The values of an AnyValue in the order in which Envoy reads them, with those that it takes in no access log. */
  readonly read: readonly (BodyText | RefusedValue)[];
}

/** The strings of a body; what an alias repeats is there once. */
export function bodyFormats(body: Body): BodyFormats {
  switch (body.kind) {
    case "default":
      return noFormats;
    case "value":
      return ofValue(body.value);
    case "raw": {
      const values = [...textsIn(body.body)];
      return { all: values, keys: [], values, read: [] };
    }
  }
}

const noFormats: BodyFormats = { all: [], keys: [], values: [], read: [] };

/** The strings of a body that is no AnyValue. */
function* textsIn(place: Placed): Generator<Placed<ScalarNode>> {
  const { node } = place;
  switch (node.kind) {
    case "scalar":
      if (typeof node.value === "string") yield place as Placed<ScalarNode>;
      break;
    case "list":
      for (const [i, { value, alias }] of node.items.entries()) {
        if (alias === undefined) yield* textsIn(new Within(value, place, i));
      }
      break;
    case "map":
      for (const [name, { value, alias }] of node.fields()) {
        if (alias === undefined) yield* textsIn(new Within(value, place, name));
      }
  }
}

function ofValue(root: BodyValue): BodyFormats {
  const [all, keys, values]: [BodyText[], BodyText[], BodyText[]] = [[], [], []];
  const read: (BodyText | RefusedValue)[] = [];
  const seen = new Set<BodyValue>();
  const collect = (value: BodyValue): void => {
    if (seen.has(value)) return;
    seen.add(value);
    switch (value.kind) {
      case "text":
        all.push(value);
        values.push(value);
        read.push(value);
        return;
      case "refused":
        read.push(value);
        return;
      case "list":
        value.items.forEach(collect);
        return;
      case "fields":
        for (const { key, value: inner } of value.fields) {
          if (key !== undefined) {
            all.push(key);
            keys.push(key);
          }
          collect(inner);
        }
    }
  };
  collect(root);
  return { all, keys, values, read };
}
