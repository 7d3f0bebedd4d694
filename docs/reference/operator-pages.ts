import {
  type ArgumentFacts,
  type KumaOperatorFacts,
  kumaOperators,
  operators,
  type OperatorFacts,
  signatureOf,
} from "@meshlog/parser";
import { block, code, link, page, prose, table } from "./markdown.ts";
import { envoySince, kumaSince, kumaWithEnvoy, minorOf } from "./releases.ts";
import { renderedLines } from "./rendered-lines.ts";

/** A page for each operator, Kuma's first, by its path. */
export function operatorPages(): ReadonlyMap<string, string> {
  const path = (name: string): string => `operators/${name}.md`;
  return new Map([
    ...Array.from(kumaOperators, ([name, facts]) => [path(name), kumaPage(name, facts)] as const),
    ...Array.from(operators, ([name, facts]) => [path(name), envoyPage(name, facts)] as const),
  ]);
}

/** The list of all operators. */
export function operatorList(): string {
  const head = ["Operator", "What it prints", "Since"];
  return page(
    "# Operators",
    `What stands between percent signs in a format. [Operators by Kuma](/operators/by-kuma) shows which release has which; \`meshlog operators --kuma 2.11..2.13\` lists those that every release of a range has.`,
    "## Kuma's own",
    "Kuma replaces these as text, before Envoy reads the format: they take neither arguments nor limits.",
    table(
      head,
      Array.from(kumaOperators, ([name, { summary, since }]) => [pageLink(name), prose(summary), `Kuma ${since}`]),
    ),
    "## Envoy's",
    table(
      head,
      Array.from(operators, ([name, { summary, since }]) => [
        pageLink(name),
        prose(summary),
        minorOf(since) <= 22 ? "1.22 or earlier" : since,
      ]),
    ),
  );
}

/** A link to the page of an operator. */
export function pageLink(name: string): string {
  return link(code(`%${name}%`), `/operators/${name}`);
}

function kumaPage(name: string, { summary, since, example, sample, remarks = [] }: KumaOperatorFacts): string {
  return page(
    `# %${name}%`,
    prose(summary),
    block("text", example),
    table(["Prints, for example", "Kuma"], [[code(sample), kumaSince(since)]]),
    "Kuma replaces it as text before Envoy reads the format, so it takes neither an argument nor a limit; a release that does not know it leaves it to Envoy, which refuses the listener.",
    ...remarks.map(prose),
  );
}

function envoyPage(name: string, facts: OperatorFacts): string {
  const { summary, example, remarks = [], deprecated, sameAs, undocumented, extension, use } = facts;
  return page(
    `# %${name}%`,
    prose(summary),
    block("text", signatureOf(name)?.label ?? `%${name}%`),
    ...(deprecated === undefined ? [] : [`::: warning Deprecated\n${prose(deprecated)}\n:::`]),
    ...(sameAs === undefined ? [] : [`The same as ${pageLink(sameAs)}.`]),
    ...(use === undefined ? [] : [uses[use]]),
    ...(undocumented ? ["Envoy's documentation does not mention it; its source has it."] : []),
    ...(extension === undefined ? [] : [extensionText(extension)]),
    argumentSection(name, facts),
    releaseSection(facts),
    lineSection(example, extension),
    valueSection(facts),
    ...(remarks.length === 0 ? [] : ["## Good to know", remarks.map((remark) => `- ${prose(remark)}`).join("\n")]),
  );
}

const uses: Readonly<Record<NonNullable<OperatorFacts["use"]>, string>> = {
  "always-empty": "It has no value in any access log.",
  "listener-only": "It has a value only in the access logs of a listener, which Kuma does not configure.",
  "upstream-only": "It has a value only in the access logs of an upstream, which Kuma does not configure.",
};

