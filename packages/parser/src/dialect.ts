import type { TargetMember } from "./target.ts";

/**
 * How a text reads. Envoy changed where an argument ends twice; Kuma replaces its own operators, as plain text, before
 * Envoy sees the format, and which names it replaces depends on its release.
 */
export interface Dialect {
  readonly grammar: Grammar;
  readonly kuma: KumaNames;
}

/**
 * Envoy's grammar, named after the release it starts with (`source/common/formatter/substitution_formatter.cc`).
 * - `1.22`: an argument ends at the first `)`, whatever stands in it.
 * - `1.31`: at the first `)` before `%` or `:digits%`; no LF or CR may stand in it (std::regex, envoy#34867).
 * - `1.32`: the same, and CR is allowed again (RE2).
 */
export type Grammar = "1.22" | "1.31" | "1.32";

/** Which `%KUMA_…%` are replaced before Envoy reads the text: none, the six since Kuma 2.0, or the eight since 2.14. */
export type KumaNames = "none" | "2.0" | "2.14";

const grammars: readonly Grammar[] = ["1.22", "1.31", "1.32"];
const namings: readonly KumaNames[] = ["none", "2.0", "2.14"];

/** Each dialect is one object, so that two may be compared by identity. */
const dialects: Readonly<Record<Grammar, Readonly<Record<KumaNames, Dialect>>>> = table(grammars, (grammar) =>
  table(namings, (kuma) => ({ grammar, kuma })),
);

/** The newest grammar, with every operator of Kuma recognised: how a text is read where nobody says for which release. */
export const newestDialect: Dialect = dialects["1.32"]["2.14"];

/** The one object that stands for a dialect. */
export function dialect(grammar: Grammar, kuma: KumaNames): Dialect {
  return dialects[grammar][kuma];
}

/** How a member of a target reads a format. */
export function dialectOf(member: TargetMember): Dialect {
  return dialects[grammarOf(member.envoy.minor)][kumaNamesOf(member)];
}

function grammarOf(minor: number): Grammar {
  if (minor < 31) return "1.22";
  return minor < 32 ? "1.31" : "1.32";
}

/** Source: `pkg/xds/envoy/listeners/v3/access_log_configurer.go` at 2.6.0 and 2.14.0. */
function kumaNamesOf({ kuma }: TargetMember): KumaNames {
  if (kuma === undefined) return "none";
  const [major = 0, minor = 0] = kuma.line.split(".").map(Number);
  const isNewest = Number.isNaN(major) || major > 2 || (major === 2 && minor >= 14);
  return isNewest ? "2.14" : "2.0";
}

function table<K extends string, V>(keys: readonly K[], value: (key: K) => V): Readonly<Record<K, V>> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}
