import type { Change } from "../change.ts";

/** What is filled in and checked of labels, and where policies may stand. */
export const policyLabels: readonly Change[] = [
  {
    what: "Labels are checked on apply: where a resource comes from, and their syntax.",
    landed: ["2.6.0"],
    sets: {
      namespaceLabel: "always",
      displayNameLabel: "on-kubernetes",
      labelChecks: ["origin", "origin of zone", "syntax"],
      admissionChecks: ["origin of zone"],
    },
    source: "pkg/api-server/resource_endpoints.go:467@2.6.15",
  },
  {
    what: "Zones mark their resources with `kuma.io/origin`.",
    landed: ["2.6.1"],
    sets: { originLabel: "set-on-universal" },
    source: "pkg/api-server/resource_endpoints.go:355@2.6.15",
  },
  {
    what: "Policies may stand in any namespace of a zone, have a role there, and the name of their zone as a label.",
    landed: ["2.8.0"],
    sets: {
      originLabel: "if-absent",
      zoneLabel: true,
      policyRole: "by-lists",
      labelChecks: ["origin", "origin of zone", "zone", "syntax"],
      admissionChecks: ["origin in system namespace", "zone", "role given"],
      policyNamespaces: "any-in-zone",
    },
    source: "pkg/core/resources/model/resource.go:441@2.8.8",
  },
  {
    what: "Outside the system namespace `to` must not name a MeshService.",
    landed: ["2.8.0"],
    takenBack: ["2.9.0"],
    sets: { refusesServiceItems: true },
    source: "pkg/plugins/runtime/k8s/webhooks/validation.go:78@2.8.8",
  },
  {
    what: "A policy's role follows from its items: producer, consumer or workload owner; kinds that are not mixed are refused.",
    landed: ["2.9.0"],
    sets: {
      meshLabel: "everywhere",
      environmentLabel: true,
      zoneLabelsOf: "kinds-of-zones",
      namespaceLabel: "of-own-objects",
      policyRole: "by-services",
      labelChecks: ["origin", "origin of zone", "zone", "mesh", "syntax"],
      admissionChecks: ["origin in system namespace", "zone", "role"],
    },
    source: "pkg/core/resources/model/resource.go:502@2.9.19",
  },
  {
    what: "Proxies are labelled with their type.",
    landed: ["2.10.0"],
    sets: { proxyTypeLabel: true },
    source: "pkg/core/resources/model/resource.go:612@v2.10.11",
  },
  {
    what: "Routes make a producer policy like services; a global control plane refuses policies of zones.",
    landed: ["2.11.0"],
    sets: {
      policyRole: "by-services-and-routes",
      labelChecks: ["origin", "origin of global", "origin of zone", "zone", "mesh", "syntax"],
      admissionChecks: ["role", "origin of global", "origin in system namespace", "zone"],
      labelRefusal: "Operation not allowed. '{label}' label should have '{wanted}' value, got '{got}'",
    },
    source: "pkg/plugins/runtime/k8s/webhooks/resourceadmissionchecker.go:81@v2.11.18",
  },
  {
    what: "The refusal of a policy without an origin names the system namespace.",
    landed: ["2.12.0"],
    sets: {
      originRefusal:
        "Operation not allowed. Applying policies on Zone CP on a system namespace requires 'kuma.io/origin' label to be set to 'zone'.",
    },
    source: "pkg/plugins/runtime/k8s/webhooks/resourceadmissionchecker.go:118@v2.12.14",
  },
  {
    what: "The texts that refuse a label speak of label keys and bytes instead of qualified names and characters.",
    landed: ["2.7.26", "2.9.16", "2.11.14", "2.12.11", "2.13.6", "2.14.0"],
    sets: { labelSyntax: "label-key" },
    source: "go.mod (k8s.io/apimachinery v0.35.1)@v2.13.10",
  },
  {
    what: "Proxies are labelled with the kinds of zone listeners that they have.",
    landed: ["2.14.0"],
    sets: { zoneListenerLabels: true },
    source: "pkg/core/resources/labels/compute.go:172@v2.14.3",
  },
  {
    what: "Origin and display name are always written anew, a role follows from labels, a given role is checked, and proxies lose the label of their type.",
    landed: ["main"],
    sets: {
      originLabel: "set",
      displayNameLabel: "everywhere",
      proxyTypeLabel: false,
      policyRole: "by-display-names",
      labelChecks: ["origin", "origin of global", "origin of zone", "zone", "mesh", "role", "syntax"],
      checksOwners: true,
    },
    source: "pkg/core/resources/labels/compute.go:111@main",
  },
];
