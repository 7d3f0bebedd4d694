import type { Fix } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import type { FieldPlace } from "../field-places.ts";
import type { SinkFormat } from "../format-places.ts";
import { child, type Placed } from "../placed.ts";
import { removeItem } from "./edits.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";

const hasOpenTelemetry = (facts: Profile): boolean => facts.hasOpenTelemetry;

/** Fields of a record that have one key. */
export const duplicateFields: PolicyLint = ({ members }) => {
  const withOpenTelemetry = members.where(hasOpenTelemetry);
  return (policy) => {
    for (const { sinks, logger } of policy.backends) {
      for (const sink of sinks) if (sink.texts.keys.mayRepeat && sink.isWithoutPlain) sayOfFields(policy, sink);
      if (withOpenTelemetry.length > 0 && logger?.attributeTexts.keys.mayRepeat === true) {
        sayOfAttributes(policy, logger.attributes, withOpenTelemetry);
      }
    }
  };
};

function sayOfFields(policy: LintedPolicy, { place, json }: SinkFormat): void {
  for (const { key, earlier, later } of repetitions(json)) {
    const message = `\`${key}\` stands here again, and this value is logged.`;
    const more = {
      at: [...earlier.at, "key"],
      related: [{ ...spanOf(later), message }],
      fixes: removal(place, earlier),
    };
    policy.say("lint/duplicate-field", earlier.key?.node ?? earlier.node, { key }, more);
  }
}

function sayOfAttributes(policy: LintedPolicy, attributes: readonly FieldPlace[], affects: readonly string[]): void {
  for (const { key, earlier, later } of repetitions(attributes)) {
    const related = [{ ...spanOf(earlier), message: `\`${key}\` stands here first.` }];
    const more = { affects, at: [...later.at, "key"], related };
    policy.say("lint/duplicate-attribute", later.key?.node ?? later.node, { key }, more);
  }
}

interface Repetition {
  readonly earlier: FieldPlace;
  readonly later: FieldPlace;
  readonly key: string;
}

/** The fields that have the key of one before them, with the last such. */
function repetitions(fields: readonly FieldPlace[]): readonly Repetition[] {
  const found: Repetition[] = [];
  const last = new Map<string, FieldPlace>();
  for (const later of fields) {
    const key = later.key?.node.text;
    if (key === undefined) continue;
    const earlier = last.get(key);
    if (earlier !== undefined) found.push({ earlier, later, key });
    last.set(key, later);
  }
  return found;
}

function spanOf({ key, node }: FieldPlace): { readonly start: number; readonly end: number } {
  const { start, end } = key?.node ?? node;
  return { start, end };
}

function removal(format: Placed, { index, key }: FieldPlace): readonly Fix[] {
  const list = child(format, "json")?.node;
  const edit = list?.kind === "list" && key !== undefined ? removeItem(list, index, key.node.source) : undefined;
  return edit === undefined ? [] : [{ title: "Remove the value that is not logged", edits: [edit] }];
}
