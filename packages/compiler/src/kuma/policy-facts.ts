import { type LabelFacts, oldestLabels } from "./label-facts.ts";

/**
 * What differs between releases of Kuma in which policies they accept, and in what they answer to the others. Texts are
 * Kuma's own; `{kind}` in them stands for the kind of a targetRef.
 */
export interface PolicyFacts extends LabelFacts {
  /** Whether the schema judges what Go decoded, the document as it came, or the document after its defaults were filled in. */
  readonly schemaStage: "decoded" | "raw" | "defaulted";
  /** The violations of the schema come in random order, or sorted by their whole texts. */
  readonly schemaOrder: "random" | "by-text";
  /** Whether type, mesh, name and times are decoded before anything else, or with the rest after the schema. */
  readonly metaDecoding: "first" | "with-the-rest";
  /** How a decoding error of Go is handed on. */
  readonly decodingError: "with-name" | "in-single-quotes" | "in-go-quotes";
  /** The syntax of names: of a small set of characters, or a DNS subdomain. Each with its messages. */
  readonly nameSyntax: "characters" | "subdomain";

  /** What may stand beside `spec` on Universal, as far as the schema knows it. */
  readonly resourceFields: readonly ResourceField[];
  /** What of it must be there. */
  readonly requiredResourceFields: readonly (ResourceField | "spec")[];
  /** Whether Go's resource has labels. */
  readonly hasLabels: boolean;
  /** The lists of a policy that say what is logged. */
  readonly itemLists: readonly ItemList[];
  /** Where the schema wants a targetRef. */
  readonly requiredTargetRefs: "none" | "top-and-items" | "items";
  /** Whether `default` of an item, `kind` of a targetRef, `key` and `value` of a field must be there. */
  readonly requiresParts: boolean;
  /** The fields of a targetRef. */
  readonly targetRefFields: readonly TargetRefField[];
  /** The kinds that the schema knows, in the order in which its message lists them. */
  readonly schemaKinds: readonly string[];
  /** The same in `to`, where it is another list. */
  readonly schemaKindsOfTo: readonly string[] | undefined;
  /** Whether the schema wants at least one of `proxyTypes` where there is the field. */
  readonly proxyTypesAtLeastOne: boolean;
  /** Whether there are OpenTelemetry backends, and whether these have a body. */
  readonly hasOpenTelemetry: boolean;
  readonly openTelemetryBody: "none" | "any-value";
  /** `path` and `address` in the schema. */
  readonly destinations: "optional" | "required" | "not-empty";
  readonly omitEmptyValues: "unknown" | "optional" | "with-default";
  /** What an OpenTelemetry backend sends to. */
  readonly openTelemetryDestination: "endpoint" | "endpoint-or-backend-ref" | "backend-ref";
  /** Names of OpenTelemetry attributes are anything, or of OpenTelemetry's grammar. */
  readonly attributeNames: "any" | "checked";
  /** Whether an item of `rules` has `matches`. */
  readonly ruleMatches: boolean;

  /** The kinds that the validator takes, by position. */
  readonly topKinds: readonly string[];
  readonly toKinds: readonly string[];
  /** The same under a MeshGateway, where it is another list. */
  readonly toKindsOfGateway: readonly string[] | undefined;
  /** What is checked of a targetRef, by kind, in Kuma's order. A kind that is not here is not checked. */
  readonly targetRefChecks: Readonly<Record<string, readonly TargetRefCheck[]>>;
  readonly kindMissing: string;
  readonly kindUnsupported: string;
  readonly fieldForbidden: string;
  readonly fieldRequired: string;
  /** The characters of a targetRef's name. */
  readonly referenceName: "dashes-and-underscores" | "and-dots";
  /** How `to`, `from` and `rules` go together. */
  readonly combination: "to-or-from" | "rules-or-others" | "rules-or-to";
  /** Whether policies on MeshGatewayRoute are accepted; they have no `to`. */
  readonly hasGatewayRoutes: boolean;
  /** Whether the contents of `rules` are checked only in a policy that has `from` too. */
  readonly checksRules: "beside-from" | "always";
  /** Which bodies of a backend are checked: every one, the first of file and tcp, or the one that `type` names. */
  readonly backendChecks: "every-body" | "first-body" | "by-type";
  /** What a format may have: at most one of plain and json, exactly one, or what `type` names. */
  readonly formatChecks: "at-most-one" | "exactly-one" | "by-type";

