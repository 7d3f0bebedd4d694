import type { Change } from "../change.ts";
import type { TargetRefCheck } from "../policy-facts.ts";

type Checks = Readonly<Record<string, readonly TargetRefCheck[]>>;

const noReference: readonly TargetRefCheck[] = ["no labels", "no namespace", "no sectionName"];

/** pkg/plugins/policies/core/matchers/validators/validator.go@2.4.10. A MeshGateway is not checked at all. */
const checks23: Checks = {
  Mesh: ["no name yet", "no mesh", "no tags"],
  MeshSubset: ["no name", "no mesh"],
  MeshService: ["name", "no mesh", "no tags"],
  MeshServiceSubset: ["name", "no mesh"],
};

const checks25: Checks = {
  Mesh: ["no name yet", "no mesh", "no tags"],
  MeshSubset: ["no name", "no mesh", "tag syntax"],
  MeshService: ["name", "name syntax", "no mesh", "no tags"],
  MeshHTTPRoute: ["name", "name syntax", "no mesh", "no tags"],
  MeshServiceSubset: ["name", "name syntax", "no mesh", "tag syntax"],
  MeshGateway: ["name", "name syntax", "no mesh", "tag syntax"],
};

const checks26: Checks = {
  ...checks25,
  MeshService: ["name", "name syntax", "no mesh", "no tags", "no proxyTypes"],
  MeshHTTPRoute: ["name", "name syntax", "no mesh", "no tags", "no proxyTypes"],
  MeshServiceSubset: ["name", "name syntax", "no mesh", "no proxyTypes", "tag syntax"],
  MeshGateway: ["name", "name syntax", "no mesh", "no proxyTypes", "tag syntax", "listener tags"],
};

const resource28: readonly TargetRefCheck[] = ["name", "name syntax", "no mesh", "no proxyTypes", "tag syntax"];

const service28: readonly TargetRefCheck[] = [
  "name syntax",
  "no mesh",
  "no tags",
  "no proxyTypes",
  "name without labels",
  "labels without name and namespace",
  "labels without sectionName",
];

const checks28: Checks = {
  Mesh: ["no name yet", "no mesh", "no tags", ...noReference],
  MeshSubset: ["no name", "no mesh", "tag syntax", ...noReference],
  MeshService: service28,
  MeshHTTPRoute: service28,
  MeshServiceSubset: [...resource28, ...noReference],
  MeshGateway: [...resource28, "listener tags", ...noReference],
  MeshExternalService: [...resource28, ...noReference],
};

/** A MeshMultiZoneService is not checked at all. */
const checks29: Checks = {
  ...checks28,
  MeshExternalService: [
    "name syntax",
    "no mesh",
    "no tags",
    "no proxyTypes",
    "name without labels",
    "labels without name",
    "no sectionName",
  ],
};

const selector: readonly TargetRefCheck[] = ["name", "name syntax", "no mesh", "no proxyTypes", "tag selector syntax"];

const service210: readonly TargetRefCheck[] = [
  "name syntax",
  "no mesh",
  "no tags",
  "no proxyTypes",
  "name without labels",
  "labels without name and namespace",
];

const checks210: Checks = {
  ...checks29,
  Mesh: ["no name yet", "no mesh", "no tags", ...noReference, "proxyTypes not empty"],
  Dataplane: ["no tags", "no mesh", "no proxyTypes", "labels without name and namespace", "sectionName inbound only"],
  MeshSubset: ["no name", "no mesh", "tag syntax", ...noReference, "proxyTypes not empty"],
  MeshService: service210,
  MeshHTTPRoute: service210,
  MeshServiceSubset: [...selector, ...noReference],
  MeshGateway: [...selector, "listener tags", ...noReference],
};

const checks211: Checks = {
  ...checks210,
  MeshHTTPRoute: [
    "name syntax",
    "no mesh",
    "no tags",
    "no proxyTypes",
    "no sectionName",
    "name without labels",
    "labels without name and namespace",
  ],
};

/** Of a real resource either name or labels must be given. */
const checks214: Checks = {
  ...checks211,
  MeshService: [
    "name syntax",
    "no mesh",
    "no tags",
    "no proxyTypes",
    "name or labels",
    "labels without name and namespace",
  ],
  MeshHTTPRoute: [
    "name syntax",
    "no mesh",
    "no tags",
    "no proxyTypes",
    "no sectionName",
    "name or labels",
    "labels without name and namespace",
  ],
  MeshExternalService: [
    "name syntax",
    "no mesh",
    "no tags",
    "no proxyTypes",
    "name or labels",
    "labels without name",
    "no sectionName",
  ],
};

const checksMain: Checks = {
  Mesh: ["no labels", "no sectionName"],
  Dataplane: ["sectionName inbound only"],
  MeshService: ["labels"],
  MeshHTTPRoute: ["no sectionName", "labels"],
  MeshExternalService: ["no sectionName", "labels"],
  MeshMultiZoneService: ["labels"],
};

