import type { Fix } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import { child, type FieldPlace, fieldsOf, formatOf } from "../format-places.ts";
import type { Placed } from "../placed.ts";
import { removeItem } from "./edits.ts";
import type { PolicyLint } from "./lint.ts";

const hasOpenTelemetry = (facts: Profile): boolean => facts.hasOpenTelemetry;

/** Fields of a record that have one key. */
export const duplicateFields: PolicyLint = function* ({ backends, members, say }) {
  const withOpenTelemetry = members.whereKnown(hasOpenTelemetry);
  for (const backend of backends) {
    for (const body of ["file", "tcp"] as const) {
      const format = formatOf(backend, body);
      if (format === undefined || child(format, "plain") !== undefined) continue;
      for (const { earlier, later, key } of repeated(fieldsOf(format, "json"))) {
        yield say(
          "lint/duplicate-field",
          earlier.key?.node ?? earlier.node,
          { key },
          {
            at: [...earlier.at, "key"],
            related: [{ ...spanOf(later), message: `\`${key}\` stands here again, and this value is logged.` }],
            fixes: removal(format, earlier),
          },
        );
      }
    }
    const logger = child(backend, "openTelemetry");
    if (logger === undefined || withOpenTelemetry.length === 0) continue;
    for (const { earlier, later, key } of repeated(fieldsOf(logger, "attributes"))) {
      yield say(
        "lint/duplicate-attribute",
        later.key?.node ?? later.node,
        { key },
        {
          affects: withOpenTelemetry,
          at: [...later.at, "key"],
          related: [{ ...spanOf(earlier), message: `\`${key}\` stands here first.` }],
        },
      );
    }
  }
};

interface Repetition {
  readonly earlier: FieldPlace;
  readonly later: FieldPlace;
  readonly key: string;
}

function* repeated(fields: readonly FieldPlace[]): Generator<Repetition> {
  const last = new Map<string, FieldPlace>();
  for (const field of fields) {
    const key = field.key?.node.text;
    if (key === undefined) continue;
    const earlier = last.get(key);
    if (earlier !== undefined) yield { earlier, later: field, key };
    last.set(key, field);
  }
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
