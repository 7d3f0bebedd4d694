import type { ArgumentFacts } from "../catalog/operator.ts";
import type { Argument, ArgumentSource } from "./argument.ts";
import { readCel } from "./cel.ts";
import { readChoices } from "./choices.ts";
import { readCoalesce } from "./coalesce.ts";
import { readDuration } from "./duration.ts";
import { readFilterState } from "./filter-state.ts";
import { readHeader } from "./header.ts";
import { readMask } from "./mask.ts";
import { readMetadata, readTypedMetadata } from "./metadata.ts";
import { readFile, readName, readOpaque } from "./names.ts";
import { readTime } from "./time.ts";

/** Reads an argument as the operator takes it that the facts are about. */
export function readArgument(facts: ArgumentFacts | undefined, source: ArgumentSource): Argument {
  switch (facts?.kind) {
    case "cel":
      return readCel(source);
    case "choices":
      return readChoices(source, facts.lists.length);
    case "coalesce":
      return readCoalesce(source);
    case "duration":
      return readDuration(source);
    case "file":
      return readFile(source);
    case "filter-state":
      return readFilterState(source);
    case "header":
      return readHeader(source);
    case "mask":
      return readMask(source);
    case "metadata":
      return readMetadata(source);
    case "typed-metadata":
      return readTypedMetadata(source);
    case "query-parameter":
    case "secret":
    case "variable":
      return readName(facts.kind, source);
    case "time":
      return readTime(source);
    case undefined:
      return readOpaque(source);
  }
}
