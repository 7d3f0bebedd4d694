import type { AccessLog, Cluster, Json } from "../../../envoy/messages.ts";
import type {
  ClusterChange,
  FieldChange,
  ListenerChange,
  LoggerChange,
  PolicyChange,
  ChangeReason,
} from "../../../diff/changes.ts";
import type { Finding } from "../../../diff/group.ts";
import { joinHostPort } from "../../../listeners/listener.ts";
import { items, members, word } from "../../../verify/loose.ts";
import { diffText, type Segment } from "./text-diff.ts";

/** A line of a description: what stands at its left, and its pieces, of which some are what changed. */
export interface Line {
  readonly sign: "+" | "-" | " ";
  readonly segments: readonly Segment[];
}

/** What changed, in a few words and in lines of detail. */
export interface Description {
  readonly title: string;
  readonly lines: readonly Line[];
}

/** Describes one thing that changed of a proxy. */
export function describe(finding: Finding): Description {
  switch (finding.kind) {
    case "proxy":
      return { title: finding.change === "added" ? "new proxy" : "removed proxy", lines: [] };
    case "error": {
      const { before, after } = finding;
      const title = after === undefined ? "Kuma generates the proxy again" : "Kuma fails to generate the proxy";
      return { title, lines: [...sided("-", before), ...sided("+", after)] };
    }
    case "policies": {
      const { added, removed } = finding;
      const lines = [...removed.map((name) => line("-", name)), ...added.map((name) => line("+", name))];
      const isOrder = lines.length === 0;
      return { title: `policies that select the proxy${isOrder ? ": in another order" : ""}`, lines };
    }
    case "listener":
      return describeListener(finding.change);
    case "cluster":
      return describeCluster(finding.change);
  }
}

function describeListener({ change, fields, loggers, isReordered, because }: ListenerChange): Description {
  const isSilent = loggers.length === 0;
  const title = {
    added: `new listener${isSilent ? ", which logs nothing" : ""}`,
    removed: `removed listener${isSilent ? ", which logged nothing" : ""}`,
    changed: isSilent && !isReordered ? "the listener changes" : "loggers change",
  }[change];
  return {
    title,
    lines: [
      ...fields.flatMap((field) => describeField(field, field.path)),
      ...loggers.flatMap(describeLogger),
      ...(isReordered ? [line(" ", "loggers stand in another order")] : []),
      ...(because === undefined ? [] : describeReasons(because)),
    ],
  };
}

/** By which items of policies, and by which no more. */
function describeReasons({ before, after }: NonNullable<ListenerChange["because"]>): readonly Line[] {
  const named = (reasons: readonly ChangeReason[]): ReadonlySet<string> =>
    new Set(reasons.map(({ policy, path }) => `${policy} ${path}`));
  const [was, is] = [named(before), named(after)];
  const gone = [...was].filter((name) => !is.has(name));
  return [
    ...(is.size === 0 ? [] : [line(" ", `by ${[...is].join(", ")}`)]),
    ...(gone.length === 0 ? [] : [line(" ", `no longer by ${gone.join(", ")}`)]),
  ];
}

/** Describes what changed of a policy. */
export function describePolicy({ change, mesh, name, items: changed }: PolicyChange): Description {
  const title = { added: "new policy", removed: "removed policy", changed: "changed policy" }[change];
  return {
    title: `${title} ${mesh}/${name}`,
    lines: changed.flatMap(({ change: ofItem, path, loggers, isReordered }) => {
      const sign = { added: "+", removed: "-", changed: " " } as const;
      return [
        line(sign[ofItem], path),
        ...(ofItem === "changed" && loggers.length === 0 && !isReordered
          ? [line(" ", "  it is for other traffic")]
          : []),
        ...loggers.flatMap(describeLogger).map(indented),
        ...(isReordered ? [line(" ", "  loggers stand in another order")] : []),
      ];
    }),
  };
}

function describeCluster(change: ClusterChange): Description {
  switch (change.change) {
    case "added":
      return { title: "new cluster", lines: [line("+", `${change.name} ${endpointOf(change.cluster)}`)] };
    case "removed":
      return { title: "removed cluster", lines: [line("-", `${change.name} ${endpointOf(change.cluster)}`)] };
    case "changed":
      return {
        title: `the cluster ${change.name} changes`,
        lines: change.fields.flatMap((field) => describeField(field, field.path)),
      };
  }
}

/** Where a cluster leads. It may be that of a live proxy, where anything can stand. */
function endpointOf({ loadAssignment }: Cluster): string {
  const endpoints = items(loadAssignment?.endpoints).flatMap((one) => items(members(one)["lbEndpoints"]));
  return endpoints
    .map((one) => {
      const address = members(members(members(one)["endpoint"])["address"]);
      const { address: host, portValue } = members(address["socketAddress"]);
      return word(members(address["pipe"])["path"]) ?? joinHostPort(word(host) ?? "", Number(portValue));
    })
    .join(" ");
}

