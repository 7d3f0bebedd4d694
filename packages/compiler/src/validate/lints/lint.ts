import type { Fix, MessageParameters, RelatedPlace, Severity, Span, Target } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../../diagnostics.ts";
import { type Code, type Details, type Messages, report } from "../../messages.ts";
import { identityOf } from "../../source/load.ts";
import type { Resource } from "../../source/resources.ts";
import type { Node } from "../../source/tree.ts";
import type { FormatPlace } from "../field-places.ts";
import { type BackendPlace, backendPlaces, type ItemPlace, itemPlaces } from "../format-places.ts";
import { child, textAt } from "../placed.ts";
import { fieldOf, type Path } from "../violation.ts";
import type { Members } from "./members.ts";

/** What lints are for: the releases of a target. */
export interface LintedTarget {
  readonly target: Target;
  readonly members: Members;
}

/**
 * Makes the rule for the releases of a target: what can be told from them alone is decided here, once.
 *
 * @returns nothing if the rule has nothing to say of any policy.
 */
export type PolicyLint = (target: LintedTarget) => Rule | undefined;

/** Looks at one policy, and says of it what there is to say. */
export type Rule = (policy: LintedPolicy) => void;

/** What a mesh of the bundle holds. */
export interface LintedMesh {
  readonly name: string;
  /** Its MeshAccessLogs that have a spec, at least one; each is made when it is its turn. */
  readonly policies: () => Iterable<LintedPolicy>;
  /** Whether one of them logs what proxies receive. */
  readonly logsInbound: () => boolean;
  /** Everything in it, and the Mesh itself, by kind. */
  readonly resources: ReadonlyMap<string, readonly Resource[]>;
  readonly members: Members;
}

/** Looks at what a mesh holds; its work is linear in that. */
export type MeshLint = (mesh: LintedMesh) => Iterable<Diagnostic>;

/**
 * A MeshAccessLog as lints see it: its nodes, of whatever shape. A lint looks at what is there and passes over what is
 * not; what is wrong with the shape is said by the schema.
 */
export class LintedPolicy {
  readonly resource: Resource;
  readonly spec: Node;
  /** The kind in the target of the policy itself. */
  readonly topKind: FormatPlace | undefined;
  readonly items: readonly ItemPlace[];
  readonly backends: readonly BackendPlace[];
  readonly #members: Members;
  #findings: Diagnostic[] | undefined;
  #about: ResourceIdentity | undefined;

  constructor(resource: Resource, spec: Node, members: Members) {
    this.resource = resource;
    this.spec = spec;
    const target = child({ node: spec, at: ["spec"] }, "targetRef");
    this.topKind = target && textAt(target, "kind");
    this.items = itemPlaces(spec);
    this.backends = backendPlaces(spec);
    this.#members = members;
  }

  /** What was said of it. */
  get findings(): readonly Diagnostic[] {
    return this.#findings ?? [];
  }

  /** What findings say of the policy. */
  get about(): ResourceIdentity {
    return (this.#about ??= identityOf(this.resource));
  }

  /** Makes a finding. */
  say<C extends Code>(code: C, place: Span, parameters: MessageParameters<Messages, C>, more: More = {}): void {
    this.add(finding(this.resource.file, this.about, this.#members, code, place, parameters, more));
  }

  /** Adds a finding that is made already. */
  add(diagnostic: Diagnostic): void {
    (this.#findings ??= []).push(diagnostic);
  }
}

/** What a finding may say beside its text. */
interface More {
  /** The releases that it holds for; by default all. */
  readonly affects?: readonly string[];
  readonly at?: Path;
  readonly fixes?: readonly Fix[];
  readonly related?: readonly RelatedPlace[];
  readonly controlPlane?: { readonly message: string };
  readonly envoy?: { readonly message: string };
  /** Where it is not that of its code. */
  readonly severity?: Severity | undefined;
}

/** Makes a finding about the policy that a lint looks at. */
export type Say = <C extends Code>(
  code: C,
  place: Span,
  parameters: MessageParameters<Messages, C>,
  more?: More,
) => Diagnostic;

/** Makes findings about a resource. */
export function sayOf(resource: Resource, members: Members): Say {
  const about = identityOf(resource);
  return (code, place, parameters, more = {}) => finding(resource.file, about, members, code, place, parameters, more);
}

function finding<C extends Code>(
  file: string,
  resource: ResourceIdentity,
  members: Members,
  code: C,
  { start, end }: Span,
  parameters: MessageParameters<Messages, C>,
  { affects = members.names, at, fixes, related, controlPlane, envoy, severity }: More,
): Diagnostic {
  const details: { -readonly [D in keyof Details]: Details[D] } = { resource, affects };
  if (at !== undefined) details.path = fieldOf(at);
  if (fixes !== undefined && fixes.length > 0) details.fixes = fixes;
  if (related !== undefined) details.related = related;
  if (controlPlane !== undefined) details.controlPlane = controlPlane;
  const made = report(code, { file, start, end }, parameters, details);
  if (envoy === undefined && severity === undefined) return made;
  return { ...made, ...(envoy && { envoy }), ...(severity && { severity }) };
}
