import type { Profile } from "../kuma/profile.ts";
import type { Backend, Conf } from "../validate/policy.ts";
import { type FileTemplate, fileTemplate, type TcpTemplate, tcpTemplate } from "./file-logger.ts";
import { type DefaultFormat, formatTemplate } from "./format.ts";
import { type OpenTelemetryTemplate, openTelemetryTemplate } from "./open-telemetry-logger.ts";
import { readText, type ReadText, type TextReader, textReader } from "./text-reader.ts";
import { defaultFormatOf, type TrafficKind } from "./traffic-kind.ts";

/** The access loggers of a conf, with holes for what only a proxy knows; all proxies share them. */
export type Templates = Readonly<Record<TrafficKind, readonly BackendTemplate[]>>;

/** What a backend becomes: an access logger, or an error that leaves every proxy without configuration that carries it. */
export type BackendTemplate = LoggerTemplate | RefusedTemplate;

/** One access logger with holes. */
export type LoggerTemplate = FileTemplate | TcpTemplate | OpenTelemetryTemplate | EmptyTemplate;

/** A logger without name and configuration: what Kuma 2.11 to 2.13 make of a backend without a body. */
export interface EmptyTemplate {
  readonly kind: "empty";
}

export interface RefusedTemplate {
  readonly kind: "refused";
  /** As the plugin meshaccesslog says it. */
  readonly error: string;
}

/**
 * The templates of a conf: one for each backend, in their order.
 *
 * @param texts what all confs of a run read their texts with.
 */
export function templates(conf: Conf, profile: Profile, texts: ReadText = readText(profile)): Templates {
  const backends = (conf.backends ?? []).map((backend) => templatesOfBackend(backend, profile, texts));
  return {
    http: backends.map(({ http }) => http),
    tcp: backends.map(({ tcp }) => tcp),
    passthrough: backends.map(({ passthrough }) => passthrough),
  };
}

/** One template for all kinds of traffic, unless the backend has the default format, which differs between them. */
function templatesOfBackend(
  backend: Backend,
  profile: Profile,
  texts: ReadText,
): Readonly<Record<TrafficKind, BackendTemplate>> {
  const used = new Set<TrafficKind>();
  const of = (kind: TrafficKind): BackendTemplate =>
    backendTemplate(
      backend,
      () => {
        used.add(kind);
        return defaultFormatOf(kind, profile);
      },
      profile,
      texts,
    );
  const http = of("http");
  return used.size > 0
    ? { http, tcp: of("tcp"), passthrough: of("passthrough") }
    : { http, tcp: http, passthrough: http };
}

type Body = "tcp" | "file" | "openTelemetry";

/** Which body of a backend counts. */
function backendTemplate(
  backend: Backend,
  defaultFormat: DefaultFormat,
  profile: Profile,
  texts: ReadText,
): BackendTemplate {
  const lowered = (body: Body): BackendTemplate => bodyTemplateOf(backend, body, defaultFormat, profile, texts);
  const { backendBody, hasOpenTelemetry } = profile;
  const all: readonly Body[] = hasOpenTelemetry ? ["tcp", "file", "openTelemetry"] : ["tcp", "file"];
  const present = all.filter((body) => backend[body] !== undefined);
  switch (backendBody) {
    case "file-then-tcp":
      return lowered(present.includes("file") ? "file" : "tcp");
    case "first": {
      const [first] = present;
      if (first !== undefined) return lowered(first);
      return { kind: "refused", error: `backend must have only one type defined: ${all.join(", ")}` };
    }
    case "last": {
      // All are built, one over the other.
      const built = present.map(lowered);
      return built.find(({ kind }) => kind === "refused") ?? built.at(-1) ?? { kind: "empty" };
    }
    case "by-type": {
      const body = backend.type === undefined ? undefined : bodyOfType[backend.type];
      return body === undefined ? { kind: "empty" } : lowered(body);
    }
  }
}

const bodyOfType: Readonly<Record<NonNullable<Backend["type"]>, Body>> = {
  Tcp: "tcp",
  File: "file",
  OpenTelemetry: "openTelemetry",
};

function bodyTemplateOf(
  backend: Backend,
  body: Body,
  defaultFormat: DefaultFormat,
  profile: Profile,
  texts: ReadText,
): BackendTemplate {
  const reader = textReader(texts);
  const template = loggerTemplate(backend, body, defaultFormat, profile, reader);
  const error = reader.refusal();
  return error === undefined ? template : { kind: "refused", error };
}

function loggerTemplate(
  { tcp, file, openTelemetry = {} }: Backend,
  body: Body,
  defaultFormat: DefaultFormat,
  profile: Profile,
  reader: TextReader,
): LoggerTemplate {
  switch (body) {
    case "tcp":
      return tcpTemplate(tcp?.address ?? "", formatTemplate(tcp?.format, defaultFormat, profile, reader));
    case "file":
      return fileTemplate(file?.path ?? "", formatTemplate(file?.format, defaultFormat, profile, reader));
    case "openTelemetry":
      return openTelemetryTemplate(openTelemetry, defaultFormat, profile, reader);
  }
}
