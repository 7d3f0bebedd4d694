import type { Profile } from "../kuma/profile.ts";
import { itemsOf } from "../match/policy-items.ts";
import type { Conf, Policy } from "../validate/policy.ts";
import { readText } from "./text-reader.ts";
import { type Templates, templates } from "./template.ts";

/** The templates of every conf; the key is the conf of an item of a policy. */
export type LoweredConfs = ReadonlyMap<Conf, Templates>;

/** Turns every conf into templates, once: all proxies share them. */
export function lower(policies: readonly Policy[], profile: Profile): LoweredConfs {
  const texts = readText(profile);
  return new Map(policies.flatMap(itemsOf).map(({ default: conf }) => [conf, templates(conf, profile, texts)]));
}