function describeLogger(change: LoggerChange): readonly Line[] {
  switch (change.change) {
    case "added":
      return wholeLogger("+", change.accessLog);
    case "removed":
      return wholeLogger("-", change.accessLog);
    case "changed":
      return [
        line(" ", titleOf(change.after)),
        ...change.fields.flatMap((field) => describeField(field, labelOf(field.path))).map(indented),
      ];
  }
}

function wholeLogger(sign: "+" | "-", accessLog: AccessLog): readonly Line[] {
  const { filter } = accessLog;
  return [
    line(sign, titleOf(accessLog), true),
    ...formatOf(accessLog).map((text) => indented(line(sign, text, true))),
    ...(filter === undefined ? [] : [indented(line(sign, `if ${inline(filter as Json)}`, true))]),
  ];
}

/** `file /dev/stdout`, `TCP logger.example:9999`, `OpenTelemetry meshaccesslog:opentelemetry:0` */
function titleOf({ typedConfig }: AccessLog): string {
  switch (typedConfig?.["@type"]) {
    case undefined:
      return "a logger without configuration";
    case "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog": {
      const { path = "", logFormat } = typedConfig;
      const { address } = tcpFormat(logFormat?.jsonFormat) ?? {};
      return address === undefined ? `file ${path}` : `TCP ${address}`;
    }
    case "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig": {
      const service = typedConfig.grpcService ?? typedConfig.commonConfig?.grpcService;
      return `OpenTelemetry ${service?.envoyGrpc?.clusterName ?? ""}`;
    }
    default:
      return inline(typedConfig);
  }
}

/** What a logger writes, in one or more lines. */
function formatOf({ typedConfig }: AccessLog): readonly string[] {
  switch (typedConfig?.["@type"]) {
    case "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog": {
      const { textFormatSource, jsonFormat } = typedConfig.logFormat ?? {};
      const text = textFormatSource?.inlineString;
      if (typeof text === "string") return [withoutEnd(text)];
      const message = tcpFormat(jsonFormat)?.message ?? jsonFormat;
      return message === undefined ? [] : [typeof message === "string" ? withoutEnd(message) : inline(message)];
    }
    case "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig": {
      const { body, attributes } = typedConfig;
      return [
        ...(body === undefined ? [] : [`body ${body.stringValue ?? inline(body as Json)}`]),
        ...(attributes?.values === undefined ? [] : [`attributes ${inline(attributes.values as Json)}`]),
      ];
    }
    case undefined:
    default:
      return [];
  }
}

/** Kuma sends the records of a TCP logger to kuma-dp as these two members. */
function tcpFormat(
  jsonFormat: Readonly<Record<string, Json>> | undefined,
): { readonly address: string; readonly message: Json } | undefined {
  const { address, message, ...rest } = jsonFormat ?? {};
  const isTcp = typeof address === "string" && message !== undefined && Object.keys(rest).length === 0;
  return isTcp ? { address, message } : undefined;
}

/** How people call the fields of loggers; the longest beginning counts. */
const labels: readonly (readonly [path: string, label: string])[] = [
  ["typedConfig.logFormat.textFormatSource.inlineString", "format"],
  ["typedConfig.logFormat.jsonFormat.message", "format"],
  ["typedConfig.logFormat.jsonFormat.address", "address"],
  ["typedConfig.logFormat.jsonFormat", "format"],
  ["typedConfig.logFormat.omitEmptyValues", "omitEmptyValues"],
  ["typedConfig.logFormat", "format"],
  ["typedConfig.grpcService.envoyGrpc.clusterName", "cluster"],
  ["typedConfig.commonConfig.grpcService.envoyGrpc.clusterName", "cluster"],
  ["typedConfig.attributes.values", "attributes"],
  ["typedConfig.", ""],
];

function labelOf(path: string): string {
  const [known, label] = labels.find(([prefix]) => path.startsWith(prefix)) ?? ["", ""];
  return label + path.slice(known.length);
}

function describeField({ before, after }: FieldChange, label: string): readonly Line[] {
  if (typeof before === "string" && typeof after === "string") {
    const sides = diffText(withoutEnd(before), withoutEnd(after));
    const isEndOnly = withoutEnd(before) === withoutEnd(after);
    if (!isEndOnly) {
      return [
        line(" ", `${label}:`),
        indented({ sign: "-", segments: sides.before }),
        indented({ sign: "+", segments: sides.after }),
      ];
    }
  }
  return [
    line(" ", `${label}:`),
    ...sided("-", before === undefined ? undefined : inline(before)).map(indented),
    ...sided("+", after === undefined ? undefined : inline(after)).map(indented),
  ];
}

function sided(sign: "+" | "-", text: string | undefined): readonly Line[] {
  return text === undefined ? [] : [line(sign, text, true)];
}

function line(sign: Line["sign"], text: string, isChanged = false): Line {
  return { sign, segments: [{ text, isChanged }] };
}

function indented({ sign, segments }: Line): Line {
  return { sign, segments: [{ text: "  ", isChanged: false }, ...segments] };
}

/** Nearly every format ends in a line break, which says nothing to people. */
function withoutEnd(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}

/** A text as it is, any other value as JSON. */
function inline(value: Json): string {
  return typeof value === "string" && !value.endsWith("\n") ? value : JSON.stringify(value);
}
