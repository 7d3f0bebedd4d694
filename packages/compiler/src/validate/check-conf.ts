import { isAttributeName } from "./attribute-name.ts";
import type { SpecFacts } from "./spec-facts.ts";
import { oncePerText } from "../bounded-memory.ts";
import { isFilePath } from "./is-file-path.ts";
import { isUrl } from "./is-url.ts";
import type { Backend, Conf, FormatConf, OpenTelemetryConf } from "./policy.ts";
import { type LocatedViolation, type Path, violation } from "./violation.ts";

/** Kuma's checks of what is logged (meshaccesslog/api/v1alpha1/validator.go). */
export function checkConf({ backends }: Conf, at: Path, facts: SpecFacts): readonly LocatedViolation[] {
  if (backends === undefined) return [violation([...at, "backends"], "must be defined")];
  return backends.flatMap((backend, i) => checkBackend(backend, [...at, "backends", i], facts));
}

function checkBackend(backend: Backend, at: Path, facts: SpecFacts): readonly LocatedViolation[] {
  switch (facts.backendChecks) {
    case "every-body":
      return [...checkOneBody(backend, at, facts), ...checkFile(backend, at, facts), ...checkTcp(backend, at, facts)];
    case "first-body":
      return [
        ...checkOneBody(backend, at, facts),
        ...(backend.file === undefined ? checkTcp(backend, at, facts) : checkFile(backend, at, facts)),
      ];
    case "by-type":
      return checkTypedBackend(backend, at, facts);
  }
}

/** Before backends had a type, exactly one body. */
function checkOneBody(backend: Backend, at: Path, { hasOpenTelemetry }: SpecFacts): readonly LocatedViolation[] {
  const bodies = (["tcp", "file", "openTelemetry"] as const).slice(0, hasOpenTelemetry ? 3 : 2);
  const isAlone = bodies.filter((body) => backend[body] !== undefined).length === 1;
  return isAlone ? [] : [violation(at, `backend must have only one type defined: ${bodies.join(", ")}`)];
}

/** Only the body that `type` names is looked at. */
function checkTypedBackend(backend: Backend, at: Path, facts: SpecFacts): readonly LocatedViolation[] {
  if (backend.type === undefined) return [];
  switch (backend.type) {
    case "File":
      return backend.file === undefined
        ? [violation([...at, "file"], "must be defined")]
        : checkFile(backend, at, facts);
    case "Tcp":
      return backend.tcp === undefined ? [violation([...at, "tcp"], "must be defined")] : checkTcp(backend, at, facts);
    case "OpenTelemetry": {
      const { openTelemetry } = backend;
      const path = [...at, "openTelemetry"];
      if (openTelemetry === undefined) return [violation(path, "must be defined")];
      return [...checkDestination(openTelemetry, path, facts), ...checkAttributes(openTelemetry, path, facts)];
    }
  }
}

function checkFile({ file }: Backend, at: Path, facts: SpecFacts): readonly LocatedViolation[] {
  if (file === undefined) return [];
  return [
    ...checkFormat(file.format, [...at, "file", "format"], facts),
    ...(isFilePath(file.path) ? [] : [violation([...at, "file", "path"], "file backend requires a valid path")]),
  ];
}

function checkTcp({ tcp }: Backend, at: Path, facts: SpecFacts): readonly LocatedViolation[] {
  if (tcp === undefined) return [];
  return [
    ...checkFormat(tcp.format, [...at, "tcp", "format"], facts),
    ...(addressKind(tcp.address) === "URL"
      ? []
      : [violation([...at, "tcp", "address"], "tcp backend requires valid address")]),
  ];
}

/** What was said of addresses: many policies log to few. */
const addressKind = oncePerText(1000, (text) => (isUrl(text) ? "URL" : "none"));

function checkFormat(
  format: FormatConf | undefined,
  at: Path,
  { formatChecks }: SpecFacts,
): readonly LocatedViolation[] {
  if (format === undefined) return [];
  const { plain, json } = format;
  switch (formatChecks) {
    case "at-most-one":
      return [
        ...(json?.length === 0 ? [violation([...at, "json"], "must not be empty")] : []),
        ...((plain ?? "") !== "" && json !== undefined ? [violation(at, oneFormat)] : []),
        ...checkFields(json ?? [], at),
      ];
    case "exactly-one":
      return [
        ...((plain === undefined) === (json === undefined) ? [violation(at, oneFormat)] : []),
        ...(plain !== undefined ? checkPlain(plain, at) : json === undefined ? [] : checkJson(json, at)),
      ];
    case "by-type":
      return checkTypedFormat(format, at);
  }
}

