import { defaultTarget, type Target, target } from "@meshlog/parser";

/** What a client sets in the section `meshlog`, and in its initialization options. */
export interface Settings {
  /** Releases of Kuma, as `--kuma` takes them. */
  readonly kuma?: string;
  /** Releases of Envoy that formats are judged by, as `--envoy` takes them. */
  readonly envoy?: string;
}

/** What settings say: a target that is always there, and what is wrong with them, for people. */
export interface AppliedSettings {
  readonly target: Target;
  readonly problem?: string;
}

/**
 * Applies settings as they come from a client, whatever they are. Policies always are some Kuma's: without `kuma` it is
 * the newest.
 */
export function applySettings(value: unknown): AppliedSettings {
  const { kuma, envoy } = readSettings(value);
  if (kuma === undefined && envoy === undefined) return { target: defaultTarget };
  const newest = defaultTarget.members.at(-1)?.name ?? "";
  const found = target({ kuma: kuma ?? newest, ...(envoy === undefined ? {} : { envoy }) });
  if (found.value !== undefined) return { target: found.value };
  return { target: defaultTarget, problem: found.diagnostics.map(({ message }) => message).join(" ") };
}

function readSettings(value: unknown): Settings {
  const { kuma, envoy } = Object(value) as { readonly kuma?: unknown; readonly envoy?: unknown };
  return {
    ...(typeof kuma === "string" && kuma.trim() !== "" ? { kuma } : {}),
    ...(typeof envoy === "string" && envoy.trim() !== "" ? { envoy } : {}),
  };
}
