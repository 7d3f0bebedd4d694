import { type DiagnosticTable, type MessageParameters, text } from "@meshlog/parser";
import type { Diagnostic, Location, ResourceIdentity, Variant, Violation } from "./diagnostics.ts";
import { oncePerText } from "./bounded-memory.ts";
import { oneCopy } from "./one-copy.ts";

/** Every code of the compiler, with the parameters of its message. The codes of formats are in `@meshlog/parser`. */
export interface Messages {
  "io/alias-bomb": never;
  "io/config-dump": "problem";
  "io/duplicate-resource": "kind" | "name" | "in" | "first";
  "io/invalid-resource": "kind" | "name" | "problem";
  "io/not-text": "problem";
  "io/own-document": "what" | "problem";
  "io/template": never;
  "io/too-deep": never;
  "io/yaml": "problem";
  "policy/schema": "violation";
  "policy/invalid": "violation";
  "policy/deprecated": "violation";
  "lint/duplicate-key": "key";
  "lint/unknown-field": "field";
  "lint/field-case": "field" | "meant";
  "lint/absent-mesh": "mesh";
  "format/empty-logger": never;
  "format/open-telemetry-value": "is";
  "generate/backend": never;
  "generate/endpoint": "host" | "port";
  "generate/format-member": never;
  "lint/body-ignored": never;
  "lint/body-not-any-value": never;
  "lint/cancels-nothing": never;
  "lint/constant-format": never;
  "lint/credentials": "header";
  "lint/dangling-backend": "mesh";
  "lint/dangling-target": "kind" | "name" | "mesh";
  "lint/duplicate-attribute": "key";
  "lint/duplicate-field": "key";
  "lint/endpoint": "host" | "port";
  "lint/escape-in-field": "escape";
  "lint/ignored-traffic-log": never;
  "lint/known-defect": "what" | "issue";
  "lint/labels": "violation";
  "lint/mesh-logging": never;
  "lint/not-a-format": "operator" | "field";
  "lint/omit-empty-text": never;
  "lint/operator-in-key": "operator";
  "lint/other-backend": "other" | "named";
  "lint/patched-logs": "kind";
  "lint/plain-wins": never;
  "lint/removed-field": "removed" | "what" | "instead";
  "lint/resource-attribute": "key";
  "lint/selects-nothing": "kind";
  "lint/shared-inbound": "port";
  "lint/source-address-inbound": "operator" | "instead";
  "lint/source-service-inbound": never;
  "lint/suppression-reason": never;
  "lint/traffic-log": never;
  "lint/trailing-newline": never;
  "lint/unused-backend": "named" | "other";
  "lint/unused-json": never;
  "lint/unused-suppression": "code";
  "lint/wrong-suppression": "problem";
  "migrate/changes-logs": "what" | "proxies";
  "migrate/endpoint": "endpoint";
  "migrate/layout": "what";
  "migrate/names": "problem";
  "migrate/refused": "what" | "refusal";
  "migrate/selects-by-tags": "kind" | "problem";
  "migrate/several-bodies": "bodies";
  "migrate/traffic-log": "problem";
}

/** The code of a diagnostic of the compiler. */
export type Code = keyof Messages;