function extensionText({ name, builtInSince }: NonNullable<OperatorFacts["extension"]>): string {
  const until =
    builtInSince === undefined
      ? ""
      : ` up to Envoy 1.${String(minorOf(builtInSince) - 1)}; later ones have it built in`;
  return `::: info Extension\nIt needs the formatter extension ${code(name)}${until}. Kuma configures no formatter extensions, so Envoy refuses the listener${builtInSince === undefined ? "" : " there"}.\n:::`;
}

function argumentSection(name: string, { argument, limit }: OperatorFacts): string {
  const parts: string[] = [];
  if (argument !== undefined) {
    parts.push(
      `${argument.presence === "required" ? "It needs an argument" : "It may have an argument"}${argument.since === undefined ? "" : `, from Envoy ${argument.since} on`}.`,
      table(
        ["Piece", "What it is"],
        (signatureOf(name)?.parameters ?? []).map(({ start, end, means }) => [
          code((signatureOf(name)?.label ?? "").slice(start, end)),
          prose(means),
        ]),
      ),
      ...choices(argument),
    );
  }
  if (limit !== undefined)
    parts.push(
      `It takes a limit, ${code(":LIMIT")}${minorOf(limit) <= 22 ? "" : `, from Envoy ${limit} on`}: the value is cut to so many bytes.`,
    );
  return parts.length === 0 ? "" : page("## Arguments", ...parts).trimEnd();
}

function choices(argument: ArgumentFacts): readonly string[] {
  if (argument.kind !== "choices") return [];
  return argument.lists.map(({ name, options }) =>
    table(
      [`${name.charAt(0).toUpperCase()}${name.slice(1)}`, ""],
      Object.entries(options).map(([option, means]) => [code(option), prose(means)]),
    ),
  );
}

function releaseSection({ since, argument, limit, changes = {}, extension }: OperatorFacts): string {
  const builtIn = extension === undefined ? since : extension.builtInSince;
  const rows = [
    ...(builtIn === undefined ? [] : [["The operator", envoySince(builtIn), kumaWithEnvoy(builtIn)]]),
    ...(argument?.since === undefined
      ? []
      : [["Its argument", envoySince(argument.since), kumaWithEnvoy(argument.since)]]),
    ...(limit === undefined || limit === since ? [] : [["Its limit", envoySince(limit), kumaWithEnvoy(limit)]]),
    ...Object.entries(changes).map(([version, what]) => {
      const from = version as `1.${number}`;
      return [prose(what ?? ""), envoySince(from), kumaWithEnvoy(from)];
    }),
  ];
  return rows.length === 0 ? "" : page("## Releases", table(["", "Envoy", "Kuma"], rows)).trimEnd();
}

function lineSection(example: string, extension: OperatorFacts["extension"]): string {
  const lines = renderedLines(example, extension === undefined ? [] : [extension.name]);
  if (lines.length === 0) return "";
  return page(
    "## What it prints",
    `What Envoy writes for ${code(example)}, with the sample traffic of [\`meshlog preview\`](/preview):`,
    table(
      ["Traffic", "Envoy", "Line"],
      lines.map(({ traffic, envoys, line }) => [
        traffic.join(", "),
        envoys,
        line === undefined ? "*depends on more than the traffic*" : line === "" ? "*nothing*" : code(line),
      ]),
    ),
  ).trimEnd();
}

function valueSection({ protocols, result, absent }: OperatorFacts): string {
  const types = typeof result === "string" ? [result] : result;
  return page(
    "## Its value",
    [
      `- **Traffic**: ${protocols.length === 0 ? "none that is logged" : protocols.join(", ")}`,
      `- **In a JSON format**, alone in its string: ${types.join(", ")}`,
      absent === undefined
        ? "- **Absent**: never"
        : `- **Absent** where ${prose(absent.when)}: text prints ${absent.text === "" ? "nothing" : code(absent.text)}, JSON ${code(JSON.stringify(absent.json))}`,
    ].join("\n"),
  ).trimEnd();
}
