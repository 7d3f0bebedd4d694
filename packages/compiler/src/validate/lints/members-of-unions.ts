import type { Fix } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import type { MapNode } from "../../source/tree.ts";
import { bodyThatCounts } from "../envoy-texts.ts";
import { child, formatOf, textAt } from "../format-places.ts";
import { removeEntry } from "./edits.ts";
import type { PolicyLint } from "./lint.ts";

/** Bodies and formats beside the one that `type` names: passed over, or taken instead of it. */
export const membersOfUnions: PolicyLint = function* ({ backends, members, say }) {
  for (const backend of backends) {
    const { present, named } = backend.bodies;
    if (named !== undefined && present.length > 1 && present.includes(named)) {
      for (const other of present) {
        if (other === named) continue;
        const entry = backend.node.entry(other);
        if (entry === undefined) continue;
        const counts = (facts: Profile): boolean => bodyThatCounts(backend.bodies, facts) === other;
        const [taken, passedOver] = [members.where(counts), members.where((facts) => !counts(facts))];
        const more = { at: [...backend.at, other], fixes: removal(backend.node, other, "that is not logged to") };
        const parameters = { other, named };
        if (taken.length > 0)
          yield say("lint/other-backend", entry.key, parameters, { ...more, affects: taken, fixes: [] });
        else yield say("lint/unused-backend", entry.key, parameters, { ...more, affects: passedOver });
      }
    }
    for (const body of ["file", "tcp"] as const) {
      const format = formatOf(backend, body);
      if (format === undefined || child(format, "json") === undefined) continue;
      const plain = format.node.entry("plain");
      const json = format.node.entry("json");
      if (plain === undefined || json === undefined || textAt(format, "plain") === undefined) continue;
      const isMeant = textAt(format, "type")?.node.text !== "Json";
      const fixes = isMeant ? removal(format.node, "json", "that is not used") : [];
      const at = [...format.at, "json"];
      yield isMeant
        ? say("lint/unused-json", json.key, {}, { at, fixes })
        : say("lint/plain-wins", plain.key, {}, { at: [...format.at, "plain"] });
    }
  }
};

function removal(map: MapNode, name: string, why: string): readonly Fix[] {
  const entry = map.entry(name);
  const edit = entry && removeEntry(map, entry);
  return edit === undefined ? [] : [{ title: `Remove "${name}", ${why}`, edits: [edit] }];
}
