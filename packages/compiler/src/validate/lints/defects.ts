import type { Span } from "@meshlog/parser";
import type { Profile } from "../../kuma/profile.ts";
import { child, formatOf, type ItemPlace, textAt } from "../format-places.ts";
import type { Path } from "../violation.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";

/** A defect of Kuma's that a policy runs into. */
interface Defect {
  readonly what: string;
  readonly issue: string;
  /** Where it is not a warning. */
  readonly severity?: "info";
  readonly holds: (facts: Profile) => boolean;
  /** Where a policy runs into it. */
  readonly find: (policy: LintedPolicy) => Iterable<{ readonly place: Span; readonly at: Path }>;
}

const defects: readonly Defect[] = [
  {
    what: "every record that reaches the TCP sink is followed by an empty line",
    issue: "kuma#13583, mended in 2.11.0",
    severity: "info",
    holds: ({ tcpLineBreaks }) => tcpLineBreaks === 2,
    *find({ backends }) {
      for (const backend of backends) {
        const tcp = backend.node.entry("tcp");
        if (tcp?.value.kind !== "map") continue;
        const format = formatOf(backend, "tcp");
        if (format !== undefined && textAt(format, "plain") === undefined) continue;
        yield { place: tcp.key, at: [...backend.at, "tcp"] };
      }
    },
  },
  {
    what: "where proxies use unified resource names, this item logs nothing",
    issue: "kuma#17548, mended in 2.12.14, 2.13.10 and 2.14.2",
    severity: "info",
    holds: ({ routeLoggers, routeNames }) => routeLoggers === "exact" && routeNames === "with-sections",
    *find({ items }) {
      for (const item of items) {
        const kind = routeKind(item);
        if (kind !== undefined && item.backends?.length !== 0) yield { place: kind.node, at: kind.at };
      }
    },
  },
  {
    what: "beside an item for a MeshHTTPRoute, the other items are lost for passthrough, direct access, gateways and outbounds by tag",
    issue: "2.11 to 2.14",
    holds: ({ routeLoggers, hasTrafficLog }) => routeLoggers !== "none" && hasTrafficLog,
    *find({ items }) {
      const to = items.filter(({ list }) => list === "to");
      const kinds = to.map(routeKind);
      const route = kinds.find((kind) => kind !== undefined);
      if (route !== undefined && kinds.includes(undefined)) yield { place: route.node, at: route.at };
    },
  },
  {
    what: "this does not silence the route: its requests are logged as those of its service, unless another route of the listener has a backend",
    issue: "2.11 and later",
    holds: ({ routeLoggers }) => routeLoggers !== "none",
    *find({ items }) {
      const routes = items.filter((item) => routeKind(item) !== undefined);
      if (routes.some(({ backends }) => backends !== undefined && backends.length > 0)) return;
      for (const { node, at, backends } of routes) {
        const conf = node.get("default");
        const entry = conf?.kind === "map" ? conf.entry("backends") : undefined;
        if (entry !== undefined && backends?.length === 0) {
          yield { place: entry.key, at: [...at, "default", "backends"] };
        }
      }
    },
  },
];

function routeKind(item: ItemPlace): ReturnType<typeof textAt> {
  const target = item.list === "to" ? child(item, "targetRef") : undefined;
  const kind = target && textAt(target, "kind");
  return kind?.node.text === "MeshHTTPRoute" ? kind : undefined;
}

/** Defects of the target's Kuma that the policy runs into (kuma-lowering §9, the issues named). */
export const knownDefects: PolicyLint = function* (policy) {
  for (const { what, issue, severity = "warning", holds, find } of defects) {
    const affects = policy.members.whereKnown(holds);
    if (affects.length === 0) continue;
    for (const { place, at } of find(policy)) {
      yield { ...policy.say("lint/known-defect", place, { what, issue }, { affects, at }), severity };
    }
  }
};
