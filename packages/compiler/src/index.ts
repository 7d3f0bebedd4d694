export { check } from "./check.ts";
export { checkAlone, checkTogether } from "./check-part.ts";
export { compile } from "./compile.ts";
export type { Compiled, CompileOptions } from "./compile.ts";
export type { AllocatedOutbound, ControlPlane, ControlPlaneSettings, ProxyMetadata } from "./kuma/control-plane.ts";
export type { Diagnostic, Location, ResourceIdentity, Variant, Violation } from "./diagnostics.ts";
export type {
  CompiledBundle,
  CompiledHeader,
  CompiledItem,
  CompiledListener,
  CompiledPolicy,
  CompiledProxy,
  CompiledReason,
} from "./emit/compiled.ts";
export { diff } from "./diff/diff.ts";
export type { Diff } from "./diff/diff.ts";
export type {
  ClusterChange,
  FieldChange,
  ItemChange,
  ListenerChange,
  LoggerChange,
  PolicyChange,
  ProxyChange,
  ChangeReason,
} from "./diff/changes.ts";
export { groupChanges } from "./diff/group.ts";
export type { ChangeGroup, Finding, GroupedProxy } from "./diff/group.ts";
export { bootstrap } from "./emit/bootstrap.ts";
export type { Bootstrap, BootstrapOptions } from "./emit/bootstrap.ts";
export type * from "./envoy/messages.ts";
export type { Hole } from "./lower/link.ts";
export { formatText } from "./formatting/format-text.ts";
export type { Formatted } from "./formatting/format-text.ts";
export { migrate } from "./migrate/migrate.ts";
export type { MigratedFile, MigrateOptions, Migration } from "./migrate/migrate.ts";
export { messages } from "./messages.ts";
export type { Code, Messages } from "./messages.ts";
export { quote, replaceInScalar } from "./source/encode-scalar.ts";
export { repeatedResources, sayRepeated, nameOf } from "./source/duplicate-resources.ts";
export { load } from "./source/load.ts";
export type { Bundle } from "./source/load.ts";
export { explainProxy } from "./explain/explain-proxy.ts";
export type {
  ExplainedItem,
  ExplainedListener,
  ExplainedMiss,
  ExplainedOverride,
  ExplainedSelection,
  ExplainedValue,
  ItemPlace,
  PolicyPlace,
  ProxyExplanation,
  Reason,
  Silence,
} from "./explain/proxy-explanation.ts";
export { proxyText } from "./explain/proxy-text.ts";
export { codePage } from "./explain/code-page.ts";
export type { CodePage } from "./explain/code-page.ts";
export type { Example, Given } from "./explain/examples.ts";
export { pageUrl } from "./explain/page-url.ts";
export { releaseRanges } from "./explain/release-ranges.ts";
export { codes } from "./explain/table.ts";
export type { AnyCode } from "./explain/table.ts";
export { lastAtMost } from "./source/last-at-most.ts";
export { indexLines, positionAt } from "./source/positions.ts";
export type { LineIndex, Position } from "./source/positions.ts";
export { splitDocuments } from "./source/split-documents.ts";
export { itemAsDocument, splitItems, splitList } from "./source/split-items.ts";
export type { SplitList } from "./source/split-items.ts";
export { readResources } from "./source/read-resources.ts";
export type { FileResources } from "./source/read-resources.ts";
export { namesKind } from "./source/names-kind.ts";
export type { Resource } from "./source/resources.ts";
export { textOf } from "./source/tree.ts";
export type { ListNode, MapEntry, MapNode, Node, ScalarNode } from "./source/tree.ts";
export type { SourceFile, TextFile } from "./source/source-file.ts";
export { atLevel, withLevels } from "./suppressions/lint-levels.ts";
export { suppress } from "./suppressions/suppress.ts";
export { mayHoldSuppressions } from "./suppressions/suppression.ts";
export { computeLabels, withStoredLabels } from "./validate/compute-labels.ts";
export type { ComputedLabels, LabelEnvironment } from "./validate/compute-labels.ts";
export { formatPlaces } from "./validate/format-places.ts";
export type { FormatPlace } from "./validate/field-places.ts";
export { proxySelector } from "./match/selected-proxies.ts";
export type { ProxySelector } from "./match/selected-proxies.ts";
export { policyTrace, surroundingsOf } from "./validate/surroundings.ts";
export type { PolicyTrace, Surroundings } from "./validate/surroundings.ts";
export { policyField, policyFields } from "./validate/policy-fields.ts";
export type { PolicyField } from "./validate/policy-fields.ts";
export type { Path } from "./validate/violation.ts";
export { kumaChanges } from "./kuma/kuma-changes.ts";
export type { KumaChange } from "./kuma/kuma-changes.ts";
export { defaultFormats } from "./kuma/default-formats.ts";
export { previewLogger } from "./preview/preview-logger.ts";
export type { Written } from "./preview/preview-logger.ts";
export { previewPolicies, previewProxies } from "./preview/preview.ts";
export type { Previewed, PreviewOptions } from "./preview/preview.ts";
export { applyConfiguration } from "./documents/applied-configuration.ts";
export type { AppliedConfiguration } from "./documents/applied-configuration.ts";
export { configurationName, readConfiguration } from "./documents/configuration.ts";
export type { Configuration, LintLevel, LintLevels } from "./documents/configuration.ts";
export { controlPlaneShape, readControlPlane } from "./documents/control-plane.ts";
export { policyRequest } from "./documents/target-request.ts";
export type { TargetOptions } from "./documents/target-request.ts";
export { readTraffic, trafficShape } from "./documents/traffic.ts";
export { sampleKumaValues, sideOf } from "./preview/sample-values.ts";
export type { Side } from "./preview/sample-values.ts";
export { samples } from "./preview/samples.ts";
export { trafficFacts } from "./preview/traffic-facts.ts";
export type { Traffic } from "./preview/traffic-fields.ts";
export { readConfigDump } from "./verify/config-dump.ts";
export type { ConfigDump, LiveNode } from "./verify/config-dump.ts";
export { controlPlaneFacts, proxyOf, withReportedMetadata } from "./verify/facts.ts";
export type { ProxyName } from "./verify/facts.ts";
export type { LiveFilter, LiveListener } from "./verify/live-listener.ts";
export { verify } from "./verify/verify.ts";
export type { UnknownReason, Verification, VerifiedListener } from "./verify/verify.ts";
