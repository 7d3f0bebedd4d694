import type { Profile } from "../../kuma/profile.ts";
import { child, type Placed } from "../placed.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";

/** A field that Kuma has deprecated, and the version that no longer reads it. */
interface Removal {
  readonly field: string;
  readonly removed: string;
  readonly instead: string;
  /** Whether a release has both the field and what takes its place. */
  readonly isDeprecated: (facts: Profile) => boolean;
  /** The first place of the field. */
  readonly find: (policy: LintedPolicy) => Placed | undefined;
}

const hasRulesAndFrom = ({ itemLists }: Profile): boolean => itemLists.includes("rules") && itemLists.includes("from");

/** Kinds that select proxies by tags. */
const tagKinds: ReadonlySet<string> = new Set(["MeshSubset", "MeshService", "MeshServiceSubset", "MeshGateway"]);

/** Source: UPGRADE.md and the schema of Kuma's development line (kuma-api §1.3). */
const removals: readonly Removal[] = [
  {
    field: "from",
    removed: "3.0",
    instead: "`rules`",
    isDeprecated: hasRulesAndFrom,
    find: ({ spec }) => child({ node: spec, at: ["spec"] }, "from"),
  },
  {
    field: "openTelemetry.endpoint",
    removed: "3.0",
    instead: "`backendRef` with a MeshOpenTelemetryBackend",
    isDeprecated: ({ openTelemetryConfig, itemLists }) =>
      openTelemetryConfig === "top-level" && itemLists.includes("from"),
    find: ({ backends }) =>
      backends.flatMap(({ logger }) => logger?.endpoint ?? []).find(({ node }) => node.text !== ""),
  },
  {
    field: "targetRef.kind",
    removed: "3.0",
    instead: "the kind Dataplane with labels",
    isDeprecated: hasRulesAndFrom,
    find: ({ topKind }) => (topKind !== undefined && tagKinds.has(topKind.node.text) ? topKind : undefined),
  },
];

/** Deprecated fields, with the version that removes them; Kuma's own warnings do not name one. */
export const removedFields: PolicyLint = ({ members }) => {
  const present = removals
    .map((removal) => ({ ...removal, affects: members.where(removal.isDeprecated) }))
    .filter(({ affects }) => affects.length > 0);
  if (present.length === 0) return undefined;
  return (policy) => {
    for (const { field, removed, instead, affects, find } of present) {
      const found = find(policy);
      if (found === undefined) continue;
      const { node, at } = found;
      const entry = node.kind !== "scalar" && policy.spec.kind === "map" ? policy.spec.entry(field) : undefined;
      const isKind = node.kind === "scalar" && field === "targetRef.kind";
      const what = isKind ? `the kind ${node.text} here` : `\`${field}\``;
      policy.say("lint/removed-field", entry?.key ?? node, { what, removed, instead }, { affects, at });
    }
  };
};
