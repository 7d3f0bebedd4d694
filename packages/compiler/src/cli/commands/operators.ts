import { availableOperators, kumaOperators, operators, type OperatorFacts } from "@meshlog/parser";
import { exitCode, UsageError } from "../exit-code.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { formatTarget, type TargetOptions } from "../targets.ts";

/** The options of `meshlog operators`. */
export interface OperatorsOptions extends TargetOptions, Pick<ConfigurationOptions, "config"> {
  readonly protocol?: "http" | "tcp";
  readonly format: "table" | "json" | "markdown";
}

/** An operator as it is listed. */
interface Listed {
  readonly name: string;
  readonly usage: string;
  readonly since: string;
  readonly protocols: readonly string[];
  readonly summary: string;
  readonly facts: object;
}

/** `meshlog operators`: the catalogue, of all releases or of those that options or the configuration name. */
export function runOperators(name: string | undefined, options: OperatorsOptions, streams: Streams): number {
  const { configuration } = readSettings(options);
  const everything = catalogue().filter(
    ({ protocols }) => options.protocol === undefined || protocols.includes(options.protocol),
  );
  const isRestricted = [options, configuration].some(({ kuma, envoy }) => kuma !== undefined || envoy !== undefined);
  const available = isRestricted
    ? new Set(availableOperators(formatTarget(options, configuration)).map((one) => one.name))
    : undefined;
  const listed = everything.filter((one) => available?.has(one.name) ?? true);
  if (name === undefined) {
    streams.out(list(listed, options.format));
    return exitCode.clean;
  }
  const wanted = name.replace(/^%|%$/g, "").toUpperCase();
  const one = listed.find((candidate) => candidate.name === wanted);
  if (one === undefined)
    throw new UsageError(`There is no operator ${wanted}${isRestricted ? " that all these releases have" : ""}.`);
  streams.out(options.format === "table" ? details(one) : list([one], options.format));
  return exitCode.clean;
}

function catalogue(): readonly Listed[] {
  return [
    ...[...kumaOperators].map(([name, facts]) => ({
      name,
      usage: `%${name}%`,
      since: `Kuma ${facts.since}`,
      protocols: ["http", "tcp"],
      summary: facts.summary,
      facts,
    })),
    ...[...operators].map(([name, facts]) => ({
      name,
      usage: usageOf(name, facts),
      since: `Envoy ${facts.since}`,
      protocols: facts.protocols,
      summary: facts.summary,
      facts,
    })),
  ];
}

function usageOf(name: string, { argument, limit }: OperatorFacts): string {
  const inside = argument === undefined ? "" : argument.presence === "required" ? "(…)" : "[(…)]";
  return `%${name}${inside}${limit === undefined ? "" : "[:LENGTH]"}%`;
}

function list(listed: readonly Listed[], format: OperatorsOptions["format"]): string {
  switch (format) {
    case "json":
      return `${JSON.stringify({ meshlog: 1, operators: listed.map(({ name, usage, facts }) => ({ name, usage, ...facts })) }, null, 2)}\n`;
    case "markdown":
      return [
        "| operator | since | protocols | |",
        "| --- | --- | --- | --- |",
        ...listed.map(({ usage, since, protocols, summary }) => {
          const cells = [`\`${usage}\``, since, protocols.join(", "), summary.replaceAll("|", "\\|")];
          return `| ${cells.join(" | ")} |`;
        }),
        "",
      ].join("\n");
    case "table": {
      const width = Math.max(0, ...listed.map(({ usage }) => usage.length));
      return listed
        .map(({ usage, since, summary }) => `${usage.padEnd(width)}  ${since.padEnd(11)} ${summary}\n`)
        .join("");
    }
  }
}

/** Everything about one operator, a fact a line. */
function details({ usage, since, protocols, summary, facts }: Listed): string {
  const { example, sample, remarks = [], changes = {}, absent, deprecated } = facts as Partial<OperatorFacts>;
  const lines = [
    usage,
    summary,
    "",
    `since      ${since}`,
    `protocols  ${protocols.join(", ") || "none of those that are logged"}`,
    `example    ${example ?? ""}`,
    `prints     ${sample ?? ""}`,
    ...(absent === undefined ? [] : [`or         ${absent.text}  (${absent.when})`]),
    ...(deprecated === undefined ? [] : [`deprecated ${deprecated}`]),
    ...Object.entries(changes).map(([release, what]) => `${release.padEnd(11)}${what}`),
    ...remarks.map((remark) => `note       ${remark}`),
  ];
  return `${lines.join("\n")}\n`;
}
