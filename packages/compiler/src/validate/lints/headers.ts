import { parse } from "@meshlog/parser";
import type { FormatPlace } from "../field-places.ts";
import type { LintedPolicy, PolicyLint } from "./lint.ts";

/** Headers whose values let whoever reads the log in. */
const credentials: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "cookie",
  "set-cookie",
  "x-api-key",
]);

/** Operators that print a header of a request or response. */
const headerOperators: ReadonlySet<string> = new Set([
  "REQ",
  "RESP",
  "TRAILER",
  "REQUEST_HEADER",
  "RESPONSE_HEADER",
  "RESPONSE_TRAILER",
]);

const mayName = (text: string): boolean => /authorization|cookie|x-api-key/i.test(text);

/** Headers that are secrets, in a log. */
export const headers: PolicyLint = () => (policy) => {
  for (const backend of policy.backends) for (const format of backend.formatsWith(mayName)) look(policy, format);
};

function look(policy: LintedPolicy, format: FormatPlace): void {
  const { node } = format;
  for (const part of parse(node.text).parts) {
    if (part.kind !== "operator" || part.argument === undefined || !headerOperators.has(part.name.text)) continue;
    const header = part.argument.text.split("?").find((name) => credentials.has(name.toLowerCase()));
    if (header === undefined || part.limit !== undefined) continue;
    policy.say(
      "lint/credentials",
      node.sourceMap().spanToSource(part),
      { header: header.toLowerCase() },
      { at: format.at },
    );
  }
}