/** Every diagnostic of the compiler. */
export const messages: DiagnosticTable<Messages> = {
  "io/alias-bomb": {
    severity: "error",
    message: text`The aliases of this document stand for more than Kuma reads; write out what they repeat.`,
    help: "go-yaml refuses such documents (`document contains excessive aliasing`), and so do kumactl and kubectl. An alias counts for all that it repeats.",
    bad: "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]\nd: &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]\ne: [*d, *d, *d, *d, *d, *d, *d, *d, *d, *d]",
    good: "a: &a [x, x, x, x, x, x, x, x, x, x]\nb: [*a, *a]",
  },
  "io/config-dump": {
    severity: "error",
    message: text`This is no configuration of a live proxy: ${"problem"}.`,
    help: "Ask Envoy itself (`kubectl exec POD -c kuma-sidecar -- wget -qO- localhost:9901/config_dump`, `kumactl inspect dataplane NAME --type config-dump`), or Kuma's API: `/meshes/MESH/dataplanes/NAME/_config`.",
  },
  "io/duplicate-resource": {
    severity: "warning",
    message: text`${"kind"} ${"name"}${"in"} is already in ${"first"}, and a control plane holds it once; rename or remove one of them.`,
    help: "A bundle is the store of one zone control plane. `check` judges every document all the same; for `compile` and all that selects, the first counts, in the order of path and document.",
    bad: "type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}\n---\ntype: MeshAccessLog\nmesh: default\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}\n---\ntype: MeshAccessLog\nmesh: default\nname: b\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "io/invalid-resource": {
    severity: "error",
    message: text`No control plane holds this ${"kind"} "${"name"}", so it is left out: ${"problem"}.`,
    help: "The bundle stands for what a control plane has stored. Export the resource again, or correct it.",
    bad: "type: Dataplane\nmesh: default\nname: web-1\nnetworking:\n  inbound: [{port: 80, tags: {kuma.io/service: web}}]",
    good: "type: Dataplane\nmesh: default\nname: web-1\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: web}}]",
  },
  "io/not-text": {
    severity: "error",
    message: text`This file cannot be read, ${"problem"}; save it as UTF-8 text or leave it out with \`--ignore\`.`,
    help: "meshlog reads YAML and JSON in UTF-8, with or without a byte order mark.",
  },
  "io/own-document": {
    severity: "error",
    message: text`This is no ${"what"} of meshlog's: ${"problem"}.`,
    help: "`meshlog schema` prints the schema of each document that meshlog reads; an editor with it completes the keys.",
  },
  "io/template": {
    severity: "info",
    message: text`This looks like a template; run it through its template engine and check what comes out.`,
    help: "A document with `{{` that is no YAML is passed over. `helm template chart | meshlog check -` reads what the chart makes.",
    bad: "type: MeshAccessLog\nname: {{ .Values.name }}\n{{- if .Values.logs }}\nspec: {}\n{{- end }}",
    good: "type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "io/too-deep": {
    severity: "error",
    message: text`Maps and lists are nested more than 500 deep here; no resource of Kuma's needs that, so flatten or remove it.`,
    help: "The limit keeps a hostile file from using up the stack. Aliases count with what they stand for.",
  },
  "io/yaml": {
    severity: "error",
    message: text`Kuma cannot read this YAML: ${"problem"}.`,
    help: "kumactl and kubectl refuse the file as well. Documents before and after the broken one are read all the same.",
    bad: "type: MeshAccessLog\nname: a\nspec: {rules: [}",
    good: "type: MeshAccessLog\nmesh: default\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "policy/schema": {
    severity: "error",
    message: text`Kuma refuses this policy: ${"violation"}.`,
    help: "The policy does not have the shape that Kuma's API describes. Only when it has, Kuma looks at what it says.",
    bad: "rules:\n  - default:\n      backends:\n        - type: Kafka",
    good: "rules:\n  - default:\n      backends:\n        - type: File\n          file: {path: /dev/stdout}",
    source: "pkg/core/resources/model/rest/unmarshaller.go:150@v2.14.3",
  },
  "policy/invalid": {
    severity: "error",
    message: text`Kuma refuses this policy: ${"violation"}.`,
    help: "The text is that of Kuma's own validator: `kumactl apply` and the admission webhook answer the same.",
    bad: "targetRef: {kind: Mesh}",
    good: "rules:\n  - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    source: "pkg/plugins/policies/meshaccesslog/api/v1alpha1/validator.go:15@v2.14.3",
  },
  "policy/deprecated": {
    severity: "warning",
    message: text`Kuma warns: ${"violation"}.`,
    help: "Kuma accepts the policy and prints this warning, as `kumactl` and `kubectl` show it.",
    bad: "from:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "rules:\n  - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    source: "pkg/plugins/policies/meshaccesslog/api/v1alpha1/deprecated.go@v2.14.3",
  },
  "lint/duplicate-key": {
    severity: "warning",
    message: text`The key ${"key"} stands twice in this map and Kuma takes the last; remove one of them.`,
    help: "YAML forbids it, but go-yaml, with which Kuma reads, keeps the last value and says nothing.",
    bad: "type: File\nfile:\n  path: /a\n  path: /b",
    good: "type: File\nfile:\n  path: /b",
  },
  "lint/unknown-field": {
    severity: "warning",
    message: text`Kuma does not know the field "${"field"}" and drops it in silence.`,
    help: "Compare the spelling, capitals included, with the policy's schema.",
    bad: "rules:\n  - defaults: {}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "rules:\n  - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/field-case": {
    severity: "warning",
    message: text`Kuma takes "${"field"}" for "${"meant"}", but does not check it against its schema; write "${"meant"}".`,
    help: "Go's decoder does not look at the case of field names, the schema does. On Kubernetes the field would be dropped.",
    bad: "rules:\n  - Default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "rules:\n  - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/absent-mesh": {
    severity: "warning",
    message: text`The mesh "${"mesh"}" is not in the bundle; it counts as one without any settings.`,
    help: "Add the Mesh resource: its settings decide which listeners proxies have.",
    bad: "type: MeshAccessLog\nmesh: east\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: Mesh\nname: east\n---\ntype: MeshAccessLog\nmesh: east\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "format/empty-logger": {
    severity: "error",
    message: text`This backend has no body, so Kuma makes an empty access logger of it, which Envoy refuses with the whole listener.`,
    help: "Kuma 2.11 to 2.13 does not look into `rules`, and applies whichever of `tcp`, `file` and `openTelemetry` are there. From 2.14 on the policy itself is refused.",
    bad: "rules:\n  - default:\n      backends:\n        - type: File",
    good: "rules:\n  - default:\n      backends:\n        - type: File\n          file:\n            path: /dev/stdout",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:40@v2.11.18",
  },
  "format/open-telemetry-value": {
    severity: "error",
    message: text`Envoy takes no value of an OpenTelemetry log that is ${"is"}; write it as a stringValue.`,
    help: "Kuma reads the body as any value of OTLP and hands it on; Envoy refuses the whole listener for a number, a boolean, bytes, or an item without a value. Every value of an OpenTelemetry log of Envoy's is a string.",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  body:\n    intValue: 123",
    good: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  body:\n    stringValue: '123'",
    hasSafeFix: true,
  },
  "generate/backend": {
    severity: "error",
    message: text`This backend has no body: Kuma accepts the policy and then generates nothing for the proxies that it selects.`,
    help: "Kuma 2.10 does not look into `rules` unless the policy has `from` too. A proxy whose configuration fails keeps the one that it has, and a new one gets none.",
    bad: "rules:\n  - default:\n      backends:\n        - type: File",
    good: "rules:\n  - default:\n      backends:\n        - type: File\n          file:\n            path: /dev/stdout",
    source: "pkg/plugins/policies/meshaccesslog/api/v1alpha1/validator.go:31@v2.10.11",
  },
  "generate/endpoint": {
    severity: "error",
    message: text`Kuma reads this endpoint as the host "${"host"}" and port ${"port"}, refuses its own cluster for that, and generates nothing for the proxies that the policy selects.`,
    help: "Up to 2.13 an endpoint is split at its colons: an IPv6 address cannot be written, and a port above 65535, a negative one or an empty host fails the control plane's own validation.",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  endpoint: otel-collector:99999",
    good: "type: OpenTelemetry\nopenTelemetry:\n  endpoint: otel-collector:4317",
    source: "pkg/xds/server/v3/reconcile.go:88@v2.13.10",
  },
  "generate/format-member": {
    severity: "error",
    message: text`This format has neither \`plain\` nor \`json\`: Kuma accepts the policy and then generates nothing for the proxies that it selects.`,
    help: "Kuma 2.10 to 2.13 does not look into `rules` unless the policy has `from` too.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%PROTOCOL%'",
    source:
      "pkg/plugins/policies/meshaccesslog/api/v1alpha1/validator.go:31@v2.10.11, pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:239@v2.14.3",
  },
  "lint/body-ignored": {
    severity: "warning",
    message: text`This body names no value that Kuma knows, so the default format is logged instead of it.`,
    help: "A body is one of `stringValue`, `arrayValue`, `kvlistValue`. Other fields are passed over, and so is an empty `kvlistValue`: in the example of Kuma's documentation `values` stands beside it instead of below.",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  body:\n    kvlistValue:\n    values:\n      - key: 'mesh'\n        value:\n          stringValue: '%KUMA_MESH%'",
    good: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  body:\n    kvlistValue:\n      values:\n        - key: 'mesh'\n          value:\n            stringValue: '%KUMA_MESH%'",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:308@v2.14.3",
  },
  "lint/body-not-any-value": {
    severity: "warning",
    message: text`This body is no AnyValue of OTLP, so Kuma logs its JSON text, with quotes and escapes; write it as a stringValue.`,
    help: "Kuma reads the body as protobuf JSON of OTLP's AnyValue. What it cannot read so, a text or a list among it, becomes one string: the JSON that stands in the policy (kuma#8348).",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  body: '%PROTOCOL%'",
    good: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  body: {stringValue: '%PROTOCOL%'}",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:308@v2.14.3, kuma#8348",
  },
  "lint/cancels-nothing": {
    severity: "warning",
    message: text`No backends here switch nothing off: every inbound rule that a connection meets logs it, whatever other rules say.`,
    help: "From 2.14 on inbound rules are not merged, so an empty list is a rule without loggers. To stop logging, remove the backends from the policy that has them.",
    bad: "rules:\n  - default:\n      backends: []",
    good: "rules:\n  - default:\n      backends:\n        - type: File\n          file:\n            path: /dev/stdout",
  },
  "lint/constant-format": {
    severity: "warning",
    message: text`There is no operator in this format: every line of the log is the same.`,
    help: "A format is a text with operators such as `%PROTOCOL%` in it. A JSON record is the format type `Json` with a list of keys and values.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: JSON",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%PROTOCOL%'",
  },
  "lint/credentials": {
    severity: "warning",
    message: text`The header ${"header"} lets whoever reads the log act as the client; leave it out.`,
    help: "Access logs are kept and read by many. `%REQ(AUTHORIZATION):8%` prints the scheme without the secret, which is not reported.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%REQ(AUTHORIZATION)%'",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%REQ(USER-AGENT)%'",
  },
  "lint/dangling-backend": {
    severity: "warning",
    message: text`No MeshOpenTelemetryBackend of the mesh "${"mesh"}" has these labels, and Kuma leaves the logger out in silence.`,
    help: "The bundle holds backends of this mesh, so it seems to be meant to hold this one too. Kuma says `UnresolvedBackendRefs` in the status of the policy.",
    bad: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: OpenTelemetry\n            openTelemetry:\n              backendRef: {kind: MeshOpenTelemetryBackend, labels: {team: b}}\n---\ntype: MeshOpenTelemetryBackend\nname: collector\nlabels: {team: a}\nspec: {}",
    good: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: OpenTelemetry\n            openTelemetry:\n              backendRef: {kind: MeshOpenTelemetryBackend, labels: {team: a}}\n---\ntype: MeshOpenTelemetryBackend\nname: collector\nlabels: {team: a}\nspec: {}",
    source: "pkg/plugins/policies/core/xds/otel.go:58@v2.14.3",
  },
  "lint/dangling-target": {
    severity: "warning",
    message: text`There is no ${"kind"} "${"name"}" in the mesh "${"mesh"}" of this bundle.`,
    help: "The bundle holds others of this kind, so it seems to be meant to hold this one too. Kuma accepts the policy, and the item does nothing.",
    bad: "type: MeshAccessLog\nname: a\nspec:\n  to:\n    - targetRef: {kind: MeshHTTPRoute, name: api}\n      default: {backends: [{type: File, file: {path: /dev/stdout}}]}\n---\ntype: MeshHTTPRoute\nname: web\nspec: {}",
    good: "type: MeshAccessLog\nname: a\nspec:\n  to:\n    - targetRef: {kind: MeshHTTPRoute, name: web}\n      default: {backends: [{type: File, file: {path: /dev/stdout}}]}\n---\ntype: MeshHTTPRoute\nname: web\nspec: {}",
  },
  "lint/duplicate-attribute": {
    severity: "warning",
    message: text`The attribute "${"key"}" stands twice; OTLP wants keys to be unique, and which value stays is up to the collector.`,
    help: "Kuma and Envoy send both.",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  attributes:\n    - {key: a, value: '%PROTOCOL%'}\n    - {key: a, value: '%DURATION%'}",
    good: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  attributes:\n    - {key: a, value: '%PROTOCOL%'}\n    - {key: b, value: '%DURATION%'}",
  },
  "lint/duplicate-field": {
    severity: "warning",
    message: text`The key "${"key"}" stands again below, and only the last of its values is logged.`,
    help: "Kuma makes a map of the list, in which a later value takes the place of an earlier one, and says nothing (kuma#8296).",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json:\n      - key: a\n        value: '%PROTOCOL%'\n      - key: a\n        value: '%DURATION%'",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json:\n      - key: a\n        value: '%DURATION%'",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:277@v2.14.3, kuma#8296",
    hasSafeFix: true,
  },
  "lint/endpoint": {
    severity: "warning",
    message: text`Kuma reads this endpoint as the host "${"host"}" and port ${"port"}.`,
    help: "Up to 2.13 an endpoint is split at its colons, and a port that is no number is 0. From 2.14 on it is read as `host:port`, `[IPv6]:port` or an IPv6 address; what is none of these is a host as a whole, and the port is 4317.",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  endpoint: otel-collector:grpc",
    good: "type: OpenTelemetry\nopenTelemetry:\n  endpoint: otel-collector:4317",
    source: "pkg/plugins/policies/core/xds/otel.go:333@v2.14.3",
  },
  "lint/escape-in-field": {
    severity: "warning",
    message: text`"${"escape"}" is no escape here: Envoy gets the backslash as it stands and prints it.`,
    help: "Kuma looks whether key and value would be JSON, where it is an escape, and then hands them on as they are. A quote or a line break cannot be written in a field; an OpenTelemetry body or a plain format can hold it.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json:\n      - key: a\n        value: '\\\"%PROTOCOL%\\\"'",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json:\n      - key: a\n        value: '%PROTOCOL%'",
  },
  "lint/ignored-traffic-log": {
    severity: "warning",
    message: text`This Kuma passes over TrafficLog; write what it logs as a MeshAccessLog.`,
    help: "From 3.0 on TrafficLog and the logging of a Mesh have no effect.",
    bad: "type: TrafficLog\nname: t\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/known-defect": {
    severity: "warning",
    message: text`A defect of this Kuma: ${"what"} (${"issue"}).`,
    help: "meshlog compiles what Kuma makes of the policy, defect and all.",
    bad: "to:\n  - targetRef: {kind: MeshHTTPRoute, name: api}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "to:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/labels": {
    severity: "warning",
    message: text`Kuma would refuse these labels if the policy were applied: ${"violation"}.`,
    help: "The bundle counts as what a control plane has stored, so labels are taken as they are. With `labels: computed` they are filled in and checked as on apply, and this is an error.",
    bad: "type: MeshAccessLog\nname: a\nlabels: {kuma.io/origin: global-zone}\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: MeshAccessLog\nname: a\nlabels: {kuma.io/origin: zone}\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    source: "pkg/api-server/resource_endpoints.go:729@v2.14.3",
  },
  "lint/mesh-logging": {
    severity: "info",
    message: text`The logging of a Mesh goes with TrafficLog alone; MeshAccessLogs name their own backends.`,
    help: "There is no TrafficLog in this bundle. From 3.0 on Kuma passes over the field.",
    bad: "type: Mesh\nname: default\nlogging: {backends: []}\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: Mesh\nname: default\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/not-a-format": {
    severity: "warning",
    message: text`"${"operator"}" stays as it is here: ${"field"} is no format, and nothing is replaced in it.`,
    help: "Kuma's documentation says that endpoints take placeholders; they never did.",
    bad: "type: File\nfile:\n  path: /var/log/%KUMA_MESH%.log",
    good: "type: File\nfile:\n  path: /var/log/default.log",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:89@v2.14.3",
  },
  "lint/omit-empty-text": {
    severity: "warning",
    message: text`Before 1.29 Envoy prints empty values of a text all the same.`,
    help: "`omit_empty_values` has no effect on `text_format_source` up to Envoy 1.28 (envoy#30785).",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%PROTOCOL%'\n    omitEmptyValues: true",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%PROTOCOL%'",
    source: "envoy#30785",
  },
  "lint/operator-in-key": {
    severity: "warning",
    message: text`"${"operator"}" stays as it is here: keys are no formats.`,
    help: "Envoy replaces operators in values alone. Kuma replaces its own in keys of an OpenTelemetry body, and from 2.14 on nowhere else.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json:\n      - key: '%KUMA_MESH%'\n        value: '%PROTOCOL%'",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json:\n      - key: mesh\n        value: '%KUMA_MESH%'",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:281@v2.14.3",
  },
  "lint/other-backend": {
    severity: "warning",
    message: text`Kuma logs to \`${"other"}\`, although \`type\` names \`${"named"}\`; remove it.`,
    help: "Up to 2.13 Kuma checks the body that `type` names, and logs to the first (up to 2.10) or last (2.11 to 2.13) of `tcp`, `file` and `openTelemetry` that is there.",
    bad: "type: File\nfile:\n  path: /dev/stdout\ntcp:\n  address: logs.internal:5000\nopenTelemetry:\n  endpoint: otel:4317",
    good: "type: File\nfile:\n  path: /dev/stdout",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:40@v2.11.18",
  },
  "lint/patched-logs": {
    severity: "info",
    message: text`This ${"kind"} changes access logs after the MeshAccessLogs have made them; meshlog does not apply it.`,
    help: "Patches are applied to Envoy's configuration last of all. What meshlog compiles is what stands there before.",
    bad: "type: MeshProxyPatch\nname: p\nspec:\n  default:\n    appendModifications:\n      - networkFilter:\n          operation: Patch\n          jsonPatches: [{op: remove, path: /accessLog}]\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: MeshProxyPatch\nname: p\nspec:\n  default:\n    appendModifications:\n      - networkFilter:\n          operation: Patch\n          jsonPatches: [{op: remove, path: /statPrefix}]\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/plain-wins": {
    severity: "warning",
    message: text`Kuma takes \`plain\` although \`type\` is Json: the list under \`json\` is not logged.`,
    help: "Kuma looks for `plain` first, whatever `type` says, and does not check it then.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    plain: '%PROTOCOL%'\n    json: [{key: a, value: '%PROTOCOL%'}]",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Json\n    json: [{key: a, value: '%PROTOCOL%'}]",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:233@v2.14.3",
  },
  "lint/removed-field": {
    severity: "info",
    message: text`Kuma ${"removed"} no longer reads ${"what"}; use ${"instead"}.`,
    help: "Kuma's own deprecation warnings do not say when a field goes. From 3.0 on an unknown field is dropped in silence.",
    bad: "from:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "rules:\n  - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/resource-attribute": {
    severity: "info",
    message: text`From 2.14 on every OpenTelemetry log has ${"key"} among the attributes of its resource; this one repeats it.`,
    help: "Kuma adds `kuma.mesh`, `kuma.zone` and `kuma.workload` by itself.",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  attributes: [{key: kuma.mesh, value: '%KUMA_MESH%'}]",
    good: "type: OpenTelemetry\nopenTelemetry:\n  backendRef: {kind: MeshOpenTelemetryBackend, labels: {a: b}}\n  attributes: [{key: direction, value: '%KUMA_TRAFFIC_DIRECTION%'}]",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:93@v2.14.3",
  },
  "lint/selects-nothing": {
    severity: "warning",
    message: text`Kuma accepts a policy on ${"kind"}, and it never selects a proxy.`,
    help: "The kind is accepted up to 2.2 and has no effect in any release.",
    bad: "targetRef: {kind: MeshGatewayRoute, name: r}\nfrom:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "targetRef: {kind: Mesh}\nfrom:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/shared-inbound": {
    severity: "warning",
    message: text`An inbound before it has the address and port ${"port"} too: a policy that selects both logs each connection twice.`,
    help: "The two share one listener, which gets the entries of both (kuma#16374).",
    bad: "type: Dataplane\nname: d\nnetworking:\n  address: 10.0.0.1\n  inbound:\n    - {port: 80, tags: {kuma.io/service: a}}\n    - {port: 80, tags: {kuma.io/service: b}}\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: Dataplane\nname: d\nnetworking:\n  address: 10.0.0.1\n  inbound:\n    - {port: 80, tags: {kuma.io/service: a}}\n    - {port: 81, tags: {kuma.io/service: b}}\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    source: "kuma#16374",
  },
  "lint/source-address-inbound": {
    severity: "warning",
    message: text`In logs of inbound traffic ${"operator"} is the address of the proxy that logs, not of the client: that is ${"instead"}.`,
    help: "The proxy that logs inbound traffic is the destination, and Kuma puts its own address in every log (kuma#13635).",
    bad: "rules:\n  - default:\n      backends:\n        - type: File\n          file:\n            path: /dev/stdout\n            format: {type: Plain, plain: '%KUMA_SOURCE_ADDRESS_WITHOUT_PORT%'}",
    good: "rules:\n  - default:\n      backends:\n        - type: File\n          file:\n            path: /dev/stdout\n            format: {type: Plain, plain: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%'}",
    source: "kuma#13635",
  },
  "lint/source-service-inbound": {
    severity: "warning",
    message: text`In logs of inbound traffic KUMA_SOURCE_SERVICE is always "unknown".`,
    help: "The proxy that logs inbound traffic does not know who calls (kuma#13635). With mTLS `%DOWNSTREAM_PEER_URI_SAN%` names the client.",
    bad: "rules:\n  - default:\n      backends:\n        - type: File\n          file:\n            path: /dev/stdout\n            format: {type: Plain, plain: '%KUMA_SOURCE_SERVICE%'}",
    good: "rules:\n  - default:\n      backends:\n        - type: File\n          file:\n            path: /dev/stdout\n            format: {type: Plain, plain: '%DOWNSTREAM_PEER_URI_SAN%'}",
    source: "kuma#13635",
  },
  "lint/suppression-reason": {
    severity: "warning",
    message: text`This comment does not say why, so it silences nothing; end it with "-- " and the reason.`,
    help: "`# meshlog-disable-next-line lint/x -- why`: who reads the policy a year from now wants to know.",
    bad: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                # meshlog-disable-next-line lint/constant-format\n                plain: request",
    good: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                # meshlog-disable-next-line lint/constant-format -- only counts lines\n                plain: request",
  },
  "lint/traffic-log": {
    severity: "warning",
    message: text`A TrafficLog and MeshAccessLogs in one mesh configure the same access logs; keep to one of the two.`,
    help: "Kuma's documentation says not to combine them. meshlog compiles MeshAccessLogs alone.",
    bad: "type: TrafficLog\nname: t\n---\ntype: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
    good: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "lint/trailing-newline": {
    severity: "warning",
    message: text`Kuma ends every line by itself: this line break makes an empty line after each.`,
    help: "Kuma appends one `\\n` to a plain format. In a block scalar `|-` leaves the last line break out.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: |\n      %PROTOCOL%\n",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: |-\n      %PROTOCOL%\n",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:248@v2.14.3",
    hasSafeFix: true,
  },
  "lint/unused-backend": {
    severity: "warning",
    message: text`\`type\` names \`${"named"}\`, and Kuma passes over \`${"other"}\`; remove it.`,
    help: "It is not checked either. From 2.14 on a `backendRef` in an unused `openTelemetry` that leads nowhere still leaves the whole backend out.",
    bad: "type: File\nfile:\n  path: /dev/stdout\ntcp:\n  address: logs.internal:5000",
    good: "type: File\nfile:\n  path: /dev/stdout",
    hasSafeFix: true,
  },
  "lint/unused-json": {
    severity: "warning",
    message: text`Kuma takes \`plain\` and passes over this list; remove it.`,
    help: "It is not checked either.",
    bad: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%PROTOCOL%'\n    json:\n      - key: a\n        value: b",
    good: "type: File\nfile:\n  path: /dev/stdout\n  format:\n    type: Plain\n    plain: '%PROTOCOL%'",
    source: "pkg/plugins/policies/meshaccesslog/plugin/xds/configurer.go:233@v2.14.3",
    hasSafeFix: true,
  },
  "lint/unused-suppression": {
    severity: "warning",
    message: text`There is nothing here that this comment would silence: no ${"code"} begins in the line below it.`,
    help: "What it silenced is mended, or stands elsewhere. A comment silences findings that begin in the next line that holds anything but comments, and in a scalar that begins there.",
    bad: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                # meshlog-disable-next-line lint/constant-format -- only counts lines\n                plain: '%PROTOCOL%'",
    good: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                # meshlog-disable-next-line lint/constant-format -- only counts lines\n                plain: request",
    hasSafeFix: true,
  },
  "lint/wrong-suppression": {
    severity: "warning",
    message: text`This comment silences nothing: ${"problem"}.`,
    help: "`# meshlog-disable-next-line lint/x, lint/y -- why` silences lints and warnings in the next line. What Kuma or Envoy refuses cannot be silenced: it would be refused all the same.",
    bad: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                # meshlog-disable-line lint/constant-format -- only counts lines\n                plain: request",
    good: "type: MeshAccessLog\nname: a\nspec:\n  rules:\n    - default:\n        backends:\n          - type: File\n            file:\n              path: /dev/stdout\n              format:\n                type: Plain\n                # meshlog-disable-next-line lint/constant-format -- only counts lines\n                plain: request",
  },
  "migrate/changes-logs": {
    severity: "error",
    message: text`Rewriting ${"what"} would change what ${"proxies"} logs; it stays as it is.`,
    help: "Both ways to write it were compiled for a release that reads both. Where several policies select one proxy, the order in which they count hangs on their kinds and names: `meshlog explain --proxy MESH/NAME` shows it. Rename or join the policies so that the order no longer matters, and migrate again.",
    bad: "type: Mesh\nname: default\n---\ntype: Dataplane\nname: web\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: web}}]\n---\ntype: MeshAccessLog\nname: web\nspec:\n  to:\n    - targetRef: {kind: Mesh}\n      default: {backends: []}\n  from:\n    - targetRef: {kind: Mesh}\n      default: {backends: [{type: File, file: {path: /web}}]}\n---\ntype: MeshAccessLog\nname: web-2\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /web-2}}]}",
    good: "type: Mesh\nname: default\n---\ntype: Dataplane\nname: web\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: web}}]\n---\ntype: MeshAccessLog\nname: web\nspec:\n  to:\n    - targetRef: {kind: Mesh}\n      default: {backends: []}\n  from:\n    - targetRef: {kind: Mesh}\n      default: {backends: [{type: File, file: {path: /web}}]}\n---\ntype: MeshAccessLog\nname: other\nspec:\n  rules:\n    - default: {backends: [{type: File, file: {path: /other}}]}",
  },
  "migrate/endpoint": {
    severity: "error",
    message: text`No MeshOpenTelemetryBackend can have the address of "${"endpoint"}"; write the host name or IP address of the collector.`,
    help: "An endpoint is sent to Envoy as it is written. The address of a MeshOpenTelemetryBackend is an IP address or a host name.",
    bad: "type: OpenTelemetry\nopenTelemetry:\n  endpoint: otel.logs..internal:4317",
    good: "type: OpenTelemetry\nopenTelemetry:\n  endpoint: otel.logs.internal:4317",
    source: "pkg/core/resources/apis/meshopentelemetrybackend/api/v1alpha1/validator.go:44@v2.14.3",
  },
  "migrate/layout": {
    severity: "error",
    message: text`The way in which ${"what"} is written here leaves no safe place to change it; rewrite it by hand.`,
    help: "meshlog changes characters and keeps all others. Where an alias (`*name`) or a merge key stands, comments stand inside of braces, or a new resource would have to go into a JSON file, it leaves the file alone.",
    bad: "to: &all\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}\nfrom: *all",
    good: "from:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{type: File, file: {path: /dev/stdout}}]}",
  },
  "migrate/names": {
    severity: "error",
    message: text`This cannot be told by labels: ${"problem"}.`,
    help: "From 3.0 on a `targetRef` has neither `name` and `namespace` nor `proxyTypes`, and labels alone select. Give the resources that are meant to `migrate` too, as the control plane has them (`kumactl get … -o yaml`, `kubectl get … -o yaml`): it labels them with `kuma.io/display-name` and `k8s.kuma.io/namespace`. Traffic to a mere `kuma.io/service` is no longer told apart; make it a MeshService.",
    bad: "type: MeshService\nname: web\nspec: {ports: [{port: 80}]}\n---\ntype: MeshAccessLog\nname: a\nspec:\n  to:\n    - targetRef: {kind: MeshService, name: web}\n      default: {backends: []}",
    good: "type: MeshService\nname: web\nlabels: {kuma.io/display-name: web}\nspec: {ports: [{port: 80}]}\n---\ntype: MeshAccessLog\nname: a\nspec:\n  to:\n    - targetRef: {kind: MeshService, name: web}\n      default: {backends: []}",
    source: "pkg/core/resources/apis/mesh/validators.go:285@main",
  },
  "migrate/refused": {
    severity: "error",
    message: text`Kuma would not take this with ${"what"} rewritten, so it stays as it is. ${"refusal"}`,
    help: "A `sectionName` goes with `from` and `rules` alone: where a policy has `to` as well and is split in two, write down yourself which proxies the half with `to` is for.",
    bad: "targetRef: {kind: Dataplane, labels: {app: web}, sectionName: http}\nto:\n  - targetRef: {kind: Mesh}\n    default: {backends: []}\nfrom:\n  - targetRef: {kind: Mesh}\n    default: {backends: []}",
    good: "targetRef: {kind: Dataplane, labels: {app: web}}\nto:\n  - targetRef: {kind: Mesh}\n    default: {backends: []}\nfrom:\n  - targetRef: {kind: Mesh}\n    default: {backends: []}",
    source: "pkg/core/resources/apis/mesh/validators.go@v2.14.3",
  },
  "migrate/selects-by-tags": {
    severity: "error",
    message: text`The kind ${"kind"} stays: ${"problem"}.`,
    help: "It selects by the tags of inbounds, and the kind Dataplane by the labels of the whole Dataplane. Label the Dataplanes like the inbounds (on Kubernetes they have the labels of their pods), give them to `migrate` too, and it rewrites the policy.",
    bad: "type: Mesh\nname: default\n---\ntype: Dataplane\nname: web\nlabels: {app: web}\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: web, app: api}}]\n---\ntype: MeshAccessLog\nname: a\nspec:\n  targetRef: {kind: MeshSubset, tags: {app: api}}\n  to:\n    - targetRef: {kind: Mesh}\n      default: {backends: []}",
    good: "type: Mesh\nname: default\n---\ntype: Dataplane\nname: web\nlabels: {app: web}\nnetworking:\n  address: 10.0.0.1\n  inbound: [{port: 80, tags: {kuma.io/service: web, app: web}}]\n---\ntype: MeshAccessLog\nname: a\nspec:\n  targetRef: {kind: MeshSubset, tags: {app: web}}\n  to:\n    - targetRef: {kind: Mesh}\n      default: {backends: []}",
    source: "pkg/plugins/policies/core/matchers/dataplane.go:243@v2.14.3",
  },
  "migrate/several-bodies": {
    severity: "error",
    message: text`This backend has ${"bodies"}, and \`type\` can name one of them; keep the one that is meant.`,
    help: "Up to 2.2 Kuma logs to the first that it looks for, and checks no other.",
    bad: "to:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{file: {path: /dev/stdout}, tcp: {address: 'logs.internal:5000'}}]}",
    good: "to:\n  - targetRef: {kind: Mesh}\n    default: {backends: [{file: {path: /dev/stdout}}]}",
  },
  "migrate/traffic-log": {
    severity: "error",
    message: text`The TrafficLogs of this mesh stay: ${"problem"}.`,
    help: "From 3.0 on Kuma passes over TrafficLog and the logging of a Mesh. What it logs is what proxies send, so a MeshAccessLog with `to` takes its place: `kind: Mesh` for all destinations, a MeshService for one. Delete the TrafficLogs from the control plane when you apply it; else both log.",
    bad: "type: Mesh\nname: default\nlogging: {defaultBackend: f, backends: [{name: f, type: file, conf: {path: /dev/stdout}}]}\n---\ntype: TrafficLog\nmesh: default\nname: all\nsources:\n  - match: {kuma.io/service: web}\ndestinations:\n  - match: {kuma.io/service: '*'}\nconf: {backend: f}",
    good: "type: Mesh\nname: default\nlogging: {defaultBackend: f, backends: [{name: f, type: file, conf: {path: /dev/stdout}}]}\n---\ntype: TrafficLog\nmesh: default\nname: all\nsources:\n  - match: {kuma.io/service: '*'}\ndestinations:\n  - match: {kuma.io/service: '*'}\nconf: {backend: f}",
    source: "pkg/core/logs/matcher.go@2.9.19",
  },
};

/** What a diagnostic may carry beside its text. */
export interface Details {
  readonly resource?: ResourceIdentity;
  readonly path?: string;
  readonly kuma?: Violation;
  readonly controlPlane?: { readonly message: string };
  readonly affects?: readonly string[];
  readonly variants?: readonly Variant[];
  readonly related?: Diagnostic["related"] & {};
  readonly fixes?: Diagnostic["fixes"] & {};
}

/** Makes a diagnostic of the table. */
export function report<C extends Code>(
  code: C,
  { file, start, end }: Location,
  parameters: MessageParameters<Messages, C>,
  details: Details = {},
): Diagnostic {
  const { severity } = messages[code];
  const message = messageOf(code, parameters);
  const { resource, path, kuma, affects = none } = details;
  if (resource === undefined || path === undefined || hasMore(details)) {
    return { code, severity, message, file, start, end, affects, ...details };
  }
  // Thousands of findings live to the end: what most of them have is made in one piece, which takes the least memory.
  return kuma === undefined
    ? { code, severity, message, file, start, end, affects, resource, path }
    : { code, severity, message, file, start, end, affects, resource, path, kuma };
}

const none: readonly string[] = [];

/** Whether there is something in details that few findings have. */
function hasMore({ controlPlane, variants, related, fixes }: Details): boolean {
  return controlPlane !== undefined || variants !== undefined || related !== undefined || fixes !== undefined;
}

/** The same text for the same message, mostly: findings say the same few things thousands of times. */
function messageOf<C extends Code>(code: C, parameters: MessageParameters<Messages, C>): string {
  const { message } = messages[code];
  const [name, another] = message.parameters;
  if (name === undefined) return message(parameters);
  const value = parameters[name];
  if (another !== undefined || typeof value !== "string") return oneCopy(message(parameters));
  let ofCode = said.get(code);
  if (ofCode === undefined) {
    ofCode = oncePerText(1000, (own) => message({ [name]: own } as MessageParameters<Messages, C>));
    said.set(code, ofCode);
  }
  return ofCode(value);
}

/** The messages of a code with one parameter, by what that is. */
const said = new Map<Code, (value: string) => string>();
