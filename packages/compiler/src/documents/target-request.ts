import { defaultTarget } from "@meshlog/parser";

/** Which releases something is for, as options, settings or a configuration say. */
export interface TargetOptions {
  readonly kuma?: string;
  readonly envoy?: string;
  readonly allPatches?: boolean;
}

/**
 * The releases that policies are for, which always are some Kuma's: the newest, if only Envoys are named.
 *
 * @param configured counts for what the options do not name; its Envoys belong to its Kuma.
 */
export function policyRequest(options: TargetOptions, configured: TargetOptions = {}): TargetOptions {
  const kuma = options.kuma ?? configured.kuma ?? defaultTarget.members.at(-1)?.name ?? "";
  const envoy = options.envoy ?? (options.kuma === undefined ? configured.envoy : undefined);
  return withPatches({ kuma, ...(envoy !== undefined && { envoy }) }, options, configured);
}

/**
 * The releases that bare formats are for: with Envoys alone no `%KUMA_…%` is replaced.
 *
 * @param configured counts where the options name no release.
 */
export function formatRequest(options: TargetOptions, configured: TargetOptions = {}): TargetOptions {
  const namesRelease = options.kuma !== undefined || options.envoy !== undefined;
  return withPatches(namesRelease ? options : { ...configured, ...options }, options, configured);
}

function withPatches(request: TargetOptions, options: TargetOptions, configured: TargetOptions): TargetOptions {
  const allPatches = options.allPatches ?? configured.allPatches;
  return { ...request, ...(allPatches !== undefined && { allPatches }) };
}
