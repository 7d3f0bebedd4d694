import { type DiagnosticTable, text } from "../diagnostics.ts";

/** The parameters of each. */
export interface RangeMessages {
  "io/malformed-range": "range";
  "io/unknown-release": "program" | "version" | "nearest";
}

/** What is wrong with a range of releases. */
export const ranges: DiagnosticTable<RangeMessages> = {
  "io/malformed-range": {
    severity: "error",
    message: text`"${"range"}" is not a version or a range of versions.`,
    help: "Write `2.14`, `2.9.6`, `2.9..2.13`, `>=2.9`, `main`, or several of them with commas.",
  },
  "io/unknown-release": {
    severity: "error",
    message: text`There is no ${"program"} ${"version"}; the nearest that meshlog knows is ${"nearest"}.`,
    help: "A line such as `2.14` stands for its newest patch. meshlog knows the releases up to the day it was built.",
  },
};
