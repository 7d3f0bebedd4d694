import type { OperatorFacts } from "../catalog/operator.ts";
import type { Argument } from "./argument.ts";
import type { CallCheck } from "./call.ts";
import { checkCel } from "./cel.ts";
import { checkChoices } from "./choices.ts";
import { checkCoalesce, type CheckInner } from "./coalesce.ts";
import { checkDuration } from "./duration.ts";
import { checkFilterState } from "./filter-state.ts";
import { checkHeader } from "./header.ts";
import { checkMask } from "./mask.ts";
import { checkMetadata } from "./metadata.ts";
import { checkFile, checkSecret } from "./names.ts";
import { checkTime } from "./time.ts";

/**
 * Checks what an operator makes of its argument; whether it takes one at all has been checked.
 *
 * @param checkInner how a call within the argument is checked.
 */
export function checkArgument(
  facts: OperatorFacts,
  argument: Argument | undefined,
  call: CallCheck,
  checkInner: CheckInner,
): void {
  const takes = facts.argument;
  switch (takes?.kind) {
    case "choices":
      checkChoices(argument?.kind === "choices" ? argument : undefined, takes, call);
      break;
    case "cel":
      checkCel(argument?.kind === "cel" ? argument : undefined, call);
      break;
    case "file":
      checkFile(argument?.kind === "file" ? argument : undefined, call);
      break;
    case "filter-state":
      checkFilterState(argument?.kind === "filter-state" ? argument : undefined, call);
      break;
    case "typed-metadata":
      checkMetadata(argument?.kind === "typed-metadata" ? argument : undefined, call);
      break;
    case "secret":
      checkSecret(argument?.kind === "secret" ? argument : undefined, call);
      break;
    case "coalesce":
      if (argument?.kind === "coalesce") checkCoalesce(argument, call, checkInner);
      break;
    case "duration":
      if (argument?.kind === "duration") checkDuration(argument, call);
      break;
    case "header":
      if (argument?.kind === "header") checkHeader(argument, call);
      break;
    case "mask":
      if (argument?.kind === "mask") checkMask(argument, call);
      break;
    case "time":
      if (argument?.kind === "time") checkTime(argument, call);
      break;
    case "metadata":
    case "query-parameter":
    case "variable":
    case undefined:
      break;
  }
}
