import { Diagnostic as Diagnostic$1, Variant as Variant$1, Span, Result, Target, KumaRelease, TextEdit, DiagnosticTable, Code as Code$1, RenderMessages, JsonCheckOptions, Severity, Facts, RenderOptions, EnvoyRelease } from '@meshlog/parser';
interface ResourceIdentity {
    readonly kind: string;
    readonly mesh: string;
    readonly name: string;
    readonly namespace?: string;
}
interface Violation {
    readonly field: string;
    readonly message: string;
}
interface Variant extends Variant$1 {
    readonly kuma?: Violation;
}
interface Diagnostic extends Diagnostic$1 {
    readonly file: string;
    readonly resource?: ResourceIdentity;
    readonly path?: string;
    readonly kuma?: Violation;
    readonly variants?: readonly Variant[];
    readonly controlPlane?: {
        readonly message: string;
    };
}
interface Location extends Span {
    readonly file: string;
}
interface ControlPlane {
    readonly zone?: string;
    readonly mode?: "zone" | "global";
    readonly federated?: boolean;
    readonly systemNamespace?: string;
    readonly labels?: "asWritten" | "computed";
    readonly settings?: ControlPlaneSettings;
    readonly metadata?: Readonly<Record<string, ProxyMetadata>>;
    readonly outbounds?: Readonly<Record<string, readonly AllocatedOutbound[]>>;
}
interface ControlPlaneSettings {
    readonly inboundTagsDisabled?: boolean;
}
interface ProxyMetadata {
    readonly workdir?: string;
    readonly accessLogSocketPath?: string;
    readonly features?: readonly string[];
    readonly dynamicMetadata?: Readonly<Record<string, string>>;
    readonly ipv6Enabled?: boolean;
}
interface AllocatedOutbound {
    readonly address: string;
    readonly port: number;
    readonly tags?: Readonly<Record<string, string>>;
    readonly resource?: string;
}
type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";
type Chomping = "clip" | "strip" | "keep";
interface ScalarToken {
    readonly source: string;
    readonly style: ScalarStyle;
    readonly contentStart: number;
    readonly contentEnd: number;
    readonly indent: number;
    readonly chomping: Chomping;
}
interface ScalarSourceMap {
    toSource(offset: number): number;
    spanToSource(span: Span): Span;
    toText(sourceOffset: number): number | undefined;
}
type ScalarValue = string | number | bigint | boolean | null;
type Node = MapNode | ListNode | ScalarNode;
interface ScalarNode extends Span, ScalarToken {
    readonly kind: "scalar";
    readonly text: string;
    readonly value: ScalarValue;
    readonly tag?: string;
    sourceMap(): ScalarSourceMap;
}
interface ListNode extends Span, Repeatable<ListNode> {
    readonly kind: "list";
    readonly items: readonly ListItem[];
}
interface Repeatable<N> {
    readonly original: N;
    once<V>(make: (original: N) => V): V;
}
interface ListItem {
    readonly value: Node;
    readonly alias?: Span;
}
interface MapNode extends Span, Repeatable<MapNode> {
    readonly kind: "map";
    readonly entries: readonly MapEntry[];
    get(name: string): Node | undefined;
    entry(name: string): MapEntry | undefined;
    fields(): ReadonlyMap<string, MapEntry>;
}
interface MapEntry {
    readonly key: ScalarNode;
    readonly name: string;
    readonly value: Node;
    readonly alias?: Span;
    readonly merge?: Span;
}
declare function textOf(node: Node | undefined): string | undefined;
interface Resource {
    readonly kind: string;
    readonly mesh: string;
    readonly name: string;
    readonly displayName: string;
    readonly namespace?: string;
    readonly labels: ReadonlyMap<string, string>;
    readonly shape: "universal" | "kubernetes";
    readonly creationTime?: string;
    readonly node: MapNode;
    readonly spec: Node | undefined;
    readonly file: string;
    readonly index: number;
}
interface SourceFile {
    readonly path: string;
    readonly content: string | Uint8Array;
}
interface TextFile {
    readonly path: string;
    readonly text: string;
}
interface Bundle {
    readonly files: readonly TextFile[];
    readonly resources: readonly Resource[];
}
declare function load(files: readonly SourceFile[]): Result<Bundle, Diagnostic>;
interface Policy {
    readonly resource: Resource;
    readonly spec: MeshAccessLogSpec;
}
interface MeshAccessLogSpec {
    readonly targetRef?: TargetRef;
    readonly to?: readonly ToItem[];
    readonly from?: readonly ToItem[];
    readonly rules?: readonly Rule[];
}
interface TargetRef {
    readonly kind: string;
    readonly name?: string;
    readonly namespace?: string;
    readonly mesh?: string;
    readonly sectionName?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly tags?: Readonly<Record<string, string>>;
    readonly proxyTypes?: readonly string[];
}
interface ToItem {
    readonly targetRef: TargetRef;
    readonly default: Conf;
}
interface Rule {
    readonly matches?: readonly Match[];
    readonly default: Conf;
}
interface Match {
    readonly spiffeID?: {
        readonly type: "Exact" | "Prefix";
        readonly value: string;
    };
    readonly sni?: {
        readonly type: "Exact";
        readonly value: string;
    };
}
interface Conf {
    readonly backends?: readonly Backend[];
}
interface Backend {
    readonly type?: "Tcp" | "File" | "OpenTelemetry";
    readonly tcp?: {
        readonly address: string;
        readonly format?: FormatConf;
    };
    readonly file?: {
        readonly path: string;
        readonly format?: FormatConf;
    };
    readonly openTelemetry?: OpenTelemetryConf;
}
interface FormatConf {
    readonly type?: "Plain" | "Json";
    readonly plain?: string;
    readonly json?: readonly {
        readonly key: string;
        readonly value: string;
    }[];
    readonly omitEmptyValues?: boolean;
}
interface OpenTelemetryConf {
    readonly endpoint?: string;
    readonly backendRef?: {
        readonly kind: string;
        readonly labels?: Readonly<Record<string, string>>;
    };
    readonly attributes?: readonly {
        readonly key: string;
        readonly value: string;
    }[];
    readonly body?: unknown;
}
declare function check(bundle: Bundle, target: Target, controlPlane?: ControlPlane): Result<readonly Policy[], Diagnostic>;
interface KnownMesh {
    readonly name: string;
    readonly resources: ReadonlyMap<string, readonly Resource[]>;
    readonly hasPolicies: boolean;
    readonly logsInbound: boolean;
}
interface LabelFacts {
    readonly meshLabel: "on-kubernetes" | "everywhere";
    readonly originLabel: "none" | "set-on-universal" | "if-absent" | "set";
    readonly zoneLabel: boolean;
    readonly environmentLabel: boolean;
    readonly zoneLabelsOf: "every-kind" | "kinds-of-zones";
    readonly namespaceLabel: "none" | "always" | "of-own-objects";
    readonly displayNameLabel: "none" | "on-kubernetes" | "everywhere";
    readonly proxyTypeLabel: boolean;
    readonly zoneListenerLabels: boolean;
    readonly policyRole: "none" | "by-lists" | "by-services" | "by-services-and-routes" | "by-display-names";
    readonly labelChecks: readonly LabelCheck[];
    readonly labelSyntax: "qualified-name" | "label-key";
    readonly admissionChecks: readonly AdmissionCheck[];
    readonly labelRefusal: string;
    readonly originRefusal: string;
    readonly policyNamespaces: "system" | "any-in-zone";
    readonly refusesServiceItems: boolean;
    readonly checksOwners: boolean;
}
type LabelCheck = "origin" | "origin of global" | "origin of zone" | "zone" | "mesh" | "role" | "syntax";
type AdmissionCheck = "origin of zone" | "origin in system namespace" | "origin of global" | "zone" | "role given" | "role";
type ItemList = "to" | "from" | "rules";
type Protocols = (item: LoggedItem, policy: Pick<ResourceIdentity, "mesh">) => "tcp" | undefined;
interface LoggedItem {
    readonly list: ItemList;
    readonly node: MapNode;
}
interface Surroundings {
    readonly protocols: Protocols;
    readonly meshes: ReadonlyMap<string, KnownMesh>;
}
interface PolicyTrace {
    readonly mesh: string;
    readonly logsInbound: boolean;
}
declare function policyTrace(policy: Resource): PolicyTrace | undefined;
declare function surroundingsOf(others: readonly Resource[], policies: readonly PolicyTrace[], before?: Surroundings): Surroundings;
declare function checkAlone(part: Bundle, target: Target, controlPlane: ControlPlane, protocols: Surroundings["protocols"]): readonly Diagnostic[];
declare function checkTogether(part: Bundle, target: Target, { meshes }: Surroundings): readonly Diagnostic[];
interface AccessLog {
    readonly name?: string;
    readonly filter?: AccessLogFilter;
    readonly typedConfig?: Typed<"envoy.extensions.access_loggers.file.v3.FileAccessLog", FileAccessLog> | Typed<"envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig", OpenTelemetryAccessLogConfig>;
}
interface AccessLogFilter {
    readonly metadataFilter?: MetadataFilter;
    readonly extensionFilter?: ExtensionFilter;
}
interface MetadataFilter {
    readonly matcher?: MetadataMatcher;
    readonly matchIfKeyNotFound?: boolean;
}
interface MetadataMatcher {
    readonly filter?: string;
    readonly path?: readonly MetadataMatcherPathSegment[];
    readonly value?: ValueMatcher;
}
interface MetadataMatcherPathSegment {
    readonly key?: string;
}
interface ValueMatcher {
    readonly nullMatch?: ValueMatcherNullMatch;
    readonly stringMatch?: StringMatcher;
}
type ValueMatcherNullMatch = Readonly<Record<string, never>>;
interface StringMatcher {
    readonly exact?: string;
}
interface ExtensionFilter {
    readonly name?: string;
    readonly typedConfig?: Typed<"envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter", ExpressionFilter>;
}
interface ExpressionFilter {
    readonly expression?: string;
}
interface FileAccessLog {
    readonly path?: string;
    readonly logFormat?: SubstitutionFormatString;
}
interface SubstitutionFormatString {
    readonly textFormatSource?: DataSource;
    readonly jsonFormat?: Readonly<Record<string, Json>>;
    readonly omitEmptyValues?: boolean;
}
interface DataSource {
    readonly inlineString?: string;
}
interface OpenTelemetryAccessLogConfig {
    readonly commonConfig?: CommonGrpcAccessLogConfig;
    readonly logName?: string;
    readonly grpcService?: GrpcService;
    readonly resourceAttributes?: KeyValueList;
    readonly body?: AnyValue;
    readonly attributes?: KeyValueList;
}
interface CommonGrpcAccessLogConfig {
    readonly logName?: string;
    readonly grpcService?: GrpcService;
    readonly transportApiVersion?: ApiVersion;
}
interface GrpcService {
    readonly envoyGrpc?: GrpcServiceEnvoyGrpc;
}
interface GrpcServiceEnvoyGrpc {
    readonly clusterName?: string;
}
interface AnyValue {
    readonly stringValue?: string;
    readonly boolValue?: boolean;
    readonly intValue?: string;
    readonly doubleValue?: number | "NaN" | "Infinity" | "-Infinity";
    readonly arrayValue?: ArrayValue;
    readonly kvlistValue?: KeyValueList;
    readonly bytesValue?: string;
    readonly stringValueStrindex?: number;
}
interface ArrayValue {
    readonly values?: readonly AnyValue[];
}
interface KeyValueList {
    readonly values?: readonly KeyValue[];
}
interface KeyValue {
    readonly key?: string;
    readonly value?: AnyValue;
}
interface Cluster {
    readonly name?: string;
    readonly altStatName?: string;
    readonly type?: ClusterDiscoveryType;
    readonly dnsLookupFamily?: ClusterDnsLookupFamily;
    readonly connectTimeout?: string;
    readonly loadAssignment?: ClusterLoadAssignment;
    readonly circuitBreakers?: CircuitBreakers;
    readonly typedExtensionProtocolOptions?: Readonly<Record<string, Typed<"envoy.extensions.upstreams.http.v3.HttpProtocolOptions", HttpProtocolOptions>>>;
}
interface CircuitBreakers {
    readonly thresholds?: readonly CircuitBreakersThresholds[];
}
interface CircuitBreakersThresholds {
    readonly trackRemaining?: boolean;
}
interface ClusterLoadAssignment {
    readonly clusterName?: string;
    readonly endpoints?: readonly LocalityLbEndpoints[];
}
interface LocalityLbEndpoints {
    readonly lbEndpoints?: readonly LbEndpoint[];
}
interface LbEndpoint {
    readonly endpoint?: Endpoint;
}
interface Endpoint {
    readonly address?: Address;
}
interface Address {
    readonly socketAddress?: SocketAddress;
    readonly pipe?: Pipe;
}
interface SocketAddress {
    readonly address?: string;
    readonly portValue?: number;
}
interface Pipe {
    readonly path?: string;
}
interface HttpProtocolOptions {
    readonly explicitHttpConfig?: HttpProtocolOptionsExplicitHttpConfig;
}
interface HttpProtocolOptionsExplicitHttpConfig {
    readonly http2ProtocolOptions?: Http2ProtocolOptions;
}
type Http2ProtocolOptions = Readonly<Record<string, never>>;
interface HttpFilter {
    readonly name?: string;
    readonly typedConfig?: Typed<"envoy.extensions.filters.http.lua.v3.Lua", Lua>;
}
interface Lua {
    readonly defaultSourceCode?: DataSource;
}
interface Metadata {
    readonly filterMetadata?: Readonly<Record<string, Readonly<Record<string, Json>>>>;
}
interface ListenerFilter {
    readonly name?: string;
    readonly typedConfig?: Typed<"envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector", unknown>;
}
type TlsInspector = Readonly<Record<string, never>>;
interface TcpProxyTcpAccessLogOptions {
    readonly flushAccessLogOnConnected?: boolean;
}
type ApiVersion = "AUTO" | "V2" | "V3";
type ClusterDiscoveryType = "STATIC" | "STRICT_DNS" | "LOGICAL_DNS" | "EDS" | "ORIGINAL_DST";
type ClusterDnsLookupFamily = "AUTO" | "V4_ONLY" | "V6_ONLY" | "V4_PREFERRED" | "ALL";
type Typed<Name extends string, Message> = {
    readonly "@type": `type.googleapis.com/${Name}`;
} & Message;
type Json = null | boolean | number | string | readonly Json[] | {
    readonly [key: string]: Json;
};
type PolicyCriterion = "kind" | "name" | "dataplane" | "origin" | "gateway-tags" | "role" | "display-name";
type ListenerKey = `${string}|${number}`;
type Miss = "shadow" | "zone" | "namespace" | "proxy-type" | "tags" | "gateway" | "not-a-gateway" | "of-a-gateway" | "name" | "labels" | "section" | "nothing-there" | "kind";
type ListenerContext = "inbound" | "outbound" | "passthrough" | "direct-access" | "gateway" | "zone-proxy";
type NetworkFilter = "envoy.filters.network.http_connection_manager" | "envoy.filters.network.tcp_proxy";
type TrafficDirection = "INBOUND" | "OUTBOUND" | "UNSPECIFIED";
interface Listener {
    readonly name: string | null;
    readonly resource: string;
    readonly context: ListenerContext;
    readonly direction: TrafficDirection;
    readonly protocol: string;
    readonly key?: ListenerKey;
    readonly filters: readonly NetworkFilter[];
}
declare const kumaOperators: readonly ["KUMA_SOURCE_ADDRESS", "KUMA_SOURCE_ADDRESS_WITHOUT_PORT", "KUMA_SOURCE_SERVICE", "KUMA_DESTINATION_SERVICE", "KUMA_MESH", "KUMA_TRAFFIC_DIRECTION", "KUMA_ZONE", "KUMA_WORKLOAD"];
type KumaOperator = (typeof kumaOperators)[number];
type TrafficKind = "http" | "tcp" | "passthrough";
interface Hole {
    readonly path: string;
    readonly value: string;
}
interface CompiledHeader {
    readonly meshlog: 1;
    readonly kuma: string;
    readonly envoy: string;
}
interface CompiledBundle extends CompiledHeader {
    readonly policies: readonly CompiledPolicy[];
    readonly proxies: readonly CompiledProxy[];
}
interface CompiledPolicy {
    readonly mesh: string;
    readonly name: string;
    readonly namespace?: string;
    readonly file: string;
    readonly items: readonly CompiledItem[];
}
interface CompiledItem {
    readonly path: string;
    readonly targetRef?: TargetRef;
    readonly matches?: readonly Match[];
    readonly accessLog: Readonly<Record<TrafficKind, readonly AccessLog[]>>;
    readonly holes: readonly Hole[];
}
interface CompiledProxy<Loggers = readonly AccessLog[]> {
    readonly mesh: string;
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly error?: string;
    readonly policies: readonly string[];
    readonly listeners: readonly CompiledListener<Loggers>[];
    readonly clusters: readonly Cluster[];
}
interface CompiledListener<Loggers = readonly AccessLog[]> {
    readonly name: string | null;
    readonly resource: string;
    readonly context: ListenerContext;
    readonly direction: "INBOUND" | "OUTBOUND" | "UNSPECIFIED";
    readonly protocol: string;
    readonly filter: NetworkFilter;
    readonly accessLog: Loggers;
    readonly accessLogOptions?: TcpProxyTcpAccessLogOptions;
    readonly httpFilters?: readonly HttpFilter[];
    readonly listenerFilters?: readonly ListenerFilter[];
    readonly routeMetadata?: Readonly<Record<string, Metadata>>;
    readonly because?: readonly CompiledReason[];
}
interface CompiledReason {
    readonly policy: number;
    readonly item: number;
    readonly overridden: readonly (readonly [policy: number, item: number])[];
}
interface Layout {
    readonly isCompact: boolean;
}
interface WrittenProxy {
    readonly mesh: string;
    readonly name: string;
    readonly error?: string;
    readonly pieces: readonly string[];
}
type Path = readonly (string | number)[];
interface Compiled {
    readonly header: CompiledHeader;
    readonly policies: readonly CompiledPolicy[];
    readonly proxies: Iterable<CompiledProxy>;
    readonly written: (layout: Layout) => Iterable<WrittenProxy>;
}
interface CompileOptions {
    readonly controlPlane?: ControlPlane;
    readonly explains?: boolean;
    readonly wants?: (proxy: {
        readonly mesh: string;
        readonly name: string;
    }) => boolean;
}
declare function compile(bundle: Bundle, kuma: KumaRelease, options?: CompileOptions): Result<Compiled, Diagnostic>;
interface FieldChange {
    readonly path: string;
    readonly before?: Json;
    readonly after?: Json;
}
type LoggerChange = {
    readonly change: "added" | "removed";
    readonly accessLog: AccessLog;
} | {
    readonly change: "changed";
    readonly before: AccessLog;
    readonly after: AccessLog;
    readonly fields: readonly FieldChange[];
};
interface ChangeReason {
    readonly policy: string;
    readonly file: string;
    readonly path: string;
}
interface ListenerChange {
    readonly change: "added" | "removed" | "changed";
    readonly name: string | null;
    readonly resource: string;
    readonly context: ListenerContext;
    readonly filter: NetworkFilter;
    readonly fields: readonly FieldChange[];
    readonly loggers: readonly LoggerChange[];
    readonly isReordered: boolean;
    readonly because?: {
        readonly before: readonly ChangeReason[];
        readonly after: readonly ChangeReason[];
    };
}
type ClusterChange = {
    readonly change: "added" | "removed";
    readonly name: string;
    readonly cluster: Cluster;
} | {
    readonly change: "changed";
    readonly name: string;
    readonly fields: readonly FieldChange[];
};
interface ProxyChange {
    readonly change: "added" | "removed" | "changed";
    readonly mesh: string;
    readonly name: string;
    readonly error?: {
        readonly before?: string;
        readonly after?: string;
    };
    readonly policies?: {
        readonly before: readonly string[];
        readonly after: readonly string[];
    };
    readonly listeners: readonly ListenerChange[];
    readonly clusters: readonly ClusterChange[];
}
interface ItemChange {
    readonly change: "added" | "removed" | "changed";
    readonly path: string;
    readonly targetRef?: TargetRef;
    readonly matches?: readonly Match[];
    readonly loggers: readonly LoggerChange[];
    readonly isReordered: boolean;
}
interface PolicyChange {
    readonly change: "added" | "removed" | "changed";
    readonly mesh: string;
    readonly name: string;
    readonly file: string;
    readonly items: readonly ItemChange[];
}
interface Diff {
    readonly before: CompiledHeader;
    readonly after: CompiledHeader;
    readonly policies: readonly PolicyChange[];
    readonly proxies: Iterable<ProxyChange>;
}
declare function diff(before: Compiled, after: Compiled): Diff;
type Finding = {
    readonly kind: "proxy";
    readonly change: "added" | "removed";
} | {
    readonly kind: "error";
    readonly before?: string;
    readonly after?: string;
} | {
    readonly kind: "listener";
    readonly change: ListenerChange;
} | {
    readonly kind: "cluster";
    readonly change: ClusterChange;
} | {
    readonly kind: "policies";
    readonly added: readonly string[];
    readonly removed: readonly string[];
};
interface ChangeGroup {
    readonly finding: Finding;
    readonly isAlike: boolean;
    readonly proxies: readonly GroupedProxy[];
}
interface GroupedProxy {
    readonly mesh: string;
    readonly name: string;
    readonly listeners: readonly string[];
}
declare function groupChanges(changes: Iterable<ProxyChange>, ownTexts: (proxy: {
    readonly mesh: string;
    readonly name: string;
}) => readonly string[]): readonly ChangeGroup[];
type BootstrapListener = Omit<CompiledListener, "protocol" | "resource"> & {
    readonly resource?: string;
};
type BootstrapProxy = Pick<CompiledProxy, "mesh" | "name" | "clusters"> & {
    readonly listeners: readonly BootstrapListener[];
};
interface BootstrapOptions {
    readonly port: (listener: BootstrapListener) => number | undefined;
    readonly upstream: {
        readonly address: string;
        readonly port: number;
    };
    readonly path?: (path: string) => string;
    readonly endpoint?: (address: string, port: number) => {
        readonly address: string;
        readonly port: number;
    };
    readonly adminPort?: number;
}
interface Bootstrap {
    readonly node: object;
    readonly admin: object;
    readonly staticResources: {
        readonly listeners: readonly object[];
        readonly clusters: readonly Cluster[];
    };
}
declare function bootstrap(proxy: BootstrapProxy, options: BootstrapOptions): Bootstrap;
interface Formatted {
    readonly text: string;
    readonly left: readonly number[];
}
declare function formatText(path: string, text: string): Promise<Formatted>;
interface MigrateOptions {
    readonly from: KumaRelease;
    readonly to: KumaRelease;
    readonly controlPlane?: ControlPlane;
    readonly only?: string;
}
interface Migration {
    readonly files: readonly MigratedFile[];
    readonly bundle: Bundle;
    readonly rewritten: ReadonlyMap<string, number>;
}
interface MigratedFile {
    readonly path: string;
    readonly before: string;
    readonly after: string;
    readonly edits: readonly TextEdit[];
}
declare function migrate(bundle: Bundle, { from, to, controlPlane, only }: MigrateOptions): Result<Migration, Diagnostic>;
interface Messages {
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
type Code = keyof Messages;
declare const messages: DiagnosticTable<Messages>;
declare function replaceInScalar(scalar: ScalarNode, span: Span, replacement: string): TextEdit;
declare function quote(text: string): string;
declare function repeatedResources<T>(all: readonly T[], resourceOf: (one: T) => Pick<Resource, "kind" | "mesh" | "name">): readonly (readonly [again: T, first: T])[];
declare function sayRepeated(again: Resource, first: string): Diagnostic;
declare function nameOf({ node, shape }: Resource): Node;
interface ProxyExplanation extends CompiledHeader {
    readonly mesh: string;
    readonly name: string;
    readonly namespace?: string;
    readonly gateway?: string;
    readonly error?: string;
    readonly policies: readonly ExplainedSelection[];
    readonly notSelected: readonly ExplainedMiss[];
    readonly refused: readonly PolicyPlace[];
    readonly listeners: readonly ExplainedListener[];
}
interface PolicyPlace {
    readonly policy: string;
    readonly file: string;
    readonly line: number;
}
interface ItemPlace extends PolicyPlace {
    readonly path: string;
}
interface Reason<T extends string> {
    readonly reason: T;
    readonly text: string;
}
interface ExplainedSelection extends PolicyPlace {
    readonly targetRef: TargetRef;
    readonly selects: readonly string[];
    readonly stronger?: Reason<PolicyCriterion | "store">;
}
interface ExplainedMiss extends PolicyPlace, Reason<Miss> {
    readonly targetRef: TargetRef;
}
interface ExplainedListener extends Pick<Listener, "name" | "resource" | "context" | "direction" | "protocol" | "filters"> {
    readonly because: readonly ExplainedItem[];
    readonly nothing?: Reason<Silence>;
}
type Silence = "not-configured" | "no-filter" | "no-policy" | "no-item" | "off" | "dangling";
interface ExplainedItem extends ItemPlace {
    readonly match?: Match;
    readonly route?: string;
    readonly backends: readonly string[];
    readonly overrides: readonly ExplainedOverride[];
    readonly values: readonly ExplainedValue[];
}
interface ExplainedOverride extends ItemPlace, Reason<"replaced" | "no-backends"> {
}
interface ExplainedValue {
    readonly operator: KumaOperator;
    readonly value: string;
    readonly from: string;
}
declare function explainProxy(bundle: Bundle, kuma: KumaRelease, wanted: {
    readonly mesh: string;
    readonly name: string;
}, controlPlane?: ControlPlane): Result<ProxyExplanation | undefined, Diagnostic>;
declare function proxyText(explanation: ProxyExplanation, safe: (text: string) => string): string;
type AnyCode = Code$1 | keyof RenderMessages | Code;
declare const codes: readonly AnyCode[];
interface Example {
    readonly given: Given;
    readonly bad: string;
    readonly good: string;
    readonly options?: JsonCheckOptions;
}
type Given = "format" | "json" | "yaml" | "bundle" | "migration" | "line" | "control-plane" | "config-dump" | "range";
interface CodePage {
    readonly meshlog: 1;
    readonly code: AnyCode;
    readonly severity: Severity;
    readonly message: string;
    readonly help: string;
    readonly example?: Example;
    readonly noExample?: string;
    readonly holdsFor?: {
        readonly kuma?: string;
        readonly envoy?: string;
    };
    readonly source?: string;
    readonly url?: string;
}
declare function codePage(code: AnyCode, site?: string): CodePage;
declare function pageUrl(code: string, site: string): string;
interface Release {
    readonly name: string;
    readonly line: string;
}
declare function releaseRanges(releases: readonly Release[], names: ReadonlySet<string>): string;
declare function lastAtMost(entries: ArrayLike<number>, value: number): number;
interface Position {
    readonly line: number;
    readonly column: number;
}
type LineIndex = ArrayLike<number>;
declare function indexLines(text: string): LineIndex;
declare function positionAt(lines: LineIndex, offset: number): Position;
declare function splitDocuments(text: string): readonly Span[];
interface SplitList {
    readonly head: string;
    readonly items: readonly string[];
    readonly tail: string;
    readonly indent: number;
}
declare function splitList(text: string): SplitList | undefined;
declare function splitItems(text: string, indent: number): readonly string[] | undefined;
declare function itemAsDocument(item: string, indent: number): string;
interface FileResources {
    readonly resources: readonly Resource[];
    readonly broken: readonly Resource[];
}
declare function readResources(file: TextFile): Result<FileResources, Diagnostic>;
declare function namesKind(text: string): boolean;
declare const reportFormats: readonly ["pretty", "compact", "json", "github", "sarif", "junit", "gitlab"];
type ReportFormat = (typeof reportFormats)[number];
interface Shape<T> {
    readonly read: (node: Node, say: Say) => T | undefined;
    readonly schema: object;
}
type Say = (at: Node, problem: string) => void;
type LintLevel = Severity | "on" | "off";
type LintLevels = Readonly<Record<string, LintLevel>>;
declare const configurationName = "meshlog.config.yaml";
interface Configuration {
    readonly kuma?: string;
    readonly envoy?: string;
    readonly allPatches?: boolean;
    readonly controlPlane?: ControlPlane;
    readonly lints?: LintLevels;
    readonly overrides?: readonly LintOverride[];
    readonly ignore?: readonly string[];
    readonly maxWarnings?: number;
    readonly format?: ReportFormat;
}
interface LintOverride {
    readonly files: readonly string[];
    readonly lints: LintLevels;
}
declare function readConfiguration(source: SourceFile): Result<Configuration | undefined, Diagnostic>;
declare function withLevels(diagnostics: readonly Diagnostic[], levelsOf: (file: string) => LintLevels): readonly Diagnostic[];
declare function atLevel(diagnostic: Diagnostic, levels: LintLevels): Diagnostic | undefined;
declare function suppress(files: readonly TextFile[], diagnostics: readonly Diagnostic[]): Result<readonly Diagnostic[], Diagnostic>;
declare function mayHoldSuppressions(text: string): boolean;
interface LabelEnvironment {
    readonly facts: LabelFacts;
    readonly controlPlane: ControlPlane;
}
interface ComputedLabels {
    readonly labels: ReadonlyMap<string, string>;
    readonly refusal?: string;
}
declare function withStoredLabels(bundle: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): Bundle;
declare function computeLabels(resource: Resource, { facts, controlPlane }: LabelEnvironment): ComputedLabels;
interface Placed<N extends Node = Node> {
    readonly node: N;
    readonly at: Path;
}
type FormatPlace = Placed<ScalarNode>;
declare function formatPlaces(spec: Node): readonly FormatPlace[];
type ProxySelector = (policy: Resource) => readonly Resource[] | undefined;
declare function proxySelector(bundle: Bundle, kuma: KumaRelease, controlPlane: ControlPlane): ProxySelector;
interface Schema {
    readonly type?: "object" | "array" | "string" | "boolean";
    readonly properties?: Readonly<Record<string, Schema>>;
    readonly required?: readonly string[];
    readonly additionalProperties?: Schema;
    readonly items?: Schema;
    readonly enum?: readonly string[];
    readonly minItems?: number;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly pattern?: string;
    readonly format?: "date-time";
    readonly nullable?: boolean;
    readonly readOnly?: boolean;
    readonly default?: string | boolean;
    readonly "x-kubernetes-preserve-unknown-fields"?: boolean;
    readonly go?: string;
    readonly isValue?: boolean;
}
interface PolicyField {
    readonly name: string;
    readonly means?: string;
    readonly type: NonNullable<Schema["type"]> | "any";
    readonly isRequired: boolean;
    readonly isReadOnly: boolean;
    readonly values?: readonly string[];
    readonly default?: string | boolean;
    readonly isDeprecated: boolean;
    readonly deprecatedValues: readonly string[];
}
declare function policyFields(shape: Resource["shape"], at: Path, kumas?: readonly KumaRelease[]): readonly PolicyField[];
declare function policyField(shape: Resource["shape"], at: Path, kumas?: readonly KumaRelease[]): PolicyField | undefined;
interface KumaChange {
    readonly what: string;
    readonly landed: readonly string[];
    readonly takenBack?: readonly string[];
    readonly source: string;
}
declare const kumaChanges: readonly KumaChange[];
declare const defaultFormats: {
    readonly http: string;
    readonly network: string;
};
interface Written {
    readonly to: string;
    readonly bytes: Uint8Array;
    readonly text: string | undefined;
}
declare function previewLogger({ typedConfig }: AccessLog, facts: Facts, options: RenderOptions): Result<Written | undefined>;
interface Previewed extends Result<Written | undefined> {
    readonly mesh: string;
    readonly items: readonly PreviewedItem[];
    readonly proxy?: string;
    readonly listener?: string;
    readonly context: string;
    readonly logger: number;
}
interface PreviewedItem {
    readonly policy: string;
    readonly path: string;
}
interface PreviewOptions {
    readonly facts: Facts;
    readonly kuma: KumaRelease;
    readonly envoy?: EnvoyRelease;
    readonly timezone?: string;
}
declare function previewPolicies({ policies }: Pick<Compiled, "policies">, options: PreviewOptions): readonly Previewed[];
declare function previewProxies({ policies, proxies }: Pick<Compiled, "policies" | "proxies">, options: PreviewOptions): readonly Previewed[];
interface AppliedConfiguration {
    readonly isIgnored: (file: string) => boolean;
    readonly levelsOf: (file: string) => LintLevels;
}
declare function applyConfiguration({ ignore, lints, overrides }: Configuration): AppliedConfiguration;
declare const controlPlaneShape: Shape<ControlPlane & {
    readonly meshlog?: 1;
}>;
declare function readControlPlane(source: SourceFile): Result<ControlPlane | undefined, Diagnostic>;
interface TargetOptions {
    readonly kuma?: string;
    readonly envoy?: string;
    readonly allPatches?: boolean;
}
declare function policyRequest(options: TargetOptions, configured?: TargetOptions): TargetOptions;
declare const trafficShape: Shape<Facts>;
declare function readTraffic(source: SourceFile): Result<Facts | undefined, Diagnostic>;
type Side = "inbound" | "outbound";
declare function sampleKumaValues(side: Side): Readonly<Record<string, string>>;
declare function sideOf(path: string): Side;
declare const trafficFields: {
    readonly protocol: {
        readonly type: "text";
        readonly operator: "PROTOCOL";
    };
    readonly startTime: {
        readonly type: "time";
        readonly means: "When it began.";
    };
    readonly emitTime: {
        readonly type: "time";
        readonly means: "When the line is written; by default when it has ended.";
    };
    readonly duration: {
        readonly type: "number";
        readonly operator: "DURATION";
    };
    readonly accessLogType: {
        readonly type: "text";
        readonly operator: "ACCESS_LOG_TYPE";
    };
    readonly connectionTerminationDetails: {
        readonly type: "text";
        readonly operator: "CONNECTION_TERMINATION_DETAILS";
    };
    readonly routeName: {
        readonly type: "text";
        readonly operator: "ROUTE_NAME";
    };
    readonly virtualCluster: {
        readonly type: "text";
        readonly operator: "VIRTUAL_CLUSTER_NAME";
    };
    readonly streamId: {
        readonly type: "text";
        readonly operator: "STREAM_ID";
    };
    readonly traceId: {
        readonly type: "text";
        readonly operator: "TRACE_ID";
    };
    readonly spanId: {
        readonly type: "text";
        readonly operator: "SPAN_ID";
    };
    readonly uniqueId: {
        readonly type: "text";
        readonly operator: "UNIQUE_ID";
    };
    readonly hostname: {
        readonly type: "text";
        readonly operator: "HOSTNAME";
    };
    readonly customFlags: {
        readonly type: "list";
        readonly means: "Flags that filters have set.";
    };
    readonly timePoints: {
        readonly type: "numbers";
        readonly means: "When the points of COMMON_DURATION were reached, in milliseconds since the start; DS_RX_BEG is 0.";
    };
    readonly environment: {
        readonly type: "texts";
        readonly means: "Environment variables of the Envoy process.";
    };
    readonly files: {
        readonly type: "texts";
        readonly means: "What FILE_CONTENT finds in files, by path.";
    };
    readonly secrets: {
        readonly type: "texts";
        readonly means: "What SECRET finds, by name.";
    };
    readonly request: {
        readonly type: "group";
        readonly means: "The request.";
        readonly fields: {
            readonly headers: {
                readonly type: "texts";
                readonly means: "Its headers, `:method`, `:path`, `:authority` and `:scheme` among them.";
            };
            readonly bytes: {
                readonly type: "number";
                readonly operator: "BYTES_RECEIVED";
            };
            readonly headerBytes: {
                readonly type: "number";
                readonly operator: "REQUEST_HEADERS_BYTES";
            };
            readonly duration: {
                readonly type: "number";
                readonly operator: "REQUEST_DURATION";
            };
            readonly txDuration: {
                readonly type: "number";
                readonly operator: "REQUEST_TX_DURATION";
            };
        };
    };
    readonly response: {
        readonly type: "group";
        readonly means: "The response.";
        readonly fields: {
            readonly code: {
                readonly type: "number";
                readonly operator: "RESPONSE_CODE";
            };
            readonly details: {
                readonly type: "text";
                readonly means: "RESPONSE_CODE_DETAILS with its white space.";
            };
            readonly flags: {
                readonly type: "list";
                readonly means: "Response flags, by their short or long names.";
            };
            readonly headers: {
                readonly type: "texts";
                readonly means: "Its headers.";
            };
            readonly trailers: {
                readonly type: "texts";
                readonly means: "Its trailers.";
            };
            readonly bytes: {
                readonly type: "number";
                readonly operator: "BYTES_SENT";
            };
            readonly headerBytes: {
                readonly type: "number";
                readonly operator: "RESPONSE_HEADERS_BYTES";
            };
            readonly trailerBytes: {
                readonly type: "number";
                readonly operator: "RESPONSE_TRAILERS_BYTES";
            };
            readonly duration: {
                readonly type: "number";
                readonly operator: "RESPONSE_DURATION";
            };
            readonly txDuration: {
                readonly type: "number";
                readonly operator: "RESPONSE_TX_DURATION";
            };
            readonly roundtripDuration: {
                readonly type: "number";
                readonly operator: "ROUNDTRIP_DURATION";
            };
        };
    };
    readonly downstream: {
        readonly type: "group";
        readonly means: "The connection from the client.";
        readonly fields: {
            readonly remoteAddress: {
                readonly type: "text";
                readonly operator: "DOWNSTREAM_REMOTE_ADDRESS";
            };
            readonly directRemoteAddress: {
                readonly type: "text";
                readonly operator: "DOWNSTREAM_DIRECT_REMOTE_ADDRESS";
            };
            readonly localAddress: {
                readonly type: "text";
                readonly operator: "DOWNSTREAM_LOCAL_ADDRESS";
            };
            readonly directLocalAddress: {
                readonly type: "text";
                readonly operator: "DOWNSTREAM_DIRECT_LOCAL_ADDRESS";
            };
            readonly connectionId: {
                readonly type: "number";
                readonly operator: "CONNECTION_ID";
            };
            readonly listener: {
                readonly type: "text";
                readonly operator: "LISTENER_NAME";
            };
            readonly filterChain: {
                readonly type: "text";
                readonly operator: "FILTER_CHAIN_NAME";
            };
            readonly serverName: {
                readonly type: "text";
                readonly means: "The name that the client asked for in TLS (SNI).";
            };
            readonly roundTripTime: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_CX_RTT";
            };
            readonly handshakeDuration: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_HANDSHAKE_DURATION";
            };
            readonly transportFailureReason: {
                readonly type: "text";
                readonly means: "Why TLS failed.";
            };
            readonly closeReason: {
                readonly type: "text";
                readonly means: "Why Envoy closed it.";
            };
            readonly closeType: {
                readonly type: "text";
                readonly operator: "DOWNSTREAM_DETECTED_CLOSE_TYPE";
            };
            readonly wireBytesReceived: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_WIRE_BYTES_RECEIVED";
            };
            readonly wireBytesSent: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_WIRE_BYTES_SENT";
            };
            readonly headerBytesReceived: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_HEADER_BYTES_RECEIVED";
            };
            readonly headerBytesSent: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_HEADER_BYTES_SENT";
            };
            readonly decompressedHeaderBytesReceived: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED";
            };
            readonly decompressedHeaderBytesSent: {
                readonly type: "number";
                readonly operator: "DOWNSTREAM_DECOMPRESSED_HEADER_BYTES_SENT";
            };
            readonly bytesRetransmitted: {
                readonly type: "number";
                readonly operator: "BYTES_RETRANSMITTED";
            };
            readonly packetsRetransmitted: {
                readonly type: "number";
                readonly operator: "PACKETS_RETRANSMITTED";
            };
            readonly tls: {
                readonly type: "group";
                readonly means: "Its TLS.";
                readonly fields: {
                    readonly version: {
                        readonly type: "text";
                        readonly operator: "DOWNSTREAM_TLS_VERSION";
                    };
                    readonly cipher: {
                        readonly type: "text";
                        readonly operator: "DOWNSTREAM_TLS_CIPHER";
                    };
                    readonly group: {
                        readonly type: "text";
                        readonly operator: "DOWNSTREAM_TLS_GROUP";
                    };
                    readonly sessionId: {
                        readonly type: "text";
                        readonly operator: "DOWNSTREAM_TLS_SESSION_ID";
                    };
                    readonly ja3: {
                        readonly type: "text";
                        readonly operator: "TLS_JA3_FINGERPRINT";
                    };
                    readonly ja4: {
                        readonly type: "text";
                        readonly operator: "TLS_JA4_FINGERPRINT";
                    };
                    readonly local: {
                        readonly type: "group";
                        readonly means: "The certificate that Envoy showed.";
                        readonly fields: {
                            readonly subject: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_LOCAL_SUBJECT";
                            };
                            readonly uriSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_LOCAL_URI_SAN";
                            };
                            readonly dnsSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_LOCAL_DNS_SAN";
                            };
                            readonly ipSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_LOCAL_IP_SAN";
                            };
                            readonly emailSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_LOCAL_EMAIL_SAN";
                            };
                            readonly othernameSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_LOCAL_OTHERNAME_SAN";
                            };
                        };
                    };
                    readonly peer: {
                        readonly type: "group";
                        readonly means: "The certificate that the client showed.";
                        readonly fields: {
                            readonly certificate: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_CERT";
                            };
                            readonly subject: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_SUBJECT";
                            };
                            readonly issuer: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_ISSUER";
                            };
                            readonly serial: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_SERIAL";
                            };
                            readonly fingerprint1: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_FINGERPRINT_1";
                            };
                            readonly fingerprint256: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_FINGERPRINT_256";
                            };
                            readonly chainFingerprints1: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_1";
                            };
                            readonly chainFingerprints256: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_CHAIN_FINGERPRINTS_256";
                            };
                            readonly chainSerials: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_CHAIN_SERIALS";
                            };
                            readonly issuerFingerprint256: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_ISSUER_FINGERPRINT_256";
                            };
                            readonly issuerSerial: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_ISSUER_SERIAL";
                            };
                            readonly uriSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_URI_SAN";
                            };
                            readonly dnsSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_DNS_SAN";
                            };
                            readonly ipSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_IP_SAN";
                            };
                            readonly emailSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_EMAIL_SAN";
                            };
                            readonly othernameSan: {
                                readonly type: "text";
                                readonly operator: "DOWNSTREAM_PEER_OTHERNAME_SAN";
                            };
                            readonly validFrom: {
                                readonly type: "time";
                                readonly means: "From when it is valid.";
                            };
                            readonly validTo: {
                                readonly type: "time";
                                readonly means: "Until when it is valid.";
                            };
                        };
                    };
                };
            };
        };
    };
    readonly upstream: {
        readonly type: "group";
        readonly means: "The connection to the upstream; not there where no host was chosen.";
        readonly fields: {
            readonly cluster: {
                readonly type: "text";
                readonly operator: "UPSTREAM_CLUSTER";
            };
            readonly clusterRaw: {
                readonly type: "text";
                readonly operator: "UPSTREAM_CLUSTER_RAW";
            };
            readonly host: {
                readonly type: "text";
                readonly operator: "UPSTREAM_HOST";
            };
            readonly hostName: {
                readonly type: "text";
                readonly operator: "UPSTREAM_HOST_NAME";
            };
            readonly hostsAttempted: {
                readonly type: "list";
                readonly means: "The addresses of all hosts that were tried; by default the one.";
            };
            readonly hostNamesAttempted: {
                readonly type: "list";
                readonly means: "Their names, or addresses where they have none.";
            };
            readonly connectionIdsAttempted: {
                readonly type: "list";
                readonly means: "The connections that were tried; by default the one.";
            };
            readonly localAddress: {
                readonly type: "text";
                readonly operator: "UPSTREAM_LOCAL_ADDRESS";
            };
            readonly remoteAddress: {
                readonly type: "text";
                readonly operator: "UPSTREAM_REMOTE_ADDRESS";
            };
            readonly protocol: {
                readonly type: "text";
                readonly operator: "UPSTREAM_PROTOCOL";
            };
            readonly connectionId: {
                readonly type: "number";
                readonly operator: "UPSTREAM_CONNECTION_ID";
            };
            readonly connectionPoolReadyDuration: {
                readonly type: "number";
                readonly operator: "UPSTREAM_CONNECTION_POOL_READY_DURATION";
            };
            readonly attempts: {
                readonly type: "number";
                readonly operator: "UPSTREAM_REQUEST_ATTEMPT_COUNT";
            };
            readonly serverName: {
                readonly type: "text";
                readonly operator: "UPSTREAM_SERVER_NAME";
            };
            readonly transportFailureReason: {
                readonly type: "text";
                readonly means: "Why the connection failed.";
            };
            readonly closeReason: {
                readonly type: "text";
                readonly means: "Why Envoy closed it.";
            };
            readonly closeType: {
                readonly type: "text";
                readonly operator: "UPSTREAM_DETECTED_CLOSE_TYPE";
            };
            readonly wireBytesReceived: {
                readonly type: "number";
                readonly operator: "UPSTREAM_WIRE_BYTES_RECEIVED";
            };
            readonly wireBytesSent: {
                readonly type: "number";
                readonly operator: "UPSTREAM_WIRE_BYTES_SENT";
            };
            readonly headerBytesReceived: {
                readonly type: "number";
                readonly operator: "UPSTREAM_HEADER_BYTES_RECEIVED";
            };
            readonly headerBytesSent: {
                readonly type: "number";
                readonly operator: "UPSTREAM_HEADER_BYTES_SENT";
            };
            readonly decompressedHeaderBytesReceived: {
                readonly type: "number";
                readonly operator: "UPSTREAM_DECOMPRESSED_HEADER_BYTES_RECEIVED";
            };
            readonly decompressedHeaderBytesSent: {
                readonly type: "number";
                readonly operator: "UPSTREAM_DECOMPRESSED_HEADER_BYTES_SENT";
            };
            readonly tls: {
                readonly type: "group";
                readonly means: "Its TLS.";
                readonly fields: {
                    readonly version: {
                        readonly type: "text";
                        readonly operator: "UPSTREAM_TLS_VERSION";
                    };
                    readonly cipher: {
                        readonly type: "text";
                        readonly operator: "UPSTREAM_TLS_CIPHER";
                    };
                    readonly group: {
                        readonly type: "text";
                        readonly operator: "UPSTREAM_TLS_GROUP";
                    };
                    readonly sessionId: {
                        readonly type: "text";
                        readonly operator: "UPSTREAM_TLS_SESSION_ID";
                    };
                    readonly local: {
                        readonly type: "group";
                        readonly means: "The certificate that Envoy showed.";
                        readonly fields: {
                            readonly uriSan: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_LOCAL_URI_SAN";
                            };
                            readonly dnsSan: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_LOCAL_DNS_SAN";
                            };
                            readonly ipSan: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_LOCAL_IP_SAN";
                            };
                        };
                    };
                    readonly peer: {
                        readonly type: "group";
                        readonly means: "The certificate that the upstream showed.";
                        readonly fields: {
                            readonly certificate: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_PEER_CERT";
                            };
                            readonly subject: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_PEER_SUBJECT";
                            };
                            readonly issuer: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_PEER_ISSUER";
                            };
                            readonly uriSan: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_PEER_URI_SAN";
                            };
                            readonly dnsSan: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_PEER_DNS_SAN";
                            };
                            readonly ipSan: {
                                readonly type: "text";
                                readonly operator: "UPSTREAM_PEER_IP_SAN";
                            };
                            readonly validFrom: {
                                readonly type: "time";
                                readonly means: "From when it is valid.";
                            };
                            readonly validTo: {
                                readonly type: "time";
                                readonly means: "Until when it is valid.";
                            };
                        };
                    };
                };
            };
        };
    };
    readonly metadata: {
        readonly type: "group";
        readonly means: "Metadata, by namespace.";
        readonly fields: {
            readonly dynamic: {
                readonly type: "objects";
                readonly means: "What filters have set.";
            };
            readonly cluster: {
                readonly type: "objects";
                readonly means: "Of the upstream cluster.";
            };
            readonly route: {
                readonly type: "objects";
                readonly means: "Of the route.";
            };
            readonly upstreamHost: {
                readonly type: "objects";
                readonly means: "Of the upstream host.";
            };
            readonly listener: {
                readonly type: "objects";
                readonly means: "Of the listener.";
            };
            readonly virtualHost: {
                readonly type: "objects";
                readonly means: "Of the virtual host.";
            };
            readonly listenerFilterChain: {
                readonly type: "objects";
                readonly means: "Of the filter chain.";
            };
        };
    };
    readonly filterState: {
        readonly type: "objects";
        readonly means: "Objects by key: each with `plain`, `typed` and `fields`, as far as it has them.";
    };
    readonly upstreamFilterState: {
        readonly type: "objects";
        readonly means: "The same for the upstream.";
    };
};
type Traffic = Described<typeof trafficFields>;
type Described<F> = {
    readonly [N in keyof F]?: DescribedField<F[N]>;
};
type DescribedField<F> = F extends {
    readonly type: "group";
    readonly fields: infer G;
} ? Described<G> : F extends {
    readonly type: infer T extends keyof Values;
} ? Values[T] : never;
interface Values {
    readonly text: string;
    readonly number: number;
    readonly time: string;
    readonly list: readonly string[];
    readonly texts: Readonly<Record<string, string>>;
    readonly numbers: Readonly<Record<string, number>>;
    readonly objects: Readonly<Record<string, unknown>>;
}
declare const samples: Readonly<Record<string, Traffic>>;
declare function trafficFacts(traffic: Traffic): Facts;
interface LiveListener {
    readonly name: string;
    readonly address?: {
        readonly host: string;
        readonly port: number;
    };
    readonly isRedirectedTo: boolean;
    readonly tags: Readonly<Record<string, string>>;
    readonly listenerFilters: readonly string[];
    readonly filters: readonly LiveFilter[];
    readonly refusal?: string;
}
interface LiveFilter {
    readonly type: NetworkFilter;
    readonly accessLog: readonly AccessLog[];
    readonly accessLogOptions?: Readonly<Record<string, unknown>>;
    readonly httpFilters: readonly HttpFilter[];
    readonly cluster?: string;
    readonly routes?: {
        readonly name: string;
        readonly config?: unknown;
    };
}
interface ConfigDump {
    readonly node?: LiveNode;
    readonly listeners: readonly LiveListener[];
    readonly routeConfigs: ReadonlyMap<string, unknown>;
    readonly clusters: readonly Cluster[];
}
interface LiveNode {
    readonly id: string;
    readonly metadata: Readonly<Record<string, unknown>>;
}
declare function readConfigDump(source: SourceFile): Result<ConfigDump | undefined, Diagnostic>;
interface ProxyName {
    readonly mesh: string;
    readonly name: string;
}
declare function proxyOf({ node }: ConfigDump): ProxyName | undefined;
declare function controlPlaneFacts(dump: ConfigDump, { mesh, name }: ProxyName): ControlPlane;
declare function withReportedMetadata(known: ControlPlane, dump: ConfigDump, { mesh, name }: ProxyName): ControlPlane;
type VerifiedListener = {
    readonly status: "equal";
    readonly name: string;
    readonly loggers: number;
} | {
    readonly status: "different";
    readonly name: string | null;
    readonly changes: readonly ListenerChange[];
    readonly refusal?: string;
} | {
    readonly status: "unknown";
    readonly name: string | null;
    readonly resource?: string;
    readonly reason: UnknownReason;
    readonly loggers: number;
};
type UnknownReason = "address" | "not-in-bundle";
interface Verification {
    readonly listeners: readonly VerifiedListener[];
    readonly clusters: readonly ClusterChange[];
}
declare function verify(compiled: CompiledProxy, dump: ConfigDump): Verification;

