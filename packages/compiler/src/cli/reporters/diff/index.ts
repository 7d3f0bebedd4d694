import { githubDiff } from "./github.ts";
import { markdownDiff } from "./markdown.ts";
import { prettyDiff } from "./pretty.ts";
import type { DiffReporter } from "./report.ts";

/** The formats of a diff that are for people; JSON is written as it is made. */
export const diffReporters: Readonly<Record<"pretty" | "markdown" | "github", DiffReporter>> = {
  pretty: prettyDiff,
  markdown: markdownDiff,
  github: githubDiff,
};

/** The formats of a diff. */
export type DiffFormat = keyof typeof diffReporters | "json";
