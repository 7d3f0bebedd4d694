import { responseFlags, timeConversions } from "@meshlog/parser";
import { code, page, prose, table } from "./markdown.ts";
import { pageLink } from "./operator-pages.ts";

/** The flags of `%RESPONSE_FLAGS%` with their long names. */
export function responseFlagPage(): string {
  return page(
    "# Response flags",
    `What ${pageLink("RESPONSE_FLAGS")} prints, several with commas between them, and what ${pageLink("RESPONSE_FLAGS_LONG")} prints of the same; \`-\` where there is none. Older Envoys lack the last ones.`,
    table(
      ["Flag", "Long"],
      Array.from(responseFlags, ([short, long]) => [code(short), code(long)]),
    ),
  );
}

/** What may stand in a time pattern. */
export function timePatternPage(): string {
  return page(
    "# Time patterns",
    `The argument of ${pageLink("START_TIME")} and of every other operator that prints a time. Without one, a time is printed as \`2026-03-28T23:35:58.215Z\`.`,
    table(
      ["Conversion", "What it prints", "Of 2026-03-28T23:35:58.215678901Z", "Since"],
      Object.entries(timeConversions).map(([conversion, { means, sample, since }]) => [
        code(conversion),
        prose(means),
        sample.trim() === "" ? "" : code(sample),
        since === undefined ? "" : `Envoy ${since}`,
      ]),
    ),
  );
}
