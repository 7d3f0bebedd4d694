import type { ScalarNode } from "../source/tree.ts";
import type { Body, BodyText, BodyValue } from "./open-telemetry-body.ts";
import { type Placed, Within } from "./placed.ts";

/** The strings of the body of an OpenTelemetry logger. */
export interface BodyFormats {
  /** All of them, in the order of the document. */
  readonly all: readonly Placed<ScalarNode>[];
  /** The keys of an AnyValue. */
  readonly keys: readonly Placed<ScalarNode>[];
  /** What Envoy reads as formats. */
  readonly values: readonly Placed<ScalarNode>[];
  /** Whether there is a value that Envoy takes in no access log. */
  readonly hasRefused: boolean;
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
      return { all: values, keys: [], values, hasRefused: false };
    }
  }
}

const noFormats: BodyFormats = { all: [], keys: [], values: [], hasRefused: false };

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
  let hasRefused = false;
  const seen = new Set<BodyValue>();
  const collect = (value: BodyValue): void => {
    switch (value.kind) {
      case "text":
        if (!isNew(value)) return;
        all.push(value);
        values.push(value);
        return;
      case "refused":
        hasRefused = true;
        return;
      case "list":
        if (isNew(value)) value.items.forEach(collect);
        return;
      case "fields":
        if (!isNew(value)) return;
        for (const { key, value: inner } of value.fields) {
          if (key !== undefined) {
            all.push(key);
            keys.push(key);
          }
          collect(inner);
        }
    }
  };
  const isNew = (value: BodyValue): boolean => !seen.has(value) && seen.add(value).size > 0;
  collect(root);
  return { all, keys, values, hasRefused };
}
