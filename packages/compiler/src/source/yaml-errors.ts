import type { YAMLError } from "yaml";
import type { Problem } from "./tree-builder.ts";
import { trimEnd } from "@meshlog/parser";

/**
 * What to say of an error of the `yaml` package: the clause that says what is wrong, and what to write instead, by the
 * code or, where one code is of several things, by the beginning of the message.
 */
const descriptions: readonly (readonly [string, string])[] = [
  ["Plain value cannot start with directive indicator", "a text that starts with % must be quoted: '%…'"],
  ["Plain value cannot start with reserved", "a text that starts with @ or ` must be quoted"],
  ["Plain value cannot start", "a text that starts with this character must be quoted"],
  [
    "Missing closing 'quote",
    "a text in single quotes is not closed, or its next line is not indented; put ' where it ends (a ' inside is written '')",
  ],
  [
    'Missing closing "quote',
    'a text in double quotes is not closed, or its next line is not indented; put " where it ends (a " inside is written \\")',
  ],
  ["Missing space after :", "a space is missing after the colon"],
  ["Nested mappings are not allowed in compact", "a value that holds `: ` must be quoted"],
  ["Comments must be separated", "a space is missing before #"],
  ["Block scalar values in collections must be indented", "the lines of a block text must be indented"],
  ["Flow map in block collection", "a { is not closed, or its next line is not indented; put } where the map ends"],
  [
    "Flow sequence in block collection",
    "a [ is not closed, or its next line is not indented; put ] where the list ends",
  ],
  ["Flow map must end", "a { is not closed; put } where the map ends"],
  ["Flow sequence must end", "a [ is not closed; put ] where the list ends"],
  ["Unresolved alias", "no anchor of this name stands before the alias"],
  ["BAD_DQ_ESCAPE", "there is no such escape in double quotes; write \\\\ for a backslash, or use single quotes"],
  ["TAB_AS_INDENT", "tabs do not indent in YAML; use spaces"],
  [
    "All mapping items",
    "the keys of a map must be indented alike, and a text that goes on in another line more deeply",
  ],
  ["All sequence items", "the items of a list must be indented alike"],
  ["Sequence item without", "an item of the list lacks its `- `"],
  ["Implicit map keys need to be followed", "a `: ` is missing after the key"],
  ["MULTILINE_IMPLICIT_KEY", "a key must stand in one line and be followed by `: `"],
  ["KEY_OVER_1024_CHARS", "a key may have at most 1024 characters"],
  ["BLOCK_IN_FLOW", "within {…} and […] everything is written with brackets and commas"],
  ["MULTIPLE_ANCHORS", "a value can have one anchor only"],
  ["MULTIPLE_TAGS", "a value can have one tag only"],
  ["ALIAS_PROPS", "an alias can have neither an anchor nor a tag"],
  ["BAD_DIRECTIVE", "there is no such directive; a text that starts with % must be quoted"],
];

/** What go-yaml allows: `\'` in double quotes. */
export function isAllowed({ code, message }: YAMLError): boolean {
  return code === "BAD_DQ_ESCAPE" && message.endsWith("\\'");
}

/** An error of the `yaml` package as a problem; `base` is where the text that it read begins in the file. */
export function describeError({ code, message, pos }: YAMLError, source: string, base: number): Problem {
  const start = Math.min(base + pos[0], source.length);
  const end = Math.min(Math.max(start, base + pos[1]), source.length);
  const known = descriptions.find(([beginning]) => code === beginning || message.startsWith(beginning));
  return { code: "io/yaml", start, end, problem: known?.[1] ?? decapitalize(message) };
}

function decapitalize(message: string): string {
  const clause = trimEnd(message, ".: \r\n\t");
  return clause.charAt(0).toLowerCase() + clause.slice(1);
}
