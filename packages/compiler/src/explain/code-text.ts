import type { CodePage } from "./code-page.ts";
import type { Example, Given } from "./examples.ts";
import { type AnyCode, messageOf, rowOf } from "./table.ts";
import { trimEnd } from "@meshlog/parser";

/** The page of a diagnostic for people. */
export function codeText({
  code,
  severity,
  message,
  help,
  example,
  noExample,
  holdsFor,
  source,
  url,
}: CodePage): string {
  const facts = [
    ...(holdsFor?.kuma === undefined ? [] : [`Kuma    ${holdsFor.kuma}`]),
    ...(holdsFor?.envoy === undefined ? [] : [`Envoy   ${holdsFor.envoy}`]),
    ...(source === undefined ? [] : [`Source  ${source}`]),
    ...(url === undefined ? [] : [`Page    ${url}`]),
  ];
  const blocks = [
    `${code} (${severity})`,
    message,
    ...(help === "" ? [] : [help]),
    ...(noExample === undefined ? [] : [`No example: ${noExample}.`]),
    ...(example === undefined ? [] : exampleBlocks(example)),
    ...(facts.length === 0 ? [] : [facts.join("\n")]),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function exampleBlocks({ given, bad, good, options = {} }: Example): readonly string[] {
  const { protocol, formatters } = options;
  const where = [
    ...(protocol === undefined ? [] : [`of ${protocol.toUpperCase()} traffic`]),
    ...(formatters === undefined ? [] : [`with ${formatters.join(", ")}`]),
  ];
  const what = [givenTexts[given], ...where].filter((word) => word !== "").join(", ");
  return [`Wrong${what === "" ? "" : ` (${what})`}:\n${indent(bad)}`, `Right:\n${indent(good)}`];
}

const givenTexts: Readonly<Record<Given, string>> = {
  format: "",
  json: "a JSON format",
  yaml: "",
  bundle: "a bundle for `compile`",
  line: "the line of a format, for sample traffic",
  migration: "a bundle for `migrate`",
  "control-plane": "for `--control-plane`",
  "config-dump": "for `--config-dump`",
  range: "a range of releases",
};

function indent(text: string): string {
  return trimEnd(text, "\n").replace(/^(?=.)/gm, "  ");
}

/** The diagnostics of a family for people. */
export function familyText(codes: readonly AnyCode[]): string {
  const widest = Math.max(...codes.map((code) => code.length));
  const severe = Math.max(...codes.map((code) => rowOf(code).severity.length));
  return codes
    .map((code) => `${code.padEnd(widest)}  ${rowOf(code).severity.padEnd(severe)}  ${messageOf(code)}\n`)
    .join("");
}
