/** What `meshlog diff` and `meshlog verify` say of a difference; other programs read these documents. */
import type { AccessLog, Cluster, Json } from "../envoy/messages.ts";
import type { ListenerContext, NetworkFilter } from "../listeners/listener.ts";
import type { Match, TargetRef } from "../validate/policy.ts";

/** A field that two messages do not have alike; on the side where it is missing there is no key. */
export interface FieldChange {
  /** `typedConfig.logFormat.textFormatSource.inlineString`; a key that is no name stands in brackets, as JSON writes it. */
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
}

/** A logger that came, went, or is another now. */
export type LoggerChange =
  | { readonly change: "added" | "removed"; readonly accessLog: AccessLog }
  | {
      readonly change: "changed";
      readonly before: AccessLog;
      readonly after: AccessLog;
      readonly fields: readonly FieldChange[];
    };

/** What decides what a listener logs: an item of a policy. */
export interface ChangeReason {
  readonly policy: string;
  /** The file of the policy. */
  readonly file: string;
  /** `spec.rules[0]` */
  readonly path: string;
}

/** What changed of one filter type of a listener. What identifies it is as it is now, or as it was last. */
export interface ListenerChange {
  readonly change: "added" | "removed" | "changed";
  readonly name: string | null;
  readonly resource: string;
  readonly context: ListenerContext;
  readonly filter: NetworkFilter;
  /** What changed beside the loggers; empty for a listener that is new or gone. */
  readonly fields: readonly FieldChange[];
  readonly loggers: readonly LoggerChange[];
  /** Whether loggers that both have come in another order. */
  readonly isReordered: boolean;
  /** Which items its loggers come from, before and after; only if both sides were compiled with `explains`. */
  readonly because?: { readonly before: readonly ChangeReason[]; readonly after: readonly ChangeReason[] };
}

/** A cluster that came, went, or is another now. */
export type ClusterChange =
  | { readonly change: "added" | "removed"; readonly name: string; readonly cluster: Cluster }
  | { readonly change: "changed"; readonly name: string; readonly fields: readonly FieldChange[] };

/** What changed of a proxy. */
export interface ProxyChange {
  readonly change: "added" | "removed" | "changed";
  readonly mesh: string;
  readonly name: string;
  /** Why Kuma fails to generate it, where that is not the same; then its listeners and clusters are not compared. */
  readonly error?: { readonly before?: string; readonly after?: string };
  /** Which policies select it, lowest precedence first, where that is not the same. */
  readonly policies?: { readonly before: readonly string[]; readonly after: readonly string[] };
  readonly listeners: readonly ListenerChange[];
  readonly clusters: readonly ClusterChange[];
}

/** What changed of an item of a policy, before any proxy fills in its values. */
export interface ItemChange {
  readonly change: "added" | "removed" | "changed";
  readonly path: string;
  readonly targetRef?: TargetRef;
  readonly matches?: readonly Match[];
  readonly loggers: readonly LoggerChange[];
  readonly isReordered: boolean;
}

/** What changed of a policy. */
export interface PolicyChange {
  readonly change: "added" | "removed" | "changed";
  readonly mesh: string;
  readonly name: string;
  readonly file: string;
  readonly items: readonly ItemChange[];
}
