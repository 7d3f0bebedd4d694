import { compareText } from "./compare-text.ts";
import { entryViolation, type LocatedViolation, noViolations, violation } from "./violation.ts";

/** What the value of a tag may be, and what Kuma says if it is not. */
export interface TagSyntax {
  readonly value: RegExp;
  readonly message: string;
}

/** Tags, and selectors of tags (pkg/core/resources/apis/mesh/validators.go@v2.14.3). */
export const tagSyntax: { readonly tag: TagSyntax; readonly selector: TagSyntax } = {
  tag: {
    value: /^[a-zA-Z0-9.\-_:]*$/,
    message: "tag value must consist of alphanumeric characters, dots, dashes and underscores",
  },
  selector: {
    value: /^([a-zA-Z0-9.\-_:/]*|\*)$/,
    message: 'tag value must consist of alphanumeric characters, dots, dashes, slashes and underscores or be "*"',
  },
};

/** Kuma's checks of the tags of a targetRef, in the order of their names. */
export function checkTags(
  tags: Readonly<Record<string, string>> | undefined,
  syntax: TagSyntax,
): readonly LocatedViolation[] {
  if (tags === undefined || areFine(tags, syntax)) return noViolations;
  return Object.entries(tags)
    .sort(([a], [b]) => compareText(a, b))
    .flatMap(([key, value]) => {
      const say = (message: string): LocatedViolation => entryViolation([], key, message);
      return [
        ...(key === "" ? [violation([], "tag name must be non-empty")] : []),
        ...(keySyntax.test(key)
          ? []
          : [say("tag name must consist of alphanumeric characters, dots, dashes, slashes and underscores")]),
        ...(value === "" ? [say("tag value must be non-empty")] : []),
        ...(syntax.value.test(value) ? [] : [say(syntax.message)]),
      ];
    });
}

const keySyntax = /^[a-zA-Z0-9.\-_:/]*$/;

/** Whether nothing is wrong, which is so of most tags. */
function areFine(tags: Readonly<Record<string, string>>, syntax: TagSyntax): boolean {
  for (const key in tags) {
    const value = tags[key] ?? "";
    if (key === "" || value === "" || !keySyntax.test(key) || !syntax.value.test(value)) return false;
  }
  return true;
}
