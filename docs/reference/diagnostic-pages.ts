import { type AnyCode, codePage, codes, type Example, type Given } from "@meshlog/compiler";
import { block, code, link, page, prose, table } from "./markdown.ts";

/** A page for each diagnostic, by its path. */
export function diagnosticPages(): ReadonlyMap<string, string> {
  return new Map(codes.map((one) => [`diagnostics/${one}.md`, diagnosticPage(one)]));
}

const families: Readonly<Record<string, string>> = {
  format: "What Envoy refuses in a format, in its own words",
  policy: "What Kuma's API refuses or warns of, word for word",
  generate: "What Kuma accepts, and then fails on when it makes the configuration of a proxy",
  lint: "Accepted by both, and still wrong or surprising",
  migrate: "Why `meshlog migrate` leaves something as it is",
  io: "Files, options and documents of meshlog's own",
};

/** The list of all diagnostics, by family. */
export function diagnosticList(): string {
  return page(
    "# Diagnostics",
    "Everything that meshlog reports. `meshlog explain CODE` prints the same page.",
    ...Object.entries(families).flatMap(([family, means]) => [
      `## ${family}`,
      `${means}.`,
      table(
        ["Code", "Severity", "Message"],
        codes
          .filter((one) => one.startsWith(`${family}/`))
          .map((one) => {
            const { severity, message } = codePage(one);
            return [link(code(one), `/diagnostics/${one}`), severity, prose(message)];
          }),
      ),
    ]),
  );
}

function diagnosticPage(one: AnyCode): string {
  const { severity, message, help, example, noExample, holdsFor, source } = codePage(one);
  return page(
    `# ${one}`,
    `**${severity}**: ${prose(message)}`,
    prose(help),
    ...(example === undefined ? [] : exampleParts(example)),
    ...(noExample === undefined ? [] : [`There is no short example: ${prose(noExample)}.`]),
    [
      ...(holdsFor?.kuma === undefined ? [] : [`- **Kuma**: ${holdsFor.kuma}`]),
      ...(holdsFor?.envoy === undefined ? [] : [`- **Envoy**: ${holdsFor.envoy}`]),
      ...(source === undefined ? [] : [`- **Source**: ${prose(source)}`]),
    ].join("\n"),
  );
}

function exampleParts({ given, bad, good, options = {} }: Example): readonly string[] {
  const { protocol, formatters = [] } = options;
  const where = [
    ...(protocol === undefined ? [] : [`of ${protocol.toUpperCase()} traffic`]),
    ...(formatters.length === 0 ? [] : [`with ${formatters.map(code).join(", ")}`]),
  ];
  const what = [givens[given].what, ...where].filter((word) => word !== "").join(", ");
  const { language } = givens[given];
  return [
    "## Example",
    `Wrong${what === "" ? "" : ` (${what})`}:`,
    block(language, bad),
    "Right:",
    block(language, good),
  ];
}

const givens: Readonly<Record<Given, { readonly what: string; readonly language: string }>> = {
  format: { what: "", language: "text" },
  json: { what: "a JSON format", language: "json" },
  yaml: { what: "", language: "yaml" },
  bundle: { what: "a bundle for `compile`", language: "yaml" },
  migration: { what: "a bundle for `migrate`", language: "yaml" },
  "control-plane": { what: "for `--control-plane`", language: "yaml" },
  "config-dump": { what: "for `--config-dump`", language: "json" },
  range: { what: "a range of releases", language: "text" },
  line: { what: "the line of a format, for sample traffic", language: "text" },
};
