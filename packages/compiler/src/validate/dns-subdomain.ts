/**
 * Why a text is no lower-case DNS subdomain, in the words of Kubernetes and in its order; empty if it is one. Kuma
 * checks the value of an SNI match with it, so wildcards and upper case are refused there, and the prefix of a label's key.
 *
 * Source: `IsDNS1123Subdomain` in pkg/util/validation/validation.go of k8s.io/apimachinery v0.36.1; the length is in
 * bytes of UTF-8, whatever the message says, and a single label may be as long as the whole.
 *
 * @param unit what the message says.
 */
export function dnsSubdomainProblems(text: string, unit: "characters" | "bytes" = "characters"): readonly string[] {
  const problems: string[] = [];
  if (text.length > 84 && new TextEncoder().encode(text).length > 253)
    problems.push(`must be no more than 253 ${unit}`);
  if (!text.split(".").every(isLabel)) problems.push(notASubdomain);
  return problems;
}

const notASubdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', " +
  "and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is " +
  "'[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

function isLabel(text: string): boolean {
  return /^[a-z0-9-]+$/.test(text) && !text.startsWith("-") && !text.endsWith("-");
}
