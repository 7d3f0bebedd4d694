import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Backend, Match } from "../../packages/compiler/src/validate/policy.ts";
import { goldensFolder } from "./shared-folder.ts";

/** A unit test of Kuma's plugin as data: rules that are already matched and merged, and what the plugin makes of them. */
export interface PluginCase {
  readonly name: string;
  readonly table: "sidecar" | "gateway";
  readonly input: {
    readonly resources?: readonly CaseListener[];
    readonly outbounds?: readonly CaseOutbound[];
    readonly extraInbounds?: readonly CaseInbound[];
    readonly inboundName?: string;
    readonly inboundTagsDisabled?: boolean;
    readonly dataplaneLabels?: Readonly<Record<string, string>>;
    readonly features?: readonly string[] | Readonly<Record<string, boolean>>;
    readonly meshServicesMode?: string;
    readonly motbBackends?: readonly object[];
    readonly toRules?: CaseToRules;
    readonly fromRules?: CaseFromRules;
    readonly rules?: {
      readonly toRules?: { readonly byListener?: readonly ForListener<SubsetRule>[] };
      readonly fromRules?: readonly ForListener<SubsetRule>[];
      readonly inboundRules?: readonly ForListener<InboundCaseRule>[];
    };
  };
  readonly expected: {
    readonly listeners: readonly { readonly golden: string }[];
    readonly clusters: readonly { readonly golden: string; readonly name: string }[];
  };
}

/** A listener that is there before the plugin runs. */
export interface CaseListener {
  readonly origin: string;
  readonly direction: string;
  readonly address: string;
  readonly port: number;
  readonly filter: "http" | "tcp";
  readonly protocol?: string | null;
  readonly resourceOrigin?: ResourceId | null;
  readonly routes?: readonly { readonly name?: string }[];
}

export interface CaseOutbound {
  readonly address: string;
  readonly port: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface CaseInbound {
  readonly address: string;
  readonly port: number;
  readonly protocol?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface ResourceId {
  readonly resourceType: string;
  readonly mesh: string;
  readonly zone: string;
  readonly namespace: string;
  readonly name: string;
  readonly sectionName: string;
}

/** As in Go: the body of an OpenTelemetry backend is raw text. */
export interface CaseConf {
  readonly backends?: readonly Backend[];
}

export interface SubsetRule {
  readonly subset: readonly { readonly key: string; readonly value: string }[];
  readonly conf: CaseConf;
}

export interface InboundCaseRule {
  readonly match?: Match;
  readonly conf: CaseConf;
}

interface ForListener<Rule> {
  readonly listener: { readonly address: string; readonly port: number };
  readonly rules: readonly Rule[];
}

export interface CaseToRules {
  readonly rules?: readonly SubsetRule[];
  readonly resourceRules?: readonly { readonly resource: ResourceId; readonly conf: CaseConf }[];
}

export interface CaseFromRules {
  readonly rules?: readonly ForListener<SubsetRule>[];
  readonly inboundRules?: readonly ForListener<InboundCaseRule>[];
}

/** What is around the cases of one table. */
export interface Harness {
  readonly dataplane: {
    readonly name: string;
    readonly networking: {
      readonly address: string | null;
      readonly gateway?: { readonly tags: Readonly<Record<string, string>> };
      readonly inbound?: readonly CaseInbound[];
      readonly outbound?: readonly CaseOutbound[];
    };
  };
  readonly accessLogSocket?: { readonly metadataWorkDir?: string; readonly metadataAccessLogSocketPath?: string };
  readonly serviceProtocols?: Readonly<Record<string, string>>;
}

/** The cases of one release. */
export interface PluginCases {
  readonly version: string;
  readonly folder: string;
  readonly harness: Readonly<Record<PluginCase["table"], Harness>>;
  readonly cases: readonly PluginCase[];
}

/** The cases of every release that is there. */
export function pluginCases(): readonly PluginCases[] {
  if (goldensFolder === undefined) return [];
  return readdirSync(goldensFolder).flatMap((release) => {
    const folder = join(goldensFolder ?? "", release, "plugin");
    const file = join(folder, "cases.json");
    if (!existsSync(file)) return [];
    return { ...(JSON.parse(readFileSync(file, "utf8")) as Omit<PluginCases, "folder">), version: release, folder };
  });
}
