import type { Diagnostic } from "../../diagnostics.ts";
import type { Profile } from "../../kuma/profile.ts";
import { child, textAt } from "../format-places.ts";
import type { Placed } from "../placed.ts";
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
    find: ({ backends }) => {
      for (const backend of backends) {
        const logger = child(backend, "openTelemetry");
        const endpoint = logger && textAt(logger, "endpoint");
        if (endpoint !== undefined && endpoint.node.text !== "") return endpoint;
      }
      return undefined;
    },
  },
  {
    field: "targetRef.kind",
    removed: "3.0",
    instead: "the kind Dataplane with labels",
    isDeprecated: hasRulesAndFrom,
    find: ({ spec }) => {
      const target = child({ node: spec, at: ["spec"] }, "targetRef");
      const kind = target && textAt(target, "kind");
      return kind !== undefined && tagKinds.has(kind.node.text) ? kind : undefined;
    },
  },
];

/** Deprecated fields, with the version that removes them; Kuma's own warnings do not name one. */
export const removedFields: PolicyLint = function* (policy): Generator<Diagnostic> {
  for (const { field, removed, instead, isDeprecated, find } of removals) {
    const affects = policy.members.whereKnown(isDeprecated);
    const found = affects.length === 0 ? undefined : find(policy);
    if (found === undefined) continue;
    const { node, at } = found;
    const place =
      node.kind === "scalar" ? node : policy.spec.kind === "map" ? (policy.spec.entry(field)?.key ?? node) : node;
    const what = node.kind === "scalar" && field === "targetRef.kind" ? `the kind ${node.text} here` : `\`${field}\``;
    yield policy.say("lint/removed-field", place, { what, removed, instead }, { affects, at });
  }
};
