import type { MetadataArgument } from "./arguments/metadata.ts";
import type { Operator } from "./ast.ts";
import type { OperatorFacts } from "./catalog/operator.ts";
import type { Fix } from "./diagnostics.ts";
import { edit } from "./fixes.ts";
import { before, type Minors, noMinors } from "./minors.ts";

/**
 * How a call that some Envoys do not know is written for them: by the name that an operator had before, or by the one
 * that took its place.
 *
 * @param minors for whom it has to be understood.
 */
export function otherSpellings(call: Operator, { sameAs }: OperatorFacts, minors: Minors): { fixes: Fix[] } {
  const { name, argument } = call;
  if (sameAs !== undefined) return { fixes: [edit(`Write ${sameAs}`, name.start, name.end, sameAs)] };
  if (name.text === "METADATA" && argument?.kind === "typed-metadata") {
    return { fixes: call.limit === undefined ? metadataFixes(call, argument) : [] };
  }
  const path = name.text === "REQ_WITHOUT_QUERY" && pathOf(argument?.text ?? "");
  if (!path || argument === undefined || (minors & before("1.34")) !== noMinors) return { fixes: [] };
  return { fixes: [edit(`Write PATH(${path})`, name.start, argument.end, `PATH(${path}`)] };
}

/** The operators that METADATA took the place of, by its type; none of them takes a limit where METADATA is unknown. */
const ofType: ReadonlyMap<string, string> = new Map([
  ["DYNAMIC", "DYNAMIC_METADATA"],
  ["CLUSTER", "CLUSTER_METADATA"],
  ["UPSTREAM_HOST", "UPSTREAM_METADATA"],
]);

function metadataFixes({ name }: Operator, { type, namespace }: MetadataArgument): Fix[] {
  const older = ofType.get(type?.text ?? "");
  if (older === undefined || namespace === undefined) return [];
  return [edit(`Write ${older}`, name.start, namespace.start, `${older}(`)];
}

/** What PATH has to be told to print the same header without its query. */
function pathOf(headers: string): string | undefined {
  switch (headers.toLowerCase()) {
    case ":path":
      return "NQ:PATH";
    case "x-envoy-original-path":
      return "NQ:ORIG";
    case "x-envoy-original-path?:path":
      return "NQ";
    default:
      return undefined;
  }
}
