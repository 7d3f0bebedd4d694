import type { Node, ScalarNode } from "../source/tree.ts";
import type { Path } from "./violation.ts";

/** A string of a policy that Envoy reads as a format. */
export interface FormatPlace {
  readonly node: ScalarNode;
  readonly at: Path;
}

/** Every format of a spec, in the order of the document. */
export function formatPlaces(spec: Node): readonly FormatPlace[] {
  return ["to", "from", "rules"].flatMap((list) =>
    children(spec, ["spec"], list).flatMap(([items, at]) =>
      listItems(items, at).flatMap(([item, itemAt]) =>
        children(item, itemAt, "default").flatMap(([conf, confAt]) =>
          children(conf, confAt, "backends").flatMap(([backends, backendsAt]) =>
            listItems(backends, backendsAt).flatMap(([backend, backendAt]) => backendFormats(backend, backendAt)),
          ),
        ),
      ),
    ),
  );
}

type Placed = readonly [node: Node, at: Path];

function backendFormats(backend: Node, at: Path): readonly FormatPlace[] {
  const fileAndTcp = ["file", "tcp"].flatMap((type) =>
    children(backend, at, type).flatMap(([body, bodyAt]) =>
      children(body, bodyAt, "format").flatMap(([format, formatAt]) => {
        const plain = children(format, formatAt, "plain").flatMap(texts);
        // `plain` goes before `json`, whatever `type` says.
        return plain.length > 0 ? plain : children(format, formatAt, "json").flatMap(fieldValues);
      }),
    ),
  );
  const openTelemetry = children(backend, at, "openTelemetry").flatMap(([body, bodyAt]) => [
    ...children(body, bodyAt, "attributes").flatMap(fieldValues),
    ...children(body, bodyAt, "body").flatMap(bodyFormats),
  ]);
  return [...fileAndTcp, ...openTelemetry];
}

/** The values of a list of `{key, value}`. */
function fieldValues([list, at]: Placed): readonly FormatPlace[] {
  return listItems(list, at).flatMap(([field, fieldAt]) => children(field, fieldAt, "value").flatMap(texts));
}

/** A body is a text, or an `AnyValue` whose strings and keys are formats. */
function bodyFormats([body, at]: Placed): readonly FormatPlace[] {
  switch (body.kind) {
    case "scalar":
      return texts([body, at]);
    case "list":
      return listItems(body, at).flatMap(bodyFormats);
    case "map":
      return [...body.fields()].flatMap(([name, { value }]) => {
        const isFormat = value.kind !== "scalar" || ["stringValue", "string_value", "key"].includes(name);
        return isFormat ? bodyFormats([value, [...at, name]]) : [];
      });
  }
}

function texts([node, at]: Placed): readonly FormatPlace[] {
  return node.kind === "scalar" && typeof node.value === "string" ? [{ node, at }] : [];
}

function children(node: Node, at: Path, name: string): readonly Placed[] {
  const child = node.kind === "map" ? node.get(name) : undefined;
  return child === undefined ? [] : [[child, [...at, name]]];
}

function listItems(node: Node, at: Path): readonly Placed[] {
  return node.kind === "list" ? node.items.map(({ value }, i) => [value, [...at, i]]) : [];
}