const oneFormat = "format must have only one type defined: plain, json";

/** Only the member that `type` names is looked at. */
function checkTypedFormat({ type, plain, json }: FormatConf, at: Path): readonly LocatedViolation[] {
  if (type === undefined) return [];
  switch (type) {
    case "Plain":
      return plain === undefined ? [violation([...at, "plain"], "must be defined")] : checkPlain(plain, at);
    case "Json":
      return json === undefined ? [violation([...at, "json"], "must be defined")] : checkJson(json, at);
  }
}

function checkPlain(plain: string, at: Path): readonly LocatedViolation[] {
  return plain === "" ? [violation([...at, "plain"], "must not be empty")] : [];
}

type Fields = NonNullable<FormatConf["json"]>;

function checkJson(json: Fields, at: Path): readonly LocatedViolation[] {
  return json.length === 0 ? [violation([...at, "json"], "must not be empty")] : checkFields(json, at);
}

function checkFields(json: Fields, at: Path): readonly LocatedViolation[] {
  return json.flatMap(({ key, value }, i) =>
    isOrdinary(key, value) ? [] : checkField(key, value, [...at, "json", i]),
  );
}

/** Kuma pastes key and value into JSON as they are, and looks whether JSON comes out. */
function checkField(key: string, value: string, at: Path): readonly LocatedViolation[] {
  return [
    ...(key === "" ? [violation([...at, "key"], "key cannot be empty")] : []),
    ...(value === "" ? [violation([...at, "value"], "value cannot be empty")] : []),
    ...(isJson(`{"${key}": "${value}"}`) ? [] : [violation(at, "is not a valid JSON object")]),
  ];
}

const isOrdinary = (key: string, value: string): boolean =>
  key !== "" && value !== "" && isJsonText(key) && isJsonText(value);

/** Whether a text stands in JSON's quotes for itself. */
// eslint-disable-next-line no-control-regex -- JSON wants them escaped
const isJsonText = (text: string): boolean => !/["\\\u0000-\u001f]/.test(text);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** pkg/core/validators/common_validators.go:316@v2.14.3. */
function checkDestination(conf: OpenTelemetryConf, at: Path, facts: SpecFacts): readonly LocatedViolation[] {
  const { endpoint = "", backendRef } = conf;
  switch (facts.openTelemetryDestination) {
    case "endpoint":
      return [];
    case "endpoint-or-backend-ref":
      if (endpoint !== "" && backendRef !== undefined) {
        return [violation(at, "openTelemetry must have only one type defined: endpoint, backendRef")];
      }
      if (backendRef !== undefined) return checkBackendRef(backendRef, [...at, "backendRef"]);
      if (endpoint === "") {
        return [violation(at, "openTelemetry must have exactly one defined: endpoint, backendRef")];
      }
      return /[/?#]/.test(endpoint) ? [violation([...at, "endpoint"], "must be in host:port format, not a URL")] : [];
    case "backend-ref": {
      const path = [...at, "backendRef"];
      return backendRef === undefined ? [violation(path, "must be defined")] : checkBackendRef(backendRef, path);
    }
  }
}

function checkBackendRef(
  { kind, labels = {} }: NonNullable<OpenTelemetryConf["backendRef"]>,
  at: Path,
): readonly LocatedViolation[] {
  return [
    ...(kind === "MeshOpenTelemetryBackend"
      ? []
      : [violation([...at, "kind"], '"kind" must be one of ["MeshOpenTelemetryBackend"]')]),
    ...(Object.keys(labels).length > 0 ? [] : [violation(at, "backendRef must have exactly one defined: labels")]),
  ];
}

function checkAttributes(
  { attributes = [] }: OpenTelemetryConf,
  at: Path,
  { attributeNames }: SpecFacts,
): readonly LocatedViolation[] {
  if (attributeNames === "any") return [];
  return attributes.flatMap(({ key }, i) => {
    const problem = attributeNameProblem(key);
    return problem === undefined ? [] : [violation([...at, "attributes", i, "key"], problem)];
  });
}

/** The first that is wrong. The schema refuses all but the prefix before (common_validators.go:249@v2.14.3). */
function attributeNameProblem(name: string): string | undefined {
  if (name === "") return "must be defined";
  if (name.includes("%")) {
    return "must be a static OpenTelemetry attribute name; placeholders are only supported in values";
  }
  if (name.startsWith("otel.")) return "must not use the reserved OpenTelemetry prefix 'otel.'";
  return isAttributeName(name)
    ? undefined
    : "must start with a lowercase letter, use only lowercase letters, digits, '.' or '_', avoid consecutive delimiters, and end with a letter or digit";
}
