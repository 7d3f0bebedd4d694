import type { BrokenOperator, Format, Operator, Part } from "./ast.ts";

/** The text of a format: that which was parsed, to the character, as long as its nodes were not changed. */
export function print(format: Pick<Format, "parts">): string {
  return format.parts.map(printPart).join("");
}

function printPart(part: Part): string {
  switch (part.kind) {
    case "text":
      return part.text;
    case "escape":
      return "%%";
    case "stray":
      return "%";
    case "kuma":
      return `%${part.name}%`;
    case "operator":
      return `${printCall(part)}%`;
    case "broken":
      return part.problem === "no-parenthesis" || part.problem === "no-percent"
        ? printCall(part)
        : `${printCall(part)}%`;
  }
}

/** A call without the `%` that closes it. */
function printCall(call: Operator | BrokenOperator): string {
  const isOpen = call.kind === "broken" && call.problem === "no-parenthesis";
  const argument = call.argument === undefined ? "" : `(${call.argument.text}${isOpen ? "" : ")"}`;
  return `%${call.name.text}${argument}${call.limit === undefined ? "" : `:${call.limit.text}`}`;
}
