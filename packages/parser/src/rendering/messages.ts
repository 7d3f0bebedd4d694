import { type Diagnostic, type DiagnosticTable, text } from "../diagnostics.ts";
import type { Span } from "../span.ts";
import type { Problem } from "./unforetold.ts";

/** Every code of rendering, with the parameters of its message. */
export interface RenderMessages {
  "io/missing-fact": "fact";
  "io/unusable-fact": "fact" | "problem";
  "io/unforetold": "what" | "why";
}

/** The diagnostics of rendering: why a line cannot be told. What Envoy refuses keeps the code that `check` gives it. */
export const renderMessages: DiagnosticTable<RenderMessages> = {
  "io/missing-fact": {
    severity: "error",
    message: text`What ${"fact"} prints is not among the facts.`,
    help: "A line is told from facts: what single operators print of one request. Add this one to the traffic, or describe the traffic instead, which is complete.",
  },
  "io/unusable-fact": {
    severity: "error",
    message: text`The fact ${"fact"} cannot be used: ${"problem"}.`,
    help: "A fact is a value of JSON, as the operator alone yields it in a JSON format; its text is a string, or an object with `base64`.",
  },
  "io/unforetold": {
    severity: "error",
    message: text`${"what"} cannot be foretold: ${"why"}.`,
    help: "Some values depend on more than one request: on the process, its surroundings, or on the records before. meshlog does not guess.",
  },
};

/** Makes a diagnostic of a problem. */
export function reportProblem(problem: Problem, { start, end }: Span): Diagnostic {
  return { code: `io/${problem.kind}`, severity: "error", message: say(problem), start, end, affects: [] };
}

function say(problem: Problem): string {
  switch (problem.kind) {
    case "missing-fact":
      return renderMessages["io/missing-fact"].message(problem);
    case "unusable-fact":
      return renderMessages["io/unusable-fact"].message(problem);
    case "unforetold":
      return renderMessages["io/unforetold"].message(problem);
  }
}
