import type { ResourceIdentity } from "../diagnostics.ts";
import type { Resource } from "./resources.ts";

/** What a diagnostic says of a resource. */
export function identityOf({ kind, mesh, name, namespace }: Resource): ResourceIdentity {
  return { kind, mesh, name, ...(namespace !== undefined && { namespace }) };
}
