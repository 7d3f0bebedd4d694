import type { SpecFacts } from "./spec-facts.ts";
import { rulesAreChecked } from "./check-spec.ts";
import type { Conf, MeshAccessLogSpec } from "./policy.ts";
import { type LocatedViolation, type Path, violation } from "./violation.ts";

/**
 * Why Kuma's validator panics instead of answering: a backend or a format has a type that it does not know. The schema
 * lets none through, except in a field written in another case, which only the decoder reads (validator.go:120@2.3.7).
 */
export function validatorPanic(spec: MeshAccessLogSpec, facts: SpecFacts): LocatedViolation | undefined {
  if (facts.backendChecks !== "by-type") return undefined;
  const { to = [], from = [], rules = [] } = spec;
  const lists = { to, from, rules: rulesAreChecked(spec, facts) ? rules : [] };
  for (const [list, items] of Object.entries(lists)) {
    for (const [i, item] of items.entries()) {
      const found = panicIn(item.default, ["spec", list, i, "default"]);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const backendTypes: readonly string[] = ["File", "Tcp", "OpenTelemetry"];
const formatTypes: readonly string[] = ["Plain", "Json"];

function panicIn({ backends = [] }: Conf, conf: Path): LocatedViolation | undefined {
  for (const [i, backend] of backends.entries()) {
    const at = [...conf, "backends", i];
    const { type = "", file, tcp } = backend;
    if (!backendTypes.includes(type)) return panic([...at, "type"], type);
    const format = type === "File" ? file?.format : type === "Tcp" ? tcp?.format : undefined;
    if (format !== undefined && !formatTypes.includes(format.type ?? "")) {
      return panic([...at, type.toLowerCase(), "format", "type"], format.type ?? "");
    }
  }
  return undefined;
}

function panic(at: Path, type: string): LocatedViolation {
  return violation(at, `Kuma's validator panics: unknown backend type ${type}`);
}
