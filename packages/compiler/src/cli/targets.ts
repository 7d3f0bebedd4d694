import { defaultTarget, type KumaRelease, type Target, target } from "@meshlog/parser";
import { UsageError } from "./exit-code.ts";

/** Which releases a command is for, as its options say. */
export interface TargetOptions {
  readonly kuma?: string;
  readonly envoy?: string;
  readonly allPatches?: boolean;
}

/**
 * The target of bare formats: with `--envoy` alone no `%KUMA_…%` is replaced.
 *
 * @param configured counts where the options name no release.
 */
export function formatTarget(options: TargetOptions, configured: TargetOptions = {}): Target {
  return resolve(withPatches(namesRelease(options) ? options : { ...configured, ...options }, options, configured));
}

/**
 * The target of policies, which always are some Kuma's: the newest, if only Envoys are named.
 *
 * @param configured counts for what the options do not name; its Envoys belong to its Kuma.
 */
export function policyTarget(options: TargetOptions, configured: TargetOptions = {}): Target {
  const kuma = options.kuma ?? configured.kuma ?? newestKuma().name;
  const envoy = options.envoy ?? (options.kuma === undefined ? configured.envoy : undefined);
  return resolve(withPatches({ kuma, ...(envoy !== undefined && { envoy }) }, options, configured));
}

/**
 * The one release that `compile` is for.
 *
 * @param configured counts where the options name no release.
 */
export function compileTarget(options: TargetOptions, configured: TargetOptions = {}): KumaRelease {
  const range = options.kuma ?? configured.kuma;
  const { members } = resolve({ kuma: range ?? newestKuma().name });
  const [release, another] = members.map(({ kuma }) => kuma);
  if (release === undefined || another !== undefined) {
    const named = options.kuma === undefined ? "the configuration" : `--kuma ${options.kuma}`;
    throw new UsageError(`compile is for one version of Kuma; ${named} names ${members.length}.`);
  }
  return release;
}

const namesRelease = ({ kuma, envoy }: TargetOptions): boolean => kuma !== undefined || envoy !== undefined;

function withPatches(request: TargetOptions, options: TargetOptions, configured: TargetOptions): TargetOptions {
  const allPatches = options.allPatches ?? configured.allPatches;
  return { ...request, ...(allPatches !== undefined && { allPatches }) };
}

function resolve(options: TargetOptions): Target {
  const { value, diagnostics } = target(options);
  if (value === undefined) throw new UsageError(diagnostics.map(({ message }) => message).join(" "));
  return value;
}

function newestKuma(): KumaRelease {
  const newest = defaultTarget.members.at(-1)?.kuma;
  if (newest === undefined) throw new Error("the default target is a Kuma");
  return newest;
}