const kinds24 = ["Mesh", "MeshSubset", "MeshGateway", "MeshService", "MeshServiceSubset", "MeshHTTPRoute"];
const kinds28 = [
  "Mesh",
  "MeshSubset",
  "MeshGateway",
  "MeshService",
  "MeshExternalService",
  "MeshServiceSubset",
  "MeshHTTPRoute",
];
const kinds29 = [
  "Mesh",
  "MeshSubset",
  "MeshGateway",
  "MeshService",
  "MeshExternalService",
  "MeshMultiZoneService",
  "MeshServiceSubset",
  "MeshHTTPRoute",
];
const topKinds24 = ["Mesh", "MeshSubset", "MeshGateway", "MeshService", "MeshServiceSubset"];
const toKinds29 = ["Mesh", "MeshService", "MeshExternalService", "MeshMultiZoneService"];
const toKinds211 = [...toKinds29, "MeshHTTPRoute"];

/** What a targetRef may say: the kinds by position, their fields, and what is checked of them. */
export const policyTargetRefs: readonly Change[] = [
  {
    what: "Every targetRef is required.",
    landed: ["2.1.0"],
    sets: { requiredTargetRefs: "top-and-items" },
    source: "meshaccesslog/api/v1alpha1/schema.yaml@2.1.7",
  },
  {
    what: "MeshGatewayRoute is gone; MeshHTTPRoute is known to the schema alone.",
    landed: ["2.3.0"],
    sets: {
      schemaKinds: ["Mesh", "MeshSubset", "MeshService", "MeshServiceSubset", "MeshHTTPRoute"],
      topKinds: ["Mesh", "MeshSubset", "MeshService", "MeshServiceSubset"],
      targetRefChecks: checks23,
      hasGatewayRoutes: false,
    },
    source: "meshaccesslog/api/v1alpha1/validator.go:25@2.3.7",
  },
  {
    what: "The top targetRef may be a MeshGateway, which is not checked any further.",
    landed: ["2.4.0"],
    sets: { schemaKinds: kinds24, topKinds: topKinds24 },
    source: "meshaccesslog/api/v1alpha1/validator.go@2.4.10",
  },
  {
    what: "Names and tags of a targetRef are checked, and the texts are new.",
    landed: ["2.5.0"],
    sets: {
      targetRefChecks: checks25,
      kindMissing: "must be defined",
      fieldForbidden: "must not be set with kind {kind}",
    },
    source: "pkg/core/resources/apis/mesh/validators.go@2.5.11",
  },
  {
    what: "`proxyTypes`, and dots in names.",
    landed: ["2.6.0"],
    sets: {
      targetRefFields: ["kind", "name", "mesh", "tags", "proxyTypes"],
      proxyTypesAtLeastOne: true,
      targetRefChecks: checks26,
      referenceName: "and-dots",
    },
    source: "pkg/core/resources/apis/mesh/validators.go@2.6.15",
  },
  {
    what: "`labels`, `namespace` and `sectionName`; MeshExternalService is known to the schema alone.",
    landed: ["2.8.0"],
    sets: {
      targetRefFields: ["kind", "name", "mesh", "tags", "proxyTypes", "labels", "namespace", "sectionName"],
      schemaKinds: kinds28,
      targetRefChecks: checks28,
    },
    source: "pkg/core/resources/apis/mesh/validators.go@2.8.8",
  },
  {
    what: "The top targetRef may be left out: Mesh. `to` takes MeshExternalService and MeshMultiZoneService, but only Mesh under a MeshGateway.",
    landed: ["2.9.0"],
    sets: {
      requiredTargetRefs: "items",
      schemaKinds: kinds29,
      toKinds: toKinds29,
      toKindsOfGateway: ["Mesh"],
      targetRefChecks: checks29,
    },
    source: "meshaccesslog/api/v1alpha1/validator.go:57@2.9.19",
  },
  {
    what: "The top targetRef may be a Dataplane; tags of MeshServiceSubset and MeshGateway are selectors.",
    landed: ["2.10.0"],
    sets: {
      schemaKinds: [...kinds29, "Dataplane"],
      topKinds: [...topKinds24, "Dataplane"],
      proxyTypesAtLeastOne: false,
      targetRefChecks: checks210,
    },
    source: "pkg/core/resources/apis/mesh/validators.go@v2.10.11",
  },
  {
    what: "`to` takes MeshHTTPRoute, without `sectionName`.",
    landed: ["2.11.0"],
    sets: { toKinds: toKinds211, targetRefChecks: checks211 },
    source: "meshaccesslog/api/v1alpha1/validator.go:86@v2.11.18",
  },
  {
    what: "The text for an unsupported kind names it.",
    landed: ["2.13.0"],
    sets: { kindUnsupported: "value '{kind}' is not supported" },
    source: "pkg/core/resources/apis/mesh/validators.go@v2.13.10",
  },
  {
    what: "Real resources are named by name or by labels, with a text of its own.",
    landed: ["2.14.0"],
    sets: { targetRefChecks: checks214, fieldRequired: "must be set when kind is {kind}" },
    source: "pkg/core/resources/apis/mesh/validators.go@v2.14.3",
  },
  {
    what: "Only Mesh and Dataplane at the top; real resources by labels alone. `name`, `namespace`, `tags`, `mesh` and `proxyTypes` are dropped in silence.",
    landed: ["main"],
    sets: {
      targetRefFields: ["kind", "labels", "sectionName"],
      schemaKinds: ["Mesh", "Dataplane"],
      schemaKindsOfTo: toKinds211,
      topKinds: ["Mesh", "Dataplane"],
      toKinds: toKinds211,
      toKindsOfGateway: undefined,
      targetRefChecks: checksMain,
    },
    source: "pkg/core/resources/apis/mesh/validators.go:285@main",
  },
];
