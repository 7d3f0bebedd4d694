import { kumaReleases } from "@meshlog/parser";
import { describe, expect, it } from "vitest";
import { contains } from "../../src/kuma/change.ts";
import { changes } from "../../src/kuma/changes/index.ts";
import { profile } from "../../src/kuma/profile.ts";

const release = (name: string) => {
  const found = kumaReleases.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no release ${name}`);
  return found;
};

describe("a release contains a change", () => {
  const fix = { what: "", source: "", sets: {}, landed: ["2.7.25", "2.9.15", "2.11.13", "2.14.0"] };

  it.each([
    ["2.7.24", false],
    ["2.7.25", true],
    ["2.8.8", false],
    ["2.9.14", false],
    ["2.9.15", true],
    // The fix never reached 2.10, 2.12 and 2.13, though they are newer than lines that have it.
    ["2.10.11", false],
    ["2.13.10", false],
    ["2.14.0", true],
    ["main", true],
  ])("that landed in several lines: %s %s", (name, expected) => {
    expect(contains(release(name), fix)).toBe(expected);
  });

  it("until the patch that took it back", () => {
    const undone = { ...fix, landed: ["2.5.1"], takenBack: ["2.7.25", "2.14.0"] };
    expect(
      ["2.5.0", "2.5.1", "2.7.24", "2.7.25", "2.10.11", "2.14.0"].map((name) => contains(release(name), undone)),
    ).toEqual([false, true, true, false, true, false]);
  });
});

describe("the profile of a release", () => {
  it("is the fold of its changes", () => {
    expect(profile(release("2.10.11"))).toMatchObject({ defaultFormat: "by-filter", inboundRules: "merged" });
    expect(profile(release("2.14.0"))).toMatchObject({ defaultFormat: "by-protocol", deprecatesEndpoint: false });
    expect(profile(release("2.14.1"))).toMatchObject({ deprecatesEndpoint: true });
  });

  it("names only releases that there are", () => {
    const names = new Set(kumaReleases.map(({ name }) => name));
    expect(
      changes.flatMap(({ landed, takenBack = [] }) => [...landed, ...takenBack]).filter((name) => !names.has(name)),
    ).toEqual([]);
  });
});
