import type { TargetRef } from "./policy.ts";
import { entryViolation, type LocatedViolation, type Path, violation } from "./violation.ts";

/** What a position allows. */
export interface TargetRefOptions {
  readonly kinds: readonly string[];
  /** The policy has `rules` or `from`: a section of a Dataplane can be selected. */
  readonly isInboundPolicy: boolean;
}

type Check = (ref: TargetRef, at: Path, options: TargetRefOptions) => readonly LocatedViolation[];

/** Kuma's checks of a targetRef (pkg/core/resources/apis/mesh/validators.go@v2.14.3). */
export function checkTargetRef(ref: TargetRef, at: Path, options: TargetRefOptions): readonly LocatedViolation[] {
  if (!options.kinds.includes(ref.kind)) return [violation([...at, "kind"], `value '${ref.kind}' is not supported`)];
  return (checks[ref.kind] ?? []).flatMap((check) => check(ref, at, options));
}

const forbidden =
  (...fields: (keyof TargetRef)[]): Check =>
  (ref, at) =>
    fields
      .filter((field) => isSet(ref[field]))
      .map((field) => violation([...at, field], `must not be set with kind ${ref.kind}`));

const nameRequired: Check = (ref, at) =>
  isSet(ref.name) ? [] : [violation([...at, "name"], `must be set when kind is ${ref.kind}`)];

const nameOrLabelsRequired: Check = (ref, at) =>
  isSet(ref.name) || isSet(ref.labels) ? [] : [violation(at, `name or labels must be set when kind is ${ref.kind}`)];

const noNameYet: Check = (ref, at) =>
  isSet(ref.name) ? [violation([...at, "name"], "using name with kind Mesh is not yet supported")] : [];

const nameSyntax: Check = (ref, at) =>
  !isSet(ref.name) || /^[0-9a-z.\-_]*$/.test(ref.name ?? "")
    ? []
    : [
        violation(
          [...at, "name"],
          "invalid characters: must consist of lower case alphanumeric characters, '-', '.' and '_'.",
        ),
      ];

const labelsAlone =
  (message: string, ...others: (keyof TargetRef)[]): Check =>
  (ref, at) =>
    isSet(ref.labels) && others.some((field) => isSet(ref[field])) ? [violation([...at, "labels"], message)] : [];

const notByNameAndNamespace = labelsAlone("either labels or name and namespace must be specified", "name", "namespace");
const notByName = labelsAlone("either labels or name must be specified", "name", "namespace");

const proxyTypesNotEmpty: Check = (ref, at) =>
  ref.proxyTypes?.length === 0
    ? [violation([...at, "proxyTypes"], "must be undefined or have at least one element")]
    : [];

const sectionOfInbound: Check = (ref, at, { isInboundPolicy }) =>
  isSet(ref.sectionName) && !isInboundPolicy
    ? [violation([...at, "sectionName"], "can only be used with inbound policies")]
    : [];

const tagSyntax =
  (valuePattern: RegExp, valueMessage: string): Check =>
  (ref, at) =>
    Object.entries(ref.tags ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([key, value]) => {
        const tags = [...at, "tags"];
        return [
          ...(key === "" ? [violation(tags, "tag name must be non-empty")] : []),
          ...(/^[a-zA-Z0-9.\-_:/]*$/.test(key)
            ? []
            : [
                entryViolation(
                  tags,
                  key,
                  "tag name must consist of alphanumeric characters, dots, dashes, slashes and underscores",
                ),
              ]),
          ...(value === "" ? [entryViolation(tags, key, "tag value must be non-empty")] : []),
          ...(valuePattern.test(value) ? [] : [entryViolation(tags, key, valueMessage)]),
        ];
      });

const tags = tagSyntax(
  /^[a-zA-Z0-9.\-_:]*$/,
  "tag value must consist of alphanumeric characters, dots, dashes and underscores",
);
const tagSelector = tagSyntax(
  /^([a-zA-Z0-9.\-_:/]*|\*)$/,
  'tag value must consist of alphanumeric characters, dots, dashes, slashes and underscores or be "*"',
);

const selector: readonly Check[] = [
  nameRequired,
  nameSyntax,
  forbidden("mesh", "proxyTypes"),
  tagSelector,
  forbidden("labels", "namespace", "sectionName"),
];

/** What is checked for each kind, in Kuma's order. MeshMultiZoneService has no checks at all. */
const checks: Readonly<Record<string, readonly Check[]>> = {
  Mesh: [noNameYet, forbidden("mesh", "tags", "labels", "namespace", "sectionName"), proxyTypesNotEmpty],
  MeshSubset: [forbidden("name", "mesh"), tags, forbidden("labels", "namespace", "sectionName"), proxyTypesNotEmpty],
  Dataplane: [forbidden("tags", "mesh", "proxyTypes"), notByNameAndNamespace, sectionOfInbound],
  MeshService: [nameSyntax, forbidden("mesh", "tags", "proxyTypes"), nameOrLabelsRequired, notByNameAndNamespace],
  MeshServiceSubset: selector,
  MeshGateway: selector,
  MeshExternalService: [
    nameSyntax,
    forbidden("mesh", "tags", "proxyTypes"),
    nameOrLabelsRequired,
    notByName,
    forbidden("sectionName"),
  ],
  MeshHTTPRoute: [
    nameSyntax,
    forbidden("mesh", "tags", "proxyTypes", "sectionName"),
    nameOrLabelsRequired,
    notByNameAndNamespace,
  ],
};

/** Kuma's "set": a string, list or map that is not empty. */
function isSet(value: string | readonly string[] | Readonly<Record<string, string>> | undefined): boolean {
  return value !== undefined && (typeof value === "object" ? Object.keys(value).length > 0 : value !== "");
}
