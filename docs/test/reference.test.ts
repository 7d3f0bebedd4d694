import { codes } from "@meshlog/compiler";
import { kumaOperators, kumaReleases, operators } from "@meshlog/parser";
import { expect, it } from "vitest";
import { diagnosticList, diagnosticPages } from "../reference/diagnostic-pages.ts";
import { changesByLine } from "../reference/kuma-changes.ts";
import { operatorMatrix } from "../reference/operator-matrix.ts";
import { operatorList, operatorPages } from "../reference/operator-pages.ts";
import { policyOptions } from "../reference/policy-options.ts";
import { releaseTable } from "../reference/releases.ts";

const names = [...kumaOperators.keys(), ...operators.keys()];

it("has a page for every operator, and a line for each in the list", () => {
  expect([...operatorPages().keys()]).toEqual(names.map((name) => `operators/${name}.md`));
  const list = operatorList();
  for (const name of names) expect(list).toContain(`(/operators/${name})`);
});

it("shows of an operator what Envoy prints, release by release", () => {
  const page = operatorPages().get("operators/COMMON_DURATION.md");
  expect(page).toContain("| http, grpc, tls | 1.30 on | `9200` |");
  expect(page).toContain("| the point US_RX_BODY_BEG | 1.37 on | from 2.14 on |");
});

it("shows which line of Kuma has which operator", () => {
  const row = (name: string): string | undefined =>
    operatorMatrix()
      .split("\n")
      .find((line) => line.startsWith(`| [\`%${name}%\`]`));
  expect(row("KUMA_ZONE")?.match(/✓/g)).toHaveLength(2);
  expect(row("KUMA_MESH")?.match(/✓/g)).toHaveLength(16);
});

it("has a page for every diagnostic, and a line for each in the list", () => {
  expect([...diagnosticPages().keys()]).toEqual(codes.map((code) => `diagnostics/${code}.md`));
  const list = diagnosticList();
  for (const code of codes) expect(list).toContain(`(/diagnostics/${code})`);
});

it("dates options of policies", () => {
  expect(policyOptions()).toMatch(/\| `spec\.rules\[\]\.matches\[\]` \|.*\| from 2\.14 on \|/);
  expect(policyOptions()).toMatch(/\| `spec\.from\[\]` \|.*\| up to 2\.14 \|/);
});

it("lists every release, and what changed in its line", () => {
  for (const { envoy, line } of kumaReleases)
    expect(releaseTable()).toMatch(new RegExp(`^\\| ${line} \\|.*${envoy.name.replaceAll(".", "\\.")}`, "m"));
  expect(changesByLine()).toContain("## Kuma 2.14");
});
