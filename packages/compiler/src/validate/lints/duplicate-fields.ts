import type { Fix } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import { child, type FieldPlace } from "../format-places.ts";
import type { Placed } from "../placed.ts";
import { removeItem } from "./edits.ts";
import type { PolicyLint } from "./lint.ts";

const hasOpenTelemetry = (facts: Profile): boolean => facts.hasOpenTelemetry;

/** Fields of a record that have one key. */
export const duplicateFields: PolicyLint = ({ members }) => {
  const withOpenTelemetry = members.where(hasOpenTelemetry);
  return (policy) => {
    for (const { sinks, attributes } of policy.backends) {
      for (const sink of sinks) {
        if (!sink.isWithoutPlain) continue;
        forEachRepetition(sink.json, (key, earlier, later) => {
          const message = `\`${key}\` stands here again, and this value is logged.`;
          policy.say(
            "lint/duplicate-field",
            earlier.key?.node ?? earlier.node,
            { key },
            {
              at: [...earlier.at, "key"],
              related: [{ ...spanOf(later), message }],
              fixes: removal(sink.place, earlier),
            },
          );
        });
      }
      if (withOpenTelemetry.length === 0) continue;
      forEachRepetition(attributes, (key, earlier, later) => {
        policy.say(
          "lint/duplicate-attribute",
          later.key?.node ?? later.node,
          { key },
          {
            affects: withOpenTelemetry,
            at: [...later.at, "key"],
            related: [{ ...spanOf(earlier), message: `\`${key}\` stands here first.` }],
          },
        );
      });
    }
  };
};

/** Goes through the fields that have the key of one before them, with the last such. */
function forEachRepetition(
  fields: readonly FieldPlace[],
  look: (key: string, earlier: FieldPlace, later: FieldPlace) => void,
): void {
  if (!mayRepeat(fields)) return;
  const last = new Map<string, FieldPlace>();
  for (const field of fields) {
    const key = field.key?.node.text;
    if (key === undefined) continue;
    const earlier = last.get(key);
    if (earlier !== undefined) look(key, earlier, field);
    last.set(key, field);
  }
}

/** False where a look at every pair, which is quick for the fields of most records, shows no repetition. */
function mayRepeat(fields: readonly FieldPlace[]): boolean {
  if (fields.length > 16) return true;
  for (let i = 1; i < fields.length; i++) {
    const key = fields[i]?.key?.node.text;
    if (key === undefined) continue;
    for (let j = 0; j < i; j++) if (fields[j]?.key?.node.text === key) return true;
  }
  return false;
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
