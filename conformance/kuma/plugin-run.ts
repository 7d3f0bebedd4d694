import type {
  AccessLog,
  Cluster,
  HttpFilter,
  Metadata,
  TcpProxyTcpAccessLogOptions,
} from "../../packages/compiler/src/envoy/messages.ts";
import type { Profile } from "../../packages/compiler/src/kuma/profile.ts";
import type { Logging, NetworkFilter } from "../../packages/compiler/src/listeners/listener.ts";
import { listenerLoggers } from "../../packages/compiler/src/lower/listener-loggers.ts";
import { loggerObjects } from "../../packages/compiler/src/lower/linked-logger.ts";
import { type ProxyLinker, proxyLinker } from "../../packages/compiler/src/lower/proxy-linker.ts";
import { routeIds } from "../../packages/compiler/src/lower/route-ids.ts";
import { type LoggedRoute, routedLoggers } from "../../packages/compiler/src/lower/route-loggers.ts";
import { templates } from "../../packages/compiler/src/lower/template.ts";
import { trafficKind } from "../../packages/compiler/src/lower/traffic-kind.ts";
import { zoneProxyOptions } from "../../packages/compiler/src/lower/zone-proxy-options.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { readOpenTelemetryBackend } from "../../packages/compiler/src/source/open-telemetry-backend.ts";
import type { Resource } from "../../packages/compiler/src/source/resources.ts";
import type { Conf } from "../../packages/compiler/src/validate/policy.ts";
import type {
  CaseConf,
  CaseInbound,
  CaseListener,
  Harness,
  InboundCaseRule,
  PluginCase,
  ResourceId,
  SubsetRule,
} from "./plugin-case.ts";

/** What logging makes of a listener, whatever else is in it. */
export interface LoggedParts {
  readonly accessLog: readonly AccessLog[];
  readonly accessLogOptions?: TcpProxyTcpAccessLogOptions;
  readonly lua: readonly HttpFilter[];
  readonly routeMetadata: Readonly<Record<string, Metadata>>;
  readonly hasTlsInspector: boolean;
}

export interface PluginOutcome {
  /** By `address:port`. */
  readonly listeners: ReadonlyMap<string, LoggedParts>;
  readonly clusters: readonly Cluster[];
  readonly error?: string;
}

const mesh = "default";

/** Runs the lowering on a case, in the order of Kuma's plugin. */
export function runPlugin(
  version: string,
  { input }: PluginCase,
  harness: Harness,
  releaseProfile: Profile,
): PluginOutcome {
  // Circuit breakers come from a plugin that the unit tests do not run.
  const profile = { ...releaseProfile, clustersTrackRemaining: false };
  const { dataplane, accessLogSocket = {} } = harness;
  const { networking } = dataplane;
  const labels = input.dataplaneLabels ?? {};
  const features = Array.isArray(input.features) ? (input.features as string[]) : Object.keys(input.features ?? {});
  const inbounds = [...(networking.inbound ?? []), ...(input.extraInbounds ?? [])];
  const linker = proxyLinker(
    {
      resource: { mesh, name: dataplane.name, labels: new Map(Object.entries(labels)) },
      address: networking.address ?? "",
    },
    {
      profile,
      mesh: meshResource(input.meshServicesMode),
      backends: (input.motbBackends ?? []).flatMap(resources).map(readOpenTelemetryBackend),
      metadata: {
        workdir: accessLogSocket.metadataWorkDir ?? "",
        ...(accessLogSocket.metadataAccessLogSocketPath === undefined
          ? {}
          : { accessLogSocketPath: accessLogSocket.metadataAccessLogSocketPath }),
        features,
      },
    },
  );
  const hasTags = version !== "main" && input.inboundTagsDisabled !== true;
  const services = [networking.gateway?.tags, ...inbounds.map(({ tags }) => tags)].flatMap(
    (tags) => tags?.["kuma.io/service"] ?? [],
  );
  const self = (version === "main" ? labels["kuma.io/workload"] : services.sort()[0]) ?? "unknown";
  const inboundName =
    hasTags || input.inboundName === undefined
      ? self
      : `kri_dp_${mesh}_${labels["kuma.io/zone"] ?? ""}_${labels["k8s.kuma.io/namespace"] ?? ""}_${dataplane.name}_${input.inboundName}`;
  const plugin = { profile, linker, input, harness, inbounds, self, inboundName };

  const inOrder = [...(input.resources ?? gatewayListener)].sort((a, b) => rank(a) - rank(b));
  const listeners = new Map(inOrder.map((listener) => [key(listener), logged(listener, plugin)]));
  return { listeners, ...linker.finish() };
}

