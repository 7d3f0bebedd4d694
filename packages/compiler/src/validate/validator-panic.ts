import type { SpecFacts } from "./spec-facts.ts";
import { rulesAreChecked } from "./check-spec.ts";
import { findBackend, itemLists } from "./find-backend.ts";
import type { Backend, FormatConf, MeshAccessLogSpec } from "./policy.ts";
import { type LocatedViolation, type Path, violation } from "./violation.ts";

/**
 * Why Kuma's validator panics instead of answering: a backend or a format has a type that it does not know. The schema
 * lets none through, except in a field written in another case, which only the decoder reads (validator.go:120@2.3.7).
 */
export function validatorPanic(spec: MeshAccessLogSpec, facts: SpecFacts): LocatedViolation | undefined {
  if (facts.backendChecks !== "by-type") return undefined;
  const found = findBackend(spec, rulesAreChecked(spec, facts) ? itemLists : otherLists, hasUnknownType);
  if (found === undefined) return undefined;
  const { backend, at } = found;
  const { type = "" } = backend;
  return isBackendType(type)
    ? panic([...at, type.toLowerCase(), "format", "type"], formatOf(backend)?.type ?? "")
    : panic([...at, "type"], type);
}

const otherLists = itemLists.filter((list) => list !== "rules");

function hasUnknownType(backend: Backend): boolean {
  if (!isBackendType(backend.type)) return true;
  const format = formatOf(backend);
  return format !== undefined && format.type !== "Plain" && format.type !== "Json";
}

const isBackendType = (type: string | undefined): boolean =>
  type === "File" || type === "Tcp" || type === "OpenTelemetry";

/** The format that is looked at. */
function formatOf({ type, file, tcp }: Backend): FormatConf | undefined {
  return type === "File" ? file?.format : type === "Tcp" ? tcp?.format : undefined;
}

function panic(at: Path, type: string): LocatedViolation {
  return violation(at, `Kuma's validator panics: unknown backend type ${type}`);
}
