import { oncePerText } from "../bounded-memory.ts";
import { isAttributeName } from "./attribute-name.ts";
import { isFilePath } from "./is-file-path.ts";
import { isUrl } from "./is-url.ts";
import type { Backend, Conf, FormatConf, OpenTelemetryConf } from "./policy.ts";
import type { SpecFacts } from "./spec-facts.ts";
import { joined, type LocatedViolation, noViolations, ofEach, say, sayOfAll, within } from "./violation.ts";

/** Kuma's checks of what is logged (meshaccesslog/api/v1alpha1/validator.go). */
export function checkConf({ backends }: Conf, facts: SpecFacts): readonly LocatedViolation[] {
  if (backends === undefined) return say("backends", "must be defined");
  return within("backends", ofEach(backends, checkBackend, facts));
}

function checkBackend(backend: Backend, facts: SpecFacts): readonly LocatedViolation[] {
  const { file, tcp } = backend;
  switch (facts.backendChecks) {
    case "every-body":
      return joined(checkOneBody(backend, facts), checkFile(file, facts), checkTcp(tcp, facts));
    case "first-body":
      return joined(checkOneBody(backend, facts), file === undefined ? checkTcp(tcp, facts) : checkFile(file, facts));
    case "by-type":
      return checkTypedBackend(backend, facts);
  }
}

/** Before backends had a type, exactly one body. */
function checkOneBody(backend: Backend, { hasOpenTelemetry }: SpecFacts): readonly LocatedViolation[] {
  const bodies = hasOpenTelemetry ? allBodies : oldBodies;
  let count = 0;
  for (const body of bodies) if (backend[body] !== undefined) count++;
  return count === 1 ? noViolations : sayOfAll(`backend must have only one type defined: ${bodies.join(", ")}`);
}

const oldBodies = ["tcp", "file"] as const;
const allBodies = [...oldBodies, "openTelemetry"] as const;

/** Only the body that `type` names is looked at. */
function checkTypedBackend({ type, file, tcp, openTelemetry }: Backend, facts: SpecFacts): readonly LocatedViolation[] {
  if (type === undefined) return noViolations;
  switch (type) {
    case "File":
      return file === undefined ? say("file", "must be defined") : checkFile(file, facts);
    case "Tcp":
      return tcp === undefined ? say("tcp", "must be defined") : checkTcp(tcp, facts);
    case "OpenTelemetry":
      return openTelemetry === undefined
        ? say("openTelemetry", "must be defined")
        : within(
            "openTelemetry",
            joined(checkDestination(openTelemetry, facts), checkAttributes(openTelemetry, facts)),
          );
  }
}

function checkFile(file: Backend["file"], facts: SpecFacts): readonly LocatedViolation[] {
  if (file === undefined) return noViolations;
  const ofPath = isFilePath(file.path) ? noViolations : say("path", "file backend requires a valid path");
  return within("file", joined(within("format", checkFormat(file.format, facts)), ofPath));
}

function checkTcp(tcp: Backend["tcp"], facts: SpecFacts): readonly LocatedViolation[] {
  if (tcp === undefined) return noViolations;
  const isAddress = addressKind(tcp.address) === "URL";
  const ofAddress = isAddress ? noViolations : say("address", "tcp backend requires valid address");
  return within("tcp", joined(within("format", checkFormat(tcp.format, facts)), ofAddress));
}

/** What was said of addresses: many policies log to few. */
const addressKind = oncePerText(1000, (text) => (isUrl(text) ? "URL" : "none"));

function checkFormat(format: FormatConf | undefined, { formatChecks }: SpecFacts): readonly LocatedViolation[] {
  if (format === undefined) return noViolations;
  const { plain, json } = format;
  switch (formatChecks) {
    case "at-most-one":
      return joined(
        json?.length === 0 ? say("json", "must not be empty") : noViolations,
        (plain ?? "") !== "" && json !== undefined ? sayOfAll(oneFormat) : noViolations,
        checkFields(json),
      );
    case "exactly-one":
      return joined(
        (plain === undefined) === (json === undefined) ? sayOfAll(oneFormat) : noViolations,
        plain !== undefined ? checkPlain(plain) : json === undefined ? noViolations : checkJson(json),
      );
    case "by-type":
      return checkTypedFormat(format);
  }
}

