/** The document of `meshlog explain --proxy --format json`. Keys stand in the order in which they are written. */
import type { CompiledHeader } from "../emit/compiled.ts";
import type { PolicyCriterion } from "../kuma/match-facts.ts";
import type { KumaOperator } from "../kuma/kuma-operators.ts";
import type { Listener } from "../listeners/listener.ts";
import type { Miss } from "../match/select.ts";
import type { Match, TargetRef } from "../validate/policy.ts";

/** Why a proxy logs what it logs. */
export interface ProxyExplanation extends CompiledHeader {
  readonly mesh: string;
  readonly name: string;
  readonly namespace?: string;
  /** The MeshGateway that configures it. */
  readonly gateway?: string;
  /** Only where Kuma fails to generate this proxy: its text. There are no listeners then. */
  readonly error?: string;
  /** The policies that select it, lowest precedence first. */
  readonly policies: readonly ExplainedSelection[];
  /** The other policies of its mesh, in the order of their names. */
  readonly notSelected: readonly ExplainedMiss[];
  /** The policies of its mesh that Kuma's API refuses, and that count for nothing. */
  readonly refused: readonly PolicyPlace[];
  readonly listeners: readonly ExplainedListener[];
}

/** A policy, and where it stands; lines are counted from 1. */
export interface PolicyPlace {
  readonly policy: string;
  readonly file: string;
  readonly line: number;
}

/** An item of a policy, and where it stands. */
export interface ItemPlace extends PolicyPlace {
  /** `spec.to[0]` */
  readonly path: string;
}

/** Something that is decided, by a word for programs and a text for people. */
export interface Reason<T extends string> {
  readonly reason: T;
  readonly text: string;
}

export interface ExplainedSelection extends PolicyPlace {
  readonly targetRef: TargetRef;
  /** The addresses and ports that it selects, `10.0.0.1:80`; none for a delegated gateway, which is selected as a whole. */
  readonly selects: readonly string[];
  /** By what it is stronger than the policy before it: the first thing in which they differ. */
  readonly stronger?: Reason<PolicyCriterion | "store">;
}

export interface ExplainedMiss extends PolicyPlace, Reason<Miss> {
  readonly targetRef: TargetRef;
}

export interface ExplainedListener extends Pick<
  Listener,
  "name" | "resource" | "context" | "direction" | "protocol" | "filters"
> {
  /** What makes its loggers, in their order. */
  readonly because: readonly ExplainedItem[];
  /** Why it logs nothing; only where it does. */
  readonly nothing?: Reason<Silence>;
}

/**
 * Why a listener logs nothing: Kuma configures no logs of it; no filter carries loggers; no policy selects it; no item is
 * for it; the item that decides has no backends; its backends lead nowhere.
 */
export type Silence = "not-configured" | "no-filter" | "no-policy" | "no-item" | "off" | "dangling";

export interface ExplainedItem extends ItemPlace {
  /** Only connections that it meets are logged. */
  readonly match?: Match;
  /** The identifier of the route whose requests are logged; those of all routes that have no item of their own, without. */
  readonly route?: string;
  /** What it logs to: `File /dev/stdout`. */
  readonly backends: readonly string[];
  /** The items that hold for the same traffic and count for nothing, weakest first. */
  readonly overrides: readonly ExplainedOverride[];
  /** What Kuma puts in the place of its operators in the formats of the item, in Kuma's order. */
  readonly values: readonly ExplainedValue[];
}

/** `backends` is replaced as a whole; an item without `backends` changes nothing. */
export interface ExplainedOverride extends ItemPlace, Reason<"replaced" | "no-backends"> {}

export interface ExplainedValue {
  readonly operator: KumaOperator;
  readonly value: string;
  /** Where the value comes from. */
  readonly from: string;
}
