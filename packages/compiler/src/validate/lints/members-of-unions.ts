import type { Fix } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import type { MapNode } from "../../source/tree.ts";
import { bodyThatCounts } from "../envoy-texts.ts";
import type { BodyName } from "../backend-bodies.ts";
import type { BackendPlace, SinkFormat } from "../format-places.ts";
import { child, textAt } from "../placed.ts";
import { removeEntry } from "./edits.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";
import type { Members } from "./members.ts";

/** Bodies and formats beside the one that `type` names: passed over, or taken instead of it. */
export const membersOfUnions: PolicyLint =
  ({ members }) =>
  (policy) => {
    for (const backend of policy.backends) {
      const { present, named } = backend.bodies;
      if (named !== undefined && present.length > 1 && present.includes(named)) {
        for (const other of present) if (other !== named) sayOfBody(policy, backend, other, named, members);
      }
      for (const sink of backend.sinks) if (sink.texts.hasPlain) sayOfFormat(policy, sink);
    }
  };

function sayOfBody(
  policy: LintedPolicy,
  { node, at, bodies }: BackendPlace,
  other: BodyName,
  named: BodyName,
  members: Members,
): void {
  const entry = node.entry(other);
  if (entry === undefined) return;
  const counts = (facts: Profile): boolean => bodyThatCounts(bodies, facts) === other;
  const taken = members.where(counts);
  const parameters = { other, named };
  if (taken.length > 0) {
    policy.say("lint/other-backend", entry.key, parameters, { at: [...at, other], affects: taken });
  } else {
    const fixes = removal(node, other, "that is not logged to");
    const affects = members.where((facts) => !counts(facts));
    policy.say("lint/unused-backend", entry.key, parameters, { at: [...at, other], affects, fixes });
  }
}

/** Of a format with a text. */
function sayOfFormat(policy: LintedPolicy, { place }: SinkFormat): void {
  const { node } = place;
  const [plain, json] = [node.entry("plain"), node.entry("json")];
  if (plain === undefined || json === undefined || child(place, "json") === undefined) return;
  if (textAt(place, "type")?.node.text === "Json") {
    policy.say("lint/plain-wins", plain.key, {}, { at: [...place.at, "plain"] });
  } else {
    const fixes = removal(node, "json", "that is not used");
    policy.say("lint/unused-json", json.key, {}, { at: [...place.at, "json"], fixes });
  }
}

function removal(map: MapNode, name: string, why: string): readonly Fix[] {
  const entry = map.entry(name);
  const edit = entry && removeEntry(map, entry);
  return edit === undefined ? [] : [{ title: `Remove "${name}", ${why}`, edits: [edit] }];
}
