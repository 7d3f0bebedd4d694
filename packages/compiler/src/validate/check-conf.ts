import { isFilePath } from "./is-file-path.ts";
import { isUrl } from "./is-url.ts";
import type { Backend, Conf, FormatConf, OpenTelemetryConf } from "./policy.ts";
import { type LocatedViolation, type Path, violation } from "./violation.ts";

/** Kuma's checks of what is logged (meshaccesslog/api/v1alpha1/validator.go@v2.14.3). */
export function checkConf({ backends }: Conf, at: Path): readonly LocatedViolation[] {
  if (backends === undefined) return [violation([...at, "backends"], "must be defined")];
  return backends.flatMap((backend, i) => checkBackend(backend, [...at, "backends", i]));
}

/** Only the body that `type` names is looked at. */
function checkBackend({ type, file, tcp, openTelemetry }: Backend, at: Path): readonly LocatedViolation[] {
  if (type === undefined) return [];
  switch (type) {
    case "File": {
      const path = [...at, "file"];
      if (file === undefined) return [violation(path, "must be defined")];
      return [
        ...checkFormat(file.format, [...path, "format"]),
        ...(isFilePath(file.path) ? [] : [violation([...path, "path"], "file backend requires a valid path")]),
      ];
    }
    case "Tcp": {
      const path = [...at, "tcp"];
      if (tcp === undefined) return [violation(path, "must be defined")];
      return [
        ...checkFormat(tcp.format, [...path, "format"]),
        ...(isUrl(tcp.address) ? [] : [violation([...path, "address"], "tcp backend requires valid address")]),
      ];
    }
    case "OpenTelemetry": {
      const path = [...at, "openTelemetry"];
      if (openTelemetry === undefined) return [violation(path, "must be defined")];
      return [...checkDestination(openTelemetry, path), ...checkAttributes(openTelemetry, path)];
    }
  }
}

/** Only the member that `type` names is looked at. */
function checkFormat(format: FormatConf | undefined, at: Path): readonly LocatedViolation[] {
  switch (format?.type) {
    case undefined:
      return [];
    case "Plain":
      if (format.plain === undefined) return [violation([...at, "plain"], "must be defined")];
      return format.plain === "" ? [violation([...at, "plain"], "must not be empty")] : [];
    case "Json":
      if (format.json === undefined) return [violation([...at, "json"], "must be defined")];
      if (format.json.length === 0) return [violation([...at, "json"], "must not be empty")];
      return format.json.flatMap(({ key, value }, i) => checkField(key, value, [...at, "json", i]));
  }
}

/** Kuma pastes key and value into JSON as they are, and looks whether JSON comes out. */
function checkField(key: string, value: string, at: Path): readonly LocatedViolation[] {
  return [
    ...(key === "" ? [violation([...at, "key"], "key cannot be empty")] : []),
    ...(value === "" ? [violation([...at, "value"], "value cannot be empty")] : []),
    ...(isJson(`{"${key}": "${value}"}`) ? [] : [violation(at, "is not a valid JSON object")]),
  ];
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Exactly one of endpoint and backendRef (pkg/core/validators/common_validators.go:316@v2.14.3). */
function checkDestination({ endpoint = "", backendRef }: OpenTelemetryConf, at: Path): readonly LocatedViolation[] {
  if (endpoint !== "" && backendRef !== undefined) {
    return [violation(at, "openTelemetry must have only one type defined: endpoint, backendRef")];
  }
  if (backendRef !== undefined) {
    return Object.keys(backendRef.labels ?? {}).length > 0
      ? []
      : [violation([...at, "backendRef"], "backendRef must have exactly one defined: labels")];
  }
  if (endpoint === "") return [violation(at, "openTelemetry must have exactly one defined: endpoint, backendRef")];
  return /[/?#]/.test(endpoint) ? [violation([...at, "endpoint"], "must be in host:port format, not a URL")] : [];
}

/** The schema has checked the grammar of the keys; the prefix is left. */
function checkAttributes({ attributes = [] }: OpenTelemetryConf, at: Path): readonly LocatedViolation[] {
  return attributes.flatMap(({ key }, i) =>
    key.startsWith("otel.")
      ? [violation([...at, "attributes", i, "key"], "must not use the reserved OpenTelemetry prefix 'otel.'")]
      : [],
  );
}
