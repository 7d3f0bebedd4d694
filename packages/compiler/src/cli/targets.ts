import { defaultTarget, type KumaRelease, type Target, target } from "@meshlog/parser";
import { UsageError } from "./exit-code.ts";

/** Which releases a command is for, as its options say. */
export interface TargetOptions {
  readonly kuma?: string;
  readonly envoy?: string;
  readonly allPatches?: boolean;
}

/** The target of bare formats: with `--envoy` alone no `%KUMA_…%` is replaced. */
export function formatTarget(options: TargetOptions): Target {
  return resolve(options);
}

/** The target of policies, which always are some Kuma's: the newest, if only Envoys are named. */
export function policyTarget(options: TargetOptions): Target {
  const kuma = options.kuma ?? newestKuma().name;
  return resolve({ ...options, kuma });
}

/** The one release that `compile` is for. */
export function compileTarget(options: TargetOptions): KumaRelease {
  const { members } = resolve({ kuma: options.kuma ?? newestKuma().name });
  const [release, another] = members.map(({ kuma }) => kuma);
  if (release === undefined || another !== undefined) {
    throw new UsageError(`compile is for one version of Kuma; --kuma ${options.kuma ?? ""} names ${members.length}.`);
  }
  return release;
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
