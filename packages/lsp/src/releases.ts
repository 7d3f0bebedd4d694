import type { KumaRelease, Target } from "@meshlog/parser";

const known = new WeakMap<Target, readonly KumaRelease[]>();

/** The releases of Kuma that a target is for, each once, in its order. */
export function kumasOf(target: Target): readonly KumaRelease[] {
  const kumas = known.get(target) ?? [...new Set(target.members.flatMap(({ kuma }) => kuma ?? []))];
  known.set(target, kumas);
  return kumas;
}
