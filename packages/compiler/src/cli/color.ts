import type { Streams } from "./streams.ts";

/**
 * Whether a report is coloured: as the options say, else as the environment says (`FORCE_COLOR`, `NO_COLOR`), else if a
 * person reads it.
 */
export function colorWanted({ color }: { readonly color?: boolean }, { isTerminal }: Streams): boolean {
  if (color !== undefined) return color;
  const { FORCE_COLOR: forced = "", NO_COLOR: none = "" } = process.env;
  if (forced !== "") return forced !== "0" && forced !== "false";
  return none === "" && isTerminal;
}
