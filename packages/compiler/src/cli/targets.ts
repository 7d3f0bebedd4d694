import { type KumaRelease, type Target, target } from "@meshlog/parser";
import { formatRequest, policyRequest, type TargetOptions } from "../documents/target-request.ts";
import { UsageError } from "./exit-code.ts";

export type { TargetOptions } from "../documents/target-request.ts";

/**
 * The target of bare formats: with `--envoy` alone no `%KUMA_…%` is replaced.
 *
 * @param configured counts where the options name no release.
 */
export function formatTarget(options: TargetOptions, configured?: TargetOptions): Target {
  return resolve(formatRequest(options, configured));
}

/**
 * The target of policies, which always are some Kuma's: the newest, if only Envoys are named.
 *
 * @param configured counts for what the options do not name; its Envoys belong to its Kuma.
 */
export function policyTarget(options: TargetOptions, configured?: TargetOptions): Target {
  return resolve(policyRequest(options, configured));
}

/**
 * The one release that `compile` is for.
 *
 * @param configured counts where the options name no release.
 */
export function compileTarget(options: TargetOptions, configured: TargetOptions = {}): KumaRelease {
  const range = options.kuma ?? configured.kuma;
  const { members } = resolve(policyRequest(range === undefined ? {} : { kuma: range }));
  const [release, another] = members.map(({ kuma }) => kuma);
  if (release === undefined || another !== undefined) {
    const named = options.kuma === undefined ? "the configuration" : `--kuma ${options.kuma}`;
    throw new UsageError(`compile is for one version of Kuma; ${named} names ${members.length}.`);
  }
  return release;
}

function resolve(options: TargetOptions): Target {
  const { value, diagnostics } = target(options);
  if (value === undefined) throw new UsageError(diagnostics.map(({ message }) => message).join(" "));
  return value;
}
