import type { Span } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import type { ScalarNode } from "../../source/tree.ts";
import type { ItemPlace } from "../format-places.ts";
import type { Path } from "../violation.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";

/** A defect of Kuma's that a policy runs into. */
interface Defect {
  readonly what: string;
  readonly issue: string;
  /** Where it is not a warning. */
  readonly severity?: "info";
  readonly holds: (facts: Profile) => boolean;
  /** Finds where a policy runs into it. */
  readonly find: (policy: LintedPolicy, found: Found) => void;
}

type Found = (policy: LintedPolicy, place: Span, at: Path) => void;

const defects: readonly Defect[] = [
  {
    what: "every record that reaches the TCP sink is followed by an empty line",
    issue: "kuma#13583, mended in 2.11.0",
    severity: "info",
    holds: ({ tcpLineBreaks }) => tcpLineBreaks === 2,
    find(policy, found) {
      for (const { node, at, sinks } of policy.backends) {
        const tcp = node.entry("tcp");
        if (tcp?.value.kind !== "map") continue;
        const format = sinks.find(({ sink }) => sink === "tcp");
        if (format === undefined || format.texts.hasPlain) found(policy, tcp.key, [...at, "tcp"]);
      }
    },
  },
  {
    what: "where proxies use unified resource names, this item logs nothing",
    issue: "kuma#17548, mended in 2.12.14, 2.13.10 and 2.14.2",
    severity: "info",
    holds: ({ routeLoggers, routeNames }) => routeLoggers === "exact" && routeNames === "with-sections",
    find(policy, found) {
      for (const item of policy.items) {
        const kind = routeKind(item);
        if (kind !== undefined && item.backends?.length !== 0) found(policy, kind, kindOf(item));
      }
    },
  },
  {
    what: "beside an item for a MeshHTTPRoute, the other items are lost for passthrough, direct access, gateways and outbounds by tag",
    issue: "2.11 to 2.14",
    holds: ({ routeLoggers, hasTrafficLog }) => routeLoggers !== "none" && hasTrafficLog,
    find(policy, found) {
      const { items } = policy;
      for (const item of items) {
        const kind = routeKind(item);
        if (kind === undefined) continue;
        const hasOthers = items.some((one) => one.list === "to" && routeKind(one) === undefined);
        if (hasOthers) found(policy, kind, kindOf(item));
        return;
      }
    },
  },
  {
    what: "this does not silence the route: its requests are logged as those of its service, unless another route of the listener has a backend",
    issue: "2.11 and later",
    holds: ({ routeLoggers }) => routeLoggers !== "none",
    find(policy, found) {
      const { items } = policy;
      if (items.some((item) => (item.backends?.length ?? 0) > 0 && routeKind(item) !== undefined)) return;
      for (const item of items) {
        if (item.backends?.length !== 0 || routeKind(item) === undefined) continue;
        const conf = item.node.get("default");
        const entry = conf?.kind === "map" ? conf.entry("backends") : undefined;
        if (entry !== undefined) found(policy, entry.key, [...item.at, "default", "backends"]);
      }
    },
  },
];

/** The kind in the target of an item for a route. */
function routeKind({ list, node }: ItemPlace): ScalarNode | undefined {
  const target = list === "to" ? node.get("targetRef") : undefined;
  const kind = target?.kind === "map" ? target.get("kind") : undefined;
  return kind?.kind === "scalar" && kind.value === "MeshHTTPRoute" ? kind : undefined;
}

const kindOf = ({ at }: ItemPlace): Path => [...at, "targetRef", "kind"];

/** Defects of the target's Kuma that the policy runs into (kuma-lowering §9, the issues named). */
export const knownDefects: PolicyLint = ({ members }) => {
  const present = defects.flatMap(({ what, issue, severity, holds, find }) => {
    const affects = members.where(holds);
    const found: Found = (policy, place, at) => {
      policy.say("lint/known-defect", place, { what, issue }, { affects, at, severity });
    };
    return affects.length === 0 ? [] : [{ find, found }];
  });
  if (present.length === 0) return undefined;
  return (policy) => {
    for (const { find, found } of present) find(policy, found);
  };
};