export { applyConfiguration, atLevel, bootstrap, check, checkAlone, checkTogether, codePage, codes, compile, computeLabels, configurationName, controlPlaneFacts, controlPlaneShape, defaultFormats, diff, explainProxy, formatPlaces, formatText, groupChanges, indexLines, itemAsDocument, kumaChanges, lastAtMost, load, mayHoldSuppressions, messages, migrate, nameOf, namesKind, pageUrl, policyField, policyFields, policyRequest, policyTrace, positionAt, previewLogger, previewPolicies, previewProxies, proxyOf, proxySelector, proxyText, quote, readConfigDump, readConfiguration, readControlPlane, readResources, readTraffic, releaseRanges, repeatedResources, replaceInScalar, sampleKumaValues, samples, sayRepeated, sideOf, splitDocuments, splitItems, splitList, suppress, surroundingsOf, textOf, trafficFacts, trafficShape, verify, withLevels, withReportedMetadata, withStoredLabels };
export type { AccessLog, AccessLogFilter, Address, AllocatedOutbound, AnyCode, AnyValue, ApiVersion, AppliedConfiguration, ArrayValue, Bootstrap, BootstrapOptions, Bundle, ChangeGroup, ChangeReason, CircuitBreakers, CircuitBreakersThresholds, Cluster, ClusterChange, ClusterDiscoveryType, ClusterDnsLookupFamily, ClusterLoadAssignment, Code, CodePage, CommonGrpcAccessLogConfig, CompileOptions, Compiled, CompiledBundle, CompiledHeader, CompiledItem, CompiledListener, CompiledPolicy, CompiledProxy, CompiledReason, ComputedLabels, ConfigDump, Configuration, ControlPlane, ControlPlaneSettings, DataSource, Diagnostic, Diff, Endpoint, Example, ExplainedItem, ExplainedListener, ExplainedMiss, ExplainedOverride, ExplainedSelection, ExplainedValue, ExpressionFilter, ExtensionFilter, FieldChange, FileAccessLog, FileResources, Finding, FormatPlace, Formatted, Given, GroupedProxy, GrpcService, GrpcServiceEnvoyGrpc, Hole, Http2ProtocolOptions, HttpFilter, HttpProtocolOptions, HttpProtocolOptionsExplicitHttpConfig, ItemChange, ItemPlace, Json, KeyValue, KeyValueList, KumaChange, LabelEnvironment, LbEndpoint, LineIndex, LintLevel, LintLevels, ListNode, ListenerChange, ListenerFilter, LiveFilter, LiveListener, LiveNode, LocalityLbEndpoints, Location, LoggerChange, Lua, MapEntry, MapNode, Messages, Metadata, MetadataFilter, MetadataMatcher, MetadataMatcherPathSegment, MigrateOptions, MigratedFile, Migration, Node, OpenTelemetryAccessLogConfig, Path, Pipe, PolicyChange, PolicyField, PolicyPlace, PolicyTrace, Position, PreviewOptions, Previewed, ProxyChange, ProxyExplanation, ProxyMetadata, ProxyName, ProxySelector, Reason, Resource, ResourceIdentity, ScalarNode, Side, Silence, SocketAddress, SourceFile, SplitList, StringMatcher, SubstitutionFormatString, Surroundings, TargetOptions, TcpProxyTcpAccessLogOptions, TextFile, TlsInspector, Traffic, Typed, UnknownReason, ValueMatcher, ValueMatcherNullMatch, Variant, Verification, VerifiedListener, Violation, Written };
