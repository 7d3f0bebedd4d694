import type { PolicyCriterion } from "../kuma/match-facts.ts";
import type { Profile } from "../kuma/profile.ts";
import { decidingCriterion } from "../match/order.ts";
import { roleOf, type SelectingPolicy, selectionOf } from "../match/selecting-policy.ts";
import type { Reason } from "./proxy-explanation.ts";

/** Says by what a policy is stronger than another: the first thing in which they differ. */
export function strongerBy(
  stronger: SelectingPolicy,
  weaker: SelectingPolicy,
  profile: Profile,
): Reason<PolicyCriterion | "store"> {
  const reason = decidingCriterion(weaker, stronger, profile) ?? "store";
  return { reason, text: texts[reason](stronger, weaker) };
}

const texts: Readonly<
  Record<PolicyCriterion | "store", (stronger: SelectingPolicy, weaker: SelectingPolicy) => string>
> = {
  kind: (stronger, weaker) => `kind: ${selectionOf(stronger).kind} goes before ${selectionOf(weaker).kind}`,
  name: (stronger, weaker) => `name: ${stronger.resource.name} comes after ${weaker.resource.name}`,
  dataplane: (stronger, weaker) => `Dataplane: ${selectsBy(stronger)} goes before ${selectsBy(weaker)}`,
  origin: (stronger, weaker) => `origin: ${originOf(stronger)} goes before ${originOf(weaker)}`,
  "gateway-tags": () => "tags: it names more tags of the gateway",
  role: (stronger, weaker) => `role: ${roleOf(stronger)} goes before ${roleOf(weaker)}`,
  "display-name": (stronger, weaker) =>
    `name: ${stronger.resource.displayName} comes before ${weaker.resource.displayName}`,
  store: () => "nothing in which they differ counts: it comes later in the order of the store",
};

function selectsBy(policy: SelectingPolicy): string {
  const { name = "", labels, sectionName = "" } = selectionOf(policy);
  const by = name !== "" ? "a name" : labels !== undefined ? "labels" : "any";
  return sectionName === "" ? by : `${by} with a section`;
}

function originOf({ resource: { labels } }: SelectingPolicy): string {
  return labels.get("kuma.io/origin") ?? "none";
}