const oneFormat = "format must have only one type defined: plain, json";

/** Only the member that `type` names is looked at. */
function checkTypedFormat({ type, plain, json }: FormatConf): readonly LocatedViolation[] {
  if (type === undefined) return noViolations;
  switch (type) {
    case "Plain":
      return plain === undefined ? say("plain", "must be defined") : checkPlain(plain);
    case "Json":
      return json === undefined ? say("json", "must be defined") : checkJson(json);
  }
}

function checkPlain(plain: string): readonly LocatedViolation[] {
  return plain === "" ? say("plain", "must not be empty") : noViolations;
}

type Fields = NonNullable<FormatConf["json"]>;

function checkJson(json: Fields): readonly LocatedViolation[] {
  return json.length === 0 ? say("json", "must not be empty") : checkFields(json);
}

function checkFields(json: Fields | undefined): readonly LocatedViolation[] {
  return within("json", ofEach(json, checkField, undefined));
}

/** Kuma pastes key and value into JSON as they are, and looks whether JSON comes out. */
function checkField({ key, value }: Fields[number]): readonly LocatedViolation[] {
  if (isOrdinary(key) && isOrdinary(value)) return noViolations;
  return joined(
    key === "" ? say("key", "key cannot be empty") : noViolations,
    value === "" ? say("value", "value cannot be empty") : noViolations,
    isJson(`{"${key}": "${value}"}`) ? noViolations : sayOfAll("is not a valid JSON object"),
  );
}

/** Whether a text is not empty and stands in JSON's quotes for itself. A regular expression would leave garbage behind. */
function isOrdinary(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x22 || code === 0x5c) return false;
  }
  return text !== "";
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** pkg/core/validators/common_validators.go:316@v2.14.3. */
function checkDestination(
  { endpoint = "", backendRef }: OpenTelemetryConf,
  { openTelemetryDestination }: SpecFacts,
): readonly LocatedViolation[] {
  switch (openTelemetryDestination) {
    case "endpoint":
      return noViolations;
    case "endpoint-or-backend-ref":
      if (endpoint !== "" && backendRef !== undefined) {
        return sayOfAll("openTelemetry must have only one type defined: endpoint, backendRef");
      }
      if (backendRef !== undefined) return checkBackendRef(backendRef);
      if (endpoint === "") return sayOfAll("openTelemetry must have exactly one defined: endpoint, backendRef");
      return /[/?#]/.test(endpoint) ? say("endpoint", "must be in host:port format, not a URL") : noViolations;
    case "backend-ref":
      return backendRef === undefined ? say("backendRef", "must be defined") : checkBackendRef(backendRef);
  }
}

function checkBackendRef({
  kind,
  labels = {},
}: NonNullable<OpenTelemetryConf["backendRef"]>): readonly LocatedViolation[] {
  const found = joined(
    kind === "MeshOpenTelemetryBackend"
      ? noViolations
      : say("kind", '"kind" must be one of ["MeshOpenTelemetryBackend"]'),
    Object.keys(labels).length > 0 ? noViolations : sayOfAll("backendRef must have exactly one defined: labels"),
  );
  return within("backendRef", found);
}

function checkAttributes(
  { attributes }: OpenTelemetryConf,
  { attributeNames }: SpecFacts,
): readonly LocatedViolation[] {
  if (attributeNames === "any") return noViolations;
  return within("attributes", ofEach(attributes, checkAttribute, undefined));
}

function checkAttribute({ key }: { readonly key: string }): readonly LocatedViolation[] {
  const problem = attributeNameProblem(key);
  return problem === undefined ? noViolations : say("key", problem);
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
