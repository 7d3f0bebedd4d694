import { type Dataplane } from "../source/dataplane.ts";
import type { ClusterChange, ListenerChange, ProxyChange } from "./changes.ts";
import { omit } from "./omit.ts";
import { stableJson } from "./stable-json.ts";

/** One thing that changed of a proxy. */
export type Finding =
  | { readonly kind: "proxy"; readonly change: "added" | "removed" }
  | { readonly kind: "error"; readonly before?: string; readonly after?: string }
  | { readonly kind: "listener"; readonly change: ListenerChange }
  | { readonly kind: "cluster"; readonly change: ClusterChange }
  | { readonly kind: "policies"; readonly added: readonly string[]; readonly removed: readonly string[] };

/** The same change of one or more proxies. */
export interface ChangeGroup {
  /** As it is of the first proxy. */
  readonly finding: Finding;
  /** Whether it is the same of the others but for what is a proxy's own: name, addresses, services. */
  readonly isAlike: boolean;
  readonly proxies: readonly GroupedProxy[];
}

/** A proxy of a group. */
export interface GroupedProxy {
  readonly mesh: string;
  readonly name: string;
  /** Of its listeners, those that the group is about: `inbound 8080`. */
  readonly listeners: readonly string[];
}

/**
 * Puts the same changes of many proxies together, so that people read each once. Changes are the same if they are so
 * once the texts that are a proxy's own, and those of the service behind a listener, are left out.
 *
 * @param ownTexts see {@link ownTextsOf}; none where nothing is known of the proxy.
 */
export function groupChanges(
  changes: Iterable<ProxyChange>,
  ownTexts: (proxy: { readonly mesh: string; readonly name: string }) => readonly string[],
): readonly ChangeGroup[] {
  const groups = new Map<string, Gathered>();
  for (const change of changes) {
    const { mesh, name } = change;
    const own = [name, ...ownTexts(change)];
    for (const finding of findingsOf(change)) {
      const whole = stableJson(whatIsSaid(finding));
      const key = without(whole, [...own, ...serviceTexts(finding)]);
      const group = groups.get(key) ?? { finding, whole, isAlike: false, proxies: new Map<string, string[]>() };
      groups.set(key, group);
      group.isAlike ||= group.whole !== whole;
      const id = JSON.stringify([mesh, name]);
      const listeners = group.proxies.get(id) ?? [];
      group.proxies.set(id, listeners);
      if (finding.kind === "listener") listeners.push(`${finding.change.context} ${finding.change.resource}`);
    }
  }
  return [...groups.values()]
    .map(({ finding, isAlike, proxies }) => ({
      finding,
      isAlike,
      proxies: [...proxies].map(([id, listeners]) => {
        const [mesh = "", name = ""] = JSON.parse(id) as readonly string[];
        return { mesh, name, listeners };
      }),
    }))
    .sort((a, b) => rank[a.finding.kind] - rank[b.finding.kind]);
}

interface Gathered {
  readonly finding: Finding;
  readonly whole: string;
  isAlike: boolean;
  /** The names of listeners, by mesh and name of their proxy. */
  readonly proxies: Map<string, string[]>;
}

/** What people are to read first. */
const rank: Readonly<Record<Finding["kind"], number>> = { error: 0, proxy: 1, listener: 2, cluster: 3, policies: 4 };

/** What changed of a proxy, one by one; of a proxy that is new or gone, only that. */
function findingsOf({ change, error, policies, listeners, clusters }: ProxyChange): readonly Finding[] {
  if (change !== "changed")
    return [{ kind: "proxy", change }, ...(error ? [{ kind: "error", ...error } as const] : [])];
  return [
    ...(error ? [{ kind: "error", ...error } as const] : []),
    ...listeners.map((one) => ({ kind: "listener", change: one }) as const),
    ...clusters.map((one) => ({ kind: "cluster", change: one }) as const),
    ...(policies ? [selection(policies)] : []),
  ];
}

function selection({ before, after }: NonNullable<ProxyChange["policies"]>): Finding {
  const [was, is] = [new Set(before), new Set(after)];
  return {
    kind: "policies",
    added: after.filter((name) => !was.has(name)),
    removed: before.filter((name) => !is.has(name)),
  };
}

/** What makes a finding another one. What a listener is called and carries is no part of it, unless that is what changed. */
function whatIsSaid(finding: Finding): unknown {
  return finding.kind === "listener" ? omit(finding.change, "name", "resource", "filter") : finding;
}

/** The texts by which loggers name the service behind an outbound. */
function serviceTexts(finding: Finding): readonly string[] {
  if (finding.kind !== "listener" || finding.change.context !== "outbound") return [];
  const { resource } = finding.change;
  const [start, , , , displayName] = resource.split("_");
  return start === "kri" && displayName !== undefined ? [resource, displayName] : [resource];
}

/** A text without those that stand in it as a whole: no letter or digit before or after. Longer ones go first. */
function without(text: string, parts: readonly string[]): string {
  const wanted = [...new Set(parts)].filter((part) => part !== "").sort((a, b) => b.length - a.length);
  return wanted.map((part) => JSON.stringify(part).slice(1, -1)).reduce(withoutOne, text);
}

function withoutOne(text: string, part: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
    const end = at + part.length;
    if (isWordCharacter(text[at - 1]) || isWordCharacter(text[end])) continue;
    pieces.push(text.slice(from, at));
    from = end;
  }
  return [...pieces, text.slice(from)].join("\u0000");
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /[A-Za-z0-9]/.test(character);
}

/** The texts that are a proxy's own: its addresses, and what it and its services are called. */
export function ownTextsOf({ resource, address, advertisedAddress, inbounds, gateway }: Dataplane): readonly string[] {
  const tags = [...inbounds.map((inbound) => inbound.tags), gateway?.tags ?? {}];
  return [
    resource.displayName,
    address,
    advertisedAddress ?? "",
    ...inbounds.map((inbound) => inbound.address),
    ...tags.map((one) => one["kuma.io/service"] ?? ""),
    resource.labels.get("kuma.io/workload") ?? "",
  ];
}
