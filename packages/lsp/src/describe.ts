import type { PolicyField } from "@meshlog/compiler";
import { kumaOperators, operators } from "@meshlog/parser";

/** What an operator is, for people (Markdown); `undefined` if there is none of this name. */
export function describeOperator(name: string): string | undefined {
  const kuma = kumaOperators.get(name);
  if (kuma !== undefined) {
    const { summary, example, sample, remarks = [], since } = kuma;
    return paragraphs([
      `**%${name}%**: ${summary}`,
      `\`${example}\` → \`${sample}\``,
      ...remarks,
      since === "2.0" ? "Replaced by Kuma before Envoy reads the format." : `Replaced by Kuma, since ${since}.`,
    ]);
  }
  const facts = operators.get(name);
  if (facts === undefined) return undefined;
  const {
    summary,
    example,
    sample,
    absent,
    protocols,
    since,
    limit,
    changes = {},
    remarks = [],
    deprecated,
    sameAs,
  } = facts;
  return paragraphs([
    `**%${name}%**: ${summary}`,
    `\`${example}\` → \`${sample}\``,
    ...(deprecated === undefined ? [] : [`**Deprecated.** ${deprecated}`]),
    ...(sameAs === undefined ? [] : [`The same as \`${sameAs}\`.`]),
    ...(absent === undefined ? [] : [`Prints \`${absent.text}\` where ${absent.when}.`]),
    `For ${protocols.join(", ")}; Envoy ${since === "1.22" ? "1.22 or earlier" : since} and later${limit === undefined ? "" : `; takes a limit such as \`:64\`${limit === since ? "" : ` since ${limit}`}`}.`,
    ...Object.entries(changes).map(([version, what]) => `- ${version}: ${what ?? ""}`),
    ...remarks,
  ]);
}

function paragraphs(texts: readonly string[]): string {
  return texts.join("\n\n");
}

/** A field, for people (Markdown). */
export function describeField({ name, means, type, isRequired, values, default: otherwise }: PolicyField): string {
  return [
    `**${name}**: ${type === "any" ? "any value" : type}${isRequired ? ", required" : ""}`,
    ...(means === undefined ? [] : [means]),
    ...(values === undefined ? [] : [`One of ${values.map((value) => `\`${value}\``).join(", ")}.`]),
    ...(otherwise === undefined || otherwise === "" ? [] : [`Default: \`${otherwise}\`.`]),
  ].join("\n\n");
}