interface Plugin {
  readonly profile: Profile;
  readonly linker: ProxyLinker;
  readonly input: PluginCase["input"];
  readonly harness: Harness;
  readonly inbounds: readonly CaseInbound[];
  readonly self: string;
  /** What the proxy calls itself in its inbound logs. */
  readonly inboundName: string;
}

/** Inbounds, zone proxy, outbounds, gateway, real resources: their order numbers the clusters. */
function rank({ origin, resourceOrigin }: CaseListener): number {
  return resourceOrigin ? 4 : ["inbound", "egress", "ingress", "outbound", "gateway"].indexOf(origin) / 2;
}

const gatewayListener: readonly CaseListener[] = [
  { origin: "gateway", direction: "inbound", address: "127.0.0.1", port: 8080, filter: "http" },
];

function logged(listener: CaseListener, plugin: Plugin): LoggedParts {
  const { input, self, inboundName } = plugin;
  const context = { address: listener.address, port: listener.port };
  switch (listener.origin) {
    case "gateway": {
      const to = at(input.rules?.toRules?.byListener, context) ?? input.toRules?.rules ?? [];
      const from = at(input.rules?.inboundRules, context) ?? at(input.rules?.fromRules, context) ?? [];
      const there = loggers(listener, plugin, catchAll(to), outbound(self, "*"), "http");
      const back = loggers(listener, plugin, from, inbound(self), "http");
      return { ...there, accessLog: [...there.accessLog, ...back.accessLog] };
    }
    case "inbound": {
      const rules = at(input.fromRules?.inboundRules, context) ?? at(input.fromRules?.rules, context) ?? [];
      const [first] = plugin.inbounds.filter(({ address, port }) => key({ address, port }) === key(context));
      const protocol = first?.protocol ?? first?.tags?.["kuma.io/protocol"] ?? "";
      return loggers(listener, plugin, rules, inbound(inboundName), protocol);
    }
    case "egress":
    case "ingress": {
      const values = { sourceService: "unknown", destinationService: "unknown", direction: "UNSPECIFIED" } as const;
      const rules = at(input.fromRules?.inboundRules, context) ?? [];
      return { ...loggers(listener, plugin, rules, values, "tcp"), accessLogOptions: zoneProxyOptions };
    }
    default:
      return listener.resourceOrigin
        ? realResource(listener, listener.resourceOrigin, plugin)
        : legacy(listener, plugin);
  }
}

type Values = Pick<Logging, "sourceService" | "destinationService" | "direction">;

const inbound = (self: string): Values => ({
  sourceService: "unknown",
  destinationService: self,
  direction: "INBOUND",
});

const outbound = (self: string, destinationService: string): Values => ({
  sourceService: self,
  destinationService,
  direction: "OUTBOUND",
});

function loggers(
  { filter }: CaseListener,
  { profile, linker }: Plugin,
  rules: readonly InboundCaseRule[],
  values: Values,
  protocol: string,
): LoggedParts {
  const carrier = carriers[filter];
  const listenerValues = linker.valuesOf(values);
  const confs = rules.map(({ conf, match }) => ({ conf: confOf(conf), ...(match === undefined ? {} : { match }) }));
  const lowered = new Map(confs.map(({ conf }) => [conf, templates(conf, profile)]));
  const traffic = { context: "outbound", protocol } as const;
  const accessLog = listenerLoggers(confs, lowered, traffic, [carrier], profile, listenerValues).get(carrier) ?? [];
  return {
    accessLog: loggerObjects(accessLog),
    lua: [],
    routeMetadata: {},
    hasTlsInspector: rules.some(({ match }) => match?.sni),
  };
}