  /** What Kuma warns of when it accepts a policy. */
  readonly deprecatesFrom: boolean;
  readonly deprecatesEndpoint: boolean;
  /** The warning by kind of the top targetRef. */
  readonly deprecatedTopKinds: Readonly<Record<string, string>>;
}

/** A list of items of a policy. */
export type ItemList = "to" | "from" | "rules";

export type ResourceField =
  "type" | "mesh" | "name" | "labels" | "creationTime" | "modificationTime" | "kri" | "status";

export type TargetRefField = "kind" | "name" | "mesh" | "tags" | "proxyTypes" | "labels" | "namespace" | "sectionName";

/** A check of a targetRef. `no x`: the field must not be set. */
export type TargetRefCheck =
  | `no ${Exclude<TargetRefField, "kind">}`
  | "no name yet"
  | "name"
  | "labels"
  | "name without labels"
  | "name or labels"
  | "name syntax"
  | "tag syntax"
  | "tag selector syntax"
  | "listener tags"
  | "labels without name and namespace"
  | "labels without name"
  | "labels without sectionName"
  | "proxyTypes not empty"
  | "sectionName inbound only";

const kinds20: readonly string[] = ["Mesh", "MeshSubset", "MeshService", "MeshServiceSubset", "MeshGatewayRoute"];

/** Kuma 2.0 (meshaccesslog/api/v1alpha1/{meshaccesslog,validator}.go, policies/matchers/validators/validator.go @2.0.8). */
export const oldestPolicyFacts: PolicyFacts = {
  ...oldestLabels,

  schemaStage: "decoded",
  schemaOrder: "random",
  metaDecoding: "first",
  decodingError: "with-name",
  nameSyntax: "characters",

  resourceFields: ["type", "mesh", "name"],
  requiredResourceFields: [],
  hasLabels: false,
  itemLists: ["to", "from"],
  requiredTargetRefs: "none",
  requiresParts: false,
  targetRefFields: ["kind", "name", "mesh", "tags"],
  schemaKinds: kinds20,
  schemaKindsOfTo: undefined,
  proxyTypesAtLeastOne: false,
  hasOpenTelemetry: false,
  openTelemetryBody: "none",
  destinations: "optional",
  omitEmptyValues: "unknown",
  openTelemetryDestination: "endpoint",
  attributeNames: "any",
  ruleMatches: false,

  topKinds: kinds20,
  toKinds: ["Mesh", "MeshService"],
  toKindsOfGateway: undefined,
  targetRefChecks: {
    Mesh: ["no name yet", "no mesh", "no tags"],
    MeshSubset: ["no name", "no mesh"],
    MeshService: ["name", "no mesh", "no tags"],
    MeshServiceSubset: ["name", "no mesh"],
    MeshGatewayRoute: ["name", "no mesh"],
  },
  kindMissing: "must be set",
  kindUnsupported: "value is not supported",
  fieldForbidden: "cannot be set with kind {kind}",
  fieldRequired: "must be set with kind {kind}",
  referenceName: "dashes-and-underscores",
  combination: "to-or-from",
  hasGatewayRoutes: true,
  checksRules: "always",
  backendChecks: "every-body",
  formatChecks: "at-most-one",

  deprecatesFrom: false,
  deprecatesEndpoint: false,
  deprecatedTopKinds: {},
};
