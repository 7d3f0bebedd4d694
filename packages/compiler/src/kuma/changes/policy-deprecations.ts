import type { Change } from "../change.ts";

const useDataplane = "value for 'targetRef.kind' is deprecated, use Dataplane with labels instead";

/** What Kuma warns of when it accepts a policy. */
export const policyDeprecations: readonly Change[] = [
  {
    what: "MeshService at the top is deprecated.",
    landed: ["2.9.0"],
    sets: {
      deprecatedTopKinds: {
        MeshService:
          "MeshService value for 'targetRef.kind' is deprecated, use MeshSubset with 'kuma.io/service' tag instead",
      },
    },
    source: "pkg/plugins/policies/core/jsonpatch/validators/validator.go@2.9.19",
  },
  {
    what: "`from` is deprecated, and MeshSubset at the top.",
    landed: ["2.10.0"],
    sets: {
      deprecatesFrom: true,
      deprecatedTopKinds: {
        MeshService:
          "MeshService value for 'targetRef.kind' is deprecated, use MeshSubset with 'kuma.io/service' tag instead",
        MeshSubset: `MeshSubset ${useDataplane}`,
      },
    },
    source: "meshaccesslog/api/v1alpha1/deprecated.go@v2.10.11",
  },
  {
    what: "Every kind that selects by tags is deprecated at the top; the text always says MeshSubset (a bug).",
    landed: ["2.11.0"],
    sets: {
      deprecatedTopKinds: {
        MeshService: `MeshSubset ${useDataplane}`,
        MeshServiceSubset: `MeshSubset ${useDataplane}`,
        MeshSubset: `MeshSubset ${useDataplane}`,
      },
    },
    source: "pkg/plugins/policies/core/jsonpatch/validators/validator.go@v2.11.18",
  },
  {
    what: "The text for a deprecated kind names it.",
    landed: ["2.13.0"],
    sets: {
      deprecatedTopKinds: {
        MeshService: `MeshService ${useDataplane}`,
        MeshServiceSubset: `MeshServiceSubset ${useDataplane}`,
        MeshSubset: `MeshSubset ${useDataplane}`,
      },
    },
    source: "pkg/plugins/policies/core/jsonpatch/validators/validator.go:121@v2.14.3",
  },
  {
    what: "`openTelemetry.endpoint` is deprecated in favour of `backendRef`.",
    landed: ["2.14.1"],
    sets: { deprecatesEndpoint: true },
    source: "meshaccesslog/api/v1alpha1/deprecated.go@v2.14.1",
  },
  {
    what: "Nothing is deprecated any more: it is gone.",
    landed: ["main"],
    sets: { deprecatesFrom: false, deprecatesEndpoint: false, deprecatedTopKinds: {} },
    source: "meshaccesslog/api/v1alpha1/@main",
  },
];