const carriers: Readonly<Record<CaseListener["filter"], NetworkFilter>> = {
  http: "envoy.filters.network.http_connection_manager",
  tcp: "envoy.filters.network.tcp_proxy",
};

function legacy(listener: CaseListener, plugin: Plugin): LoggedParts {
  const { input, harness, self } = plugin;
  const outbounds = [...(input.outbounds ?? []), ...(harness.dataplane.networking.outbound ?? [])];
  const service = outbounds.find((candidate) => key(candidate) === key(listener))?.tags["kuma.io/service"] ?? "";
  const rule = (input.toRules?.rules ?? []).find(({ subset }) => subset.every(({ value }) => value === service));
  return loggers(
    listener,
    plugin,
    rule === undefined ? [] : [rule],
    outbound(self, service),
    harness.serviceProtocols?.[service] ?? "",
  );
}

function realResource(listener: CaseListener, resource: ResourceId, plugin: Plugin): LoggedParts {
  const { input, profile, linker, self } = plugin;
  const protocol = listener.protocol ?? "";
  const rules = new Map((input.toRules?.resourceRules ?? []).map((rule) => [kri(rule.resource), rule.conf]));
  const kind = trafficKind({ context: "outbound", protocol }, carriers[listener.filter], profile);
  const backends = (conf: CaseConf | undefined) => templates(confOf(conf ?? {}), profile)[kind];
  const routes = (listener.routes ?? []).flatMap(({ name = "" }): readonly LoggedRoute[] => {
    const ids = routeIds(name, profile);
    const rule = ids?.candidates.find((candidate) => rules.has(candidate));
    return ids === undefined || rule === undefined ? [] : [{ name, id: ids.id, backends: backends(rules.get(rule)) }];
  });
  const isHttp = ["http", "http2", "grpc"].includes(protocol);
  const shared = backends(rules.get(kri(resource)) ?? rules.get(kri({ ...resource, sectionName: "" })));
  const values = linker.valuesOf(outbound(self, resource.name));
  const { accessLog, httpFilters, routeMetadata } = routedLoggers(shared, routes, profile, isHttp, values);
  return { accessLog: loggerObjects(accessLog), lua: httpFilters, routeMetadata, hasTlsInspector: false };
}

const shortNames: Readonly<Record<string, string>> = {
  MeshService: "msvc",
  MeshExternalService: "extsvc",
  MeshHTTPRoute: "mhttpr",
};

function kri({ resourceType, mesh, zone, namespace, name, sectionName }: ResourceId): string {
  return `kri_${shortNames[resourceType] ?? resourceType}_${mesh}_${zone}_${namespace}_${name}_${sectionName}`;
}

/** The rule that everything meets. */
function catchAll(rules: readonly SubsetRule[]): readonly SubsetRule[] {
  return rules.filter(({ subset }) => subset.length === 0).slice(0, 1);
}

function at<Rule>(
  lists:
    readonly { readonly listener: { address: string; port: number }; readonly rules: readonly Rule[] }[] | undefined,
  context: { readonly address: string; readonly port: number },
): readonly Rule[] | undefined {
  return lists?.find(({ listener }) => key(listener) === key(context))?.rules;
}

function key({ address, port }: { readonly address: string; readonly port: number }): string {
  return `${address}:${port}`;
}

/** A raw body that is no JSON, which no policy can have, is its text. */
function confOf({ backends }: CaseConf): Conf {
  if (backends === undefined) return {};
  return {
    backends: backends.map((backend) => {
      const { body, ...openTelemetry } = backend.openTelemetry ?? {};
      if (body === undefined) return backend;
      return { ...backend, openTelemetry: { ...openTelemetry, body: bodyOf((body as { raw: string }).raw) } };
    }),
  };
}

function bodyOf(raw: string): unknown {
  try {
    return JSON.parse(raw);
  } catch {
    return { stringValue: raw };
  }
}

function resources(resource: object): readonly Resource[] {
  return load([{ path: "case.yaml", content: JSON.stringify(resource) }]).value.resources;
}

function meshResource(mode: string | undefined): Resource | undefined {
  return resources({ type: "Mesh", name: mesh, ...(mode === undefined ? {} : { meshServices: { mode } }) })[0];
}
