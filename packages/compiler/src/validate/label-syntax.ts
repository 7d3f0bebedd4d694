import type { LabelFacts } from "../kuma/label-facts.ts";
import { dnsSubdomainProblems } from "./dns-subdomain.ts";

/**
 * Why a text is no key of a label, in the words of Kubernetes and in its order; empty if it is one.
 *
 * Source: `IsQualifiedName` in pkg/util/validation/validation.go of k8s.io/apimachinery v0.33.3, from v0.35.1 on
 * `IsLabelKey` in pkg/api/validate/content/kube.go. Lengths are in bytes of UTF-8, whatever the message says.
 */
export function labelKeyProblems(key: string, { labelSyntax }: Pick<LabelFacts, "labelSyntax">): readonly string[] {
  const { what, unit } = words[labelSyntax];
  const [first = "", second, ...more] = key.split("/");
  if (more.length > 0)
    return [`${what} ${noName} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`];
  const name = second ?? first;
  const problems: string[] = [];
  if (second !== undefined && first === "") problems.push("prefix part must be non-empty");
  else if (second !== undefined) {
    problems.push(...dnsSubdomainProblems(first, unit).map((problem) => `prefix part ${problem}`));
  }
  if (name === "") problems.push("name part must be non-empty");
  else if (isTooLong(name)) problems.push(`name part must be no more than 63 ${unit}`);
  if (!isName(name)) problems.push(`name part ${noName}`);
  return problems;
}

/** Why a text is no value of a label, in the words of Kubernetes (`IsValidLabelValue` there); empty if it is one. */
export function labelValueProblems(value: string, { labelSyntax }: Pick<LabelFacts, "labelSyntax">): readonly string[] {
  const problems: string[] = [];
  if (isTooLong(value)) problems.push(`must be no more than 63 ${words[labelSyntax].unit}`);
  if (value !== "" && !isName(value)) problems.push(noValue);
  return problems;
}

const words = {
  "qualified-name": { what: "a qualified name", unit: "characters" },
  "label-key": { what: "a valid label key", unit: "bytes" },
} as const;

const isName = (text: string): boolean =>
  /^[-A-Za-z0-9_.]+$/.test(text) && /^[A-Za-z0-9]/.test(text) && /[A-Za-z0-9]$/.test(text);

/** A unit of UTF-16 takes three bytes at most. */
const isTooLong = (text: string): boolean =>
  text.length > 63 || (text.length > 21 && new TextEncoder().encode(text).length > 63);

const noName =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character " +
  "(e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";

const noValue =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end " +
  "with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is " +
  "'(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
