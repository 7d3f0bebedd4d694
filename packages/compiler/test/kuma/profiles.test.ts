import { expect, it } from "vitest";
import { contains } from "../../src/kuma/change.ts";
import { changes } from "../../src/kuma/changes/index.ts";
import { profile } from "../../src/kuma/profile.ts";
import { lines } from "./lines.ts";

it("the profile of each line, as what it changed", async () => {
  await expect(lines.map(section).join("\n")).toMatchFileSnapshot("profiles.txt");
});

/** What the newest release of a line does otherwise than that of the line before. */
function section(release: (typeof lines)[number], index: number): string {
  const before = lines[index - 1];
  const facts = profile(release);
  const old = before === undefined ? {} : profile(before);
  const differing = Object.entries(facts).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify((old as Record<string, unknown>)[name]),
  );
  const news = changes.filter((one) => contains(release, one) && before !== undefined && !contains(before, one));
  return [
    `## ${release.line} (${release.name})`,
    "",
    ...news.map(({ what }) => `- ${what}`),
    ...(news.length === 0 ? [] : [""]),
    ...differing.map(([name, value]) => `    ${name}: ${show(value)}`),
    ...(differing.length === 0 ? ["Nothing changed."] : []),
    "",
  ].join("\n");
}

/** One line, or one for each entry of a map. */
function show(value: unknown): string {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return inline(value);
  return Object.entries(value)
    .map(([key, entry]) => `\n        ${key}: ${inline(entry)}`)
    .join("");
}

function inline(value: unknown): string {
  return Array.isArray(value) ? value.join(", ") : String(value);
}
