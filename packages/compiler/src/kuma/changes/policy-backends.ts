import type { Change } from "../change.ts";

/** What a policy may say of items, backends and formats, and how Kuma checks it. */
export const policyBackends: readonly Change[] = [
  {
    what: "`path` and `address` are required; of several bodies only the first of file and tcp is checked.",
    landed: ["2.1.0"],
    sets: { destinations: "required", backendChecks: "first-body" },
    source: "meshaccesslog/api/v1alpha1/validator.go:84@2.1.7",
  },
  {
    what: "A format that is given has exactly one of plain and json, and it is not empty; `omitEmptyValues`.",
    landed: ["2.1.0"],
    sets: { formatChecks: "exactly-one", omitEmptyValues: "optional" },
    source: "meshaccesslog/api/v1alpha1/validator.go:109@2.1.7",
  },
  {
    what: "OpenTelemetry backends, with an endpoint and attributes.",
    landed: ["2.2.0"],
    sets: { hasOpenTelemetry: true },
    source: "meshaccesslog/api/v1alpha1/meshaccesslog.go@2.2.9",
  },
  {
    what: "`type` says what a backend and a format are.",
    landed: ["2.3.0"],
    sets: { backendChecks: "by-type", formatChecks: "by-type" },
    source: "meshaccesslog/api/v1alpha1/validator.go:85@2.3.7",
  },
  {
    what: "OpenTelemetry backends have a body.",
    landed: ["2.4.0"],
    sets: { openTelemetryBody: "any-value" },
    source: "meshaccesslog/api/v1alpha1/meshaccesslog.go@2.4.10",
  },
  {
    what: "The schema refuses an empty path or address; `omitEmptyValues` has a default.",
    landed: ["2.6.0"],
    sets: { destinations: "not-empty", omitEmptyValues: "with-default" },
    source: "meshaccesslog/api/v1alpha1/schema.yaml@2.6.15",
  },
  {
    what: "`rules` for inbounds; their contents are checked only where the policy has `from` as well (a bug).",
    landed: ["2.10.0"],
    sets: { itemLists: ["to", "from", "rules"], combination: "rules-or-others", checksRules: "beside-from" },
    source: "meshaccesslog/api/v1alpha1/validator.go:31@v2.10.11",
  },
  {
    what: "`default` of an item, `kind` of a targetRef, `key` and `value` are required.",
    landed: ["2.10.0"],
    sets: { requiresParts: true },
    source: "meshaccesslog/api/v1alpha1/schema.yaml@v2.10.11",
  },
  {
    what: "The contents of `rules` are checked; a rule may have `matches`.",
    landed: ["2.14.0"],
    sets: { checksRules: "always", ruleMatches: true },
    source: "meshaccesslog/api/v1alpha1/validator.go:31@v2.14.3",
  },
  {
    what: "OpenTelemetry: `backendRef` instead of an endpoint, exactly one of them; an endpoint is no URL.",
    landed: ["2.14.0"],
    sets: { openTelemetryDestination: "endpoint-or-backend-ref" },
    source: "pkg/core/validators/common_validators.go:316@v2.14.3",
  },
  {
    what: "OpenTelemetry attributes have names of OpenTelemetry's grammar, and not its prefix `otel.`.",
    landed: ["2.14.0"],
    sets: { attributeNames: "checked" },
    source: "pkg/core/validators/common_validators.go:249@v2.14.3",
  },
  {
    what: "`from` and `openTelemetry.endpoint` are gone: dropped in silence.",
    landed: ["main"],
    sets: { itemLists: ["to", "rules"], combination: "rules-or-to", openTelemetryDestination: "backend-ref" },
    source: "meshaccesslog/api/v1alpha1/validator.go:18@main",
  },
];
