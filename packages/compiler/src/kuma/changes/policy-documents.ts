import type { Change } from "../change.ts";

/** How a document becomes a policy: schema, defaults, decoding, and what stands beside `spec`. */
export const policyDocuments: readonly Change[] = [
  {
    what: "The schema judges the document as it came, before it is decoded: types and nulls are violations instead of decoding errors.",
    landed: ["2.1.0"],
    sets: { schemaStage: "raw" },
    source: "pkg/core/resources/model/rest/schema.go:13@2.1.7",
  },
  {
    what: "Type, mesh, name and labels are decoded with the rest, after the schema.",
    landed: ["2.4.0"],
    sets: { metaDecoding: "with-the-rest", decodingError: "in-single-quotes" },
    source: "pkg/core/resources/model/rest/unmarshaller.go@2.4.10",
  },
  {
    what: "Names are DNS subdomains of at most 253 characters; names of meshes may have dots.",
    landed: ["2.5.0"],
    sets: { nameSyntax: "subdomain" },
    source: "pkg/core/resources/apis/mesh/meta_validator.go:64@2.5.11",
  },
  {
    what: "Resources have labels.",
    landed: ["2.6.0"],
    sets: { hasLabels: true, decodingError: "in-go-quotes" },
    source: "pkg/core/resources/model/rest/v1alpha1/meta.go@2.6.15",
  },
  {
    what: "The schema knows labels, and wants type, name and spec.",
    landed: ["2.8.0"],
    sets: {
      resourceFields: ["type", "mesh", "name", "labels"],
      requiredResourceFields: ["type", "name", "spec"],
    },
    source: "meshaccesslog/api/v1alpha1/schema.yaml@2.8.8",
  },
  {
    what: "Defaults are filled in before the schema judges: the mesh may be left out, and null is absent where there is a default.",
    landed: ["2.10.0"],
    sets: {
      schemaStage: "defaulted",
      resourceFields: ["type", "mesh", "name", "labels", "creationTime", "modificationTime"],
    },
    source: "pkg/core/resources/model/rest/unmarshaller.go:80@v2.14.3",
  },
  {
    what: "Resources show their `kri`.",
    landed: ["2.13.0"],
    sets: { resourceFields: ["type", "mesh", "name", "labels", "creationTime", "modificationTime", "kri"] },
    source: "meshaccesslog/api/v1alpha1/rest.yaml@v2.13.10",
  },
  {
    what: "Policies have a status: whether their references resolve.",
    landed: ["2.14.0"],
    sets: { resourceFields: ["type", "mesh", "name", "labels", "creationTime", "modificationTime", "kri", "status"] },
    source: "meshaccesslog/api/v1alpha1/rest.yaml@v2.14.3",
  },
  {
    what: "The violations of the schema are sorted by their texts; before, their order is random.",
    landed: ["main"],
    sets: { schemaOrder: "by-text" },
    source: "pkg/core/resources/model/rest/unmarshaller.go:150@main",
  },
];
