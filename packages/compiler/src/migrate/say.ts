import type { MessageParameters, Span } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { type Code, type Messages, report } from "../messages.ts";
import { identityOf } from "../source/identity.ts";
import type { Resource } from "../source/resources.ts";
import type { Task } from "./step.ts";

/** Says why a resource, or something in it, stays as it is. */
export function say<C extends Code & `migrate/${string}`>(
  code: C,
  resource: Resource,
  { start, end }: Span,
  parameters: MessageParameters<Messages, C>,
  { target }: Pick<Task, "target">,
): Diagnostic {
  const about = { resource: identityOf(resource), affects: [target.name] };
  return report(code, { file: resource.file, start, end }, parameters, about);
}
