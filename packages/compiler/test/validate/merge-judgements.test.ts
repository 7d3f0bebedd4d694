import { target } from "@meshlog/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeViolations, type Said } from "../../src/validate/merge-judgements.ts";
import { releaseSets } from "../../src/validate/release-sets.ts";
import { type LocatedViolation, violation } from "../../src/validate/violation.ts";

const { value: releases = { members: [] } } = target("kuma 2.9..2.14");
const sets = releaseSets(releases);
const names = releases.members.map(({ name }) => name);

/** What each release says, oldest first; a release that says nothing is left out. */
function said(lists: readonly (readonly LocatedViolation[])[]): readonly Said[] {
  return lists.flatMap((list, i) => {
    const members = sets.of(names.slice(i, i + 1));
    return list.length === 0 ? [] : [{ code: "policy/invalid", list, members }];
  });
}

const some = fc.array(
  fc.tuple(fc.constantFrom("a", "b", "c"), fc.constantFrom("one", "two")).map(([at, text]) => violation([at], text)),
  { maxLength: 6 },
);

describe("what releases say of a resource", () => {
  it("is told once, for all that say it", () => {
    const [a, b] = [violation(["a"], "one"), violation(["b"], "one")];
    const merged = mergeViolations(said([[a], [a, b], [b]]), sets);
    expect(merged.map(({ violation: { field }, affects }) => [field, affects])).toEqual([
      ["a", [names[0], names[1]]],
      ["b", [names[1], names[2]]],
    ]);
  });

  it("in other words at the same place is a variant of what the newest says", () => {
    const [old, young] = [violation(["a"], "one"), violation(["a"], "two")];
    expect(mergeViolations(said([[old], [young]]), sets)).toEqual([
      {
        code: "policy/invalid",
        violation: young,
        affects: [names[0], names[1]],
        variants: [{ violation: old, affects: [names[0]] }],
      },
    ]);
  });

  it("is merged alike whether much or little follows", () => {
    const more = Array.from({ length: 40 }, (_, i) => violation(["more", i], "one"));
    fc.assert(
      fc.property(fc.array(some, { minLength: 1, maxLength: 5 }), some, (older, newest) => {
        const alone = mergeViolations(said([...older, newest]), sets);
        const together = mergeViolations(said([...older, [...newest, ...more]]), sets);
        expect(together.slice(0, -more.length)).toEqual(alone);
      }),
    );
  });
});
