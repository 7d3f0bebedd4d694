import type { KumaRelease, Span, TextEdit } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import type { Profile } from "../kuma/profile.ts";
import type { Bundle } from "../source/load.ts";
import type { Resource } from "../source/resources.ts";

/** One thing that changes in how policies are written. */
export interface Step {
  /** What it rewrites, as people call it: `from`. */
  readonly what: string;
  /** Whether a release wants it, because it no longer reads what is rewritten or calls it deprecated. */
  readonly isWanted: (facts: Profile) => boolean;
  /**
   * Whether a release reads both what is rewritten and what it becomes. By such a release the rewriting is proved; a
   * release that has none on its way to the target needs no rewriting, or cannot have one.
   */
  readonly readsBoth: (facts: Profile) => boolean;
  /** What to rewrite, or why not to. Each resource once. */
  readonly plan: (task: Task) => Iterable<Rewriting | Diagnostic>;
  /** Whether the plan itself compares what is meant, and there is nothing to compile. */
  readonly isProvedByPlan?: true;
  /** Where the proof is made, if the control plane's own surroundings would show what is no part of it. */
  readonly proofIn?: (controlPlane: ControlPlane) => ControlPlane;
}

/** What a step works on. */
export interface Task {
  readonly bundle: Bundle;
  /** The newest release on the way that reads both. */
  readonly bridge: KumaRelease;
  /** What that does. */
  readonly facts: Profile;
  readonly target: KumaRelease;
  /** What the target does. */
  readonly wanted: Profile;
  readonly controlPlane: ControlPlane;
}

/** How a resource is rewritten. */
export interface Rewriting {
  readonly resource: Resource;
  /** In the resource's file. */
  readonly edits: readonly TextEdit[];
  /** What of it is rewritten, for the diagnostic that says why it is not. */
  readonly at: Span;
  /** The name of a policy that is split off, as Kuma calls it. */
  readonly beside?: string;
}
