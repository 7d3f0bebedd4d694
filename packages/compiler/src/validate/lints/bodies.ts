import type { Fix, Span } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import { quote } from "../../source/encode-scalar.ts";
import type { MapNode } from "../../source/tree.ts";
import { child, type Placed } from "../placed.ts";
import { hasProperties, indentLines } from "./edits.ts";
import type { PolicyLint } from "./lint.ts";

const readsBodies = ({ openTelemetryBody }: Profile): boolean => openTelemetryBody === "any-value";

/** OpenTelemetry bodies that Kuma does not read as what they look like. */
export const bodies: PolicyLint = ({ members }) => {
  const affects = members.where(readsBodies);
  if (affects.length === 0) return undefined;
  return (policy) => {
    for (const { logger } of policy.backends) {
      if (logger === undefined) continue;
      const { bodyTexts, place: outer } = logger;
      if (bodyTexts.kind === "value") continue;
      const entry = outer.node.entry("body");
      const body = child(outer, "body");
      if (entry === undefined || body === undefined) continue;
      const { node } = body;
      const place = (): Span => (node.kind === "scalar" ? node : entry.key);
      switch (bodyTexts.kind) {
        case "raw": {
          const fixes = entry.alias ? [] : asStringValue(body);
          policy.say("lint/body-not-any-value", place(), {}, { affects, at: body.at, fixes });
          break;
        }
        case "default": {
          const fixes = node.kind === "map" ? asMember(node) : [];
          policy.say("lint/body-ignored", place(), {}, { affects, at: body.at, fixes });
        }
      }
    }
  };
};

/** `body: "%PROTOCOL%"` → `body: {stringValue: '%PROTOCOL%'}`. */
function asStringValue({ node }: Placed): readonly Fix[] {
  if (node.kind !== "scalar" || typeof node.value !== "string" || hasProperties(node)) return [];
  const { source, start, end } = node;
  const isBlock = node.style === "literal" || node.style === "folded";
  const lineBreak = isBlock && source.charAt(end - 1) === "\n" ? "\n" : "";
  const text = `{stringValue: ${quote(node.text)}}${lineBreak}`;
  return [{ title: "Write it as a stringValue", edits: [{ start, end, text }] }];
}

/** `kvlistValue:` with `values:` beside it instead of below: the example of Kuma's documentation. */
function asMember(body: MapNode): readonly Fix[] {
  const list = body.entry("kvlistValue") ?? body.entry("arrayValue");
  const values = body.entry("values");
  if (list?.value.kind !== "scalar" || list.value.text !== "" || values?.value.kind !== "list") return [];
  if (body.entries.length !== 2 || values.alias || values.merge || list.merge || list.value.end > values.key.start)
    return [];
  const { source, start } = values.key;
  const edits = source.charAt(body.start) === "{" ? undefined : indentLines(source, start, values.value.end, "  ");
  return edits === undefined ? [] : [{ title: `Put "values" into "${list.name}"`, edits }];
}
