import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { kumaReleases } from "../../packages/parser/src/index.ts";
import { firstKumaOperators, type KumaValues, unlinked } from "../../packages/compiler/src/kuma/kuma-operators.ts";
import { profile } from "../../packages/compiler/src/kuma/profile.ts";
import { linkAll } from "../../packages/compiler/src/lower/link.ts";
import { loggerObjects } from "../../packages/compiler/src/lower/linked-logger.ts";
import { templates } from "../../packages/compiler/src/lower/template.ts";
import { assertValid } from "../protobuf/validate.ts";
import { fill } from "../../packages/compiler/src/lower/kuma-text.ts";
import { matchFilter } from "../../packages/compiler/src/lower/match-filter.ts";
import { oldKumaText } from "../../packages/compiler/src/lower/old-kuma-text.ts";
import type { Backend, Match } from "../../packages/compiler/src/validate/policy.ts";
import { goldensFolder } from "./shared-folder.ts";

interface FormatParserCases {
  readonly valid: readonly string[];
  readonly invalid: readonly { readonly format: string; readonly error: string }[];
  readonly canonical: readonly { readonly format: string; readonly expected: string }[];
  readonly interpolate: readonly {
    readonly format: string;
    readonly context: Partial<KumaValues>;
    readonly expected: string;
  }[];
}

interface CelFilterCases {
  readonly filterName: string;
  readonly matchToCEL: readonly { readonly match: Match | null; readonly cel: string }[];
  readonly rulesToAccessLogs: readonly {
    readonly name: string;
    readonly rules: readonly { readonly match: Match | null; readonly backends: readonly Backend[] }[];
    readonly expected: readonly { readonly path: string; readonly celFilter: boolean }[];
  }[];
}

const releasesWith = (folder: string): readonly string[] =>
  goldensFolder === undefined
    ? []
    : readdirSync(goldensFolder).filter((release) => existsSync(join(goldensFolder ?? "", release, folder)));

const cases = (release: string, folder: string): unknown =>
  JSON.parse(readFileSync(join(goldensFolder ?? "", release, folder, "cases.json"), "utf8"));

describe.skipIf(goldensFolder === undefined)("Kuma's own tests", () => {
  it("are there", () => {
    expect(releasesWith("formatparser")).toContain("2.0.8");
    expect(releasesWith("celfilter")).toContain("2.14.3");
  });
});

describe.each(releasesWith("formatparser"))("Kuma %s reads formats as its own tests say", (release) => {
  const { valid, invalid, canonical, interpolate } = cases(release, "formatparser") as FormatParserCases;
  const filled = (format: string, values: KumaValues): string => {
    const read = oldKumaText(format, firstKumaOperators);
    return "text" in read ? fill(read.text, values) : read.refusal;
  };
  const empty = Object.fromEntries(Object.keys(unlinked).map((name) => [name, ""])) as KumaValues;

  it.each(valid)("takes %j", (format) => {
    expect(oldKumaText(format, firstKumaOperators)).toHaveProperty("text");
  });
  it.each(invalid)("refuses $format", ({ format, error }) => {
    expect(oldKumaText(format, firstKumaOperators)).toEqual({
      refusal: `invalid access log format string: ${format}: ${error}`,
    });
  });
  it.each(canonical)("writes $format anew", ({ format, expected }) => {
    expect(filled(format, unlinked)).toBe(expected);
  });
  it.each(interpolate)("fills $format", ({ format, context, expected }) => {
    expect(filled(format, { ...empty, ...context })).toBe(expected);
  });
});

describe.each(releasesWith("celfilter"))("Kuma %s filters connections as its own tests say", (release) => {
  const { filterName, matchToCEL, rulesToAccessLogs } = cases(release, "celfilter") as CelFilterCases;
  it.each(matchToCEL)("$match", ({ match, cel }) => {
    const filter = matchFilter(match ?? {});
    expect(filter?.extensionFilter?.typedConfig?.expression ?? "").toBe(cel);
    if (filter !== undefined) expect(filter.extensionFilter?.name).toBe(filterName);
  });

  it.each(rulesToAccessLogs)("$name", ({ rules, expected }) => {
    const kuma = kumaReleases.find(({ name }) => name === release);
    if (kuma === undefined) throw new Error(`there is no Kuma ${release}`);
    const values = { kuma: unlinked, socketPath: "", clusterOf: () => undefined, refuse: () => undefined };
    const loggers = loggerObjects(
      rules.map(({ match, backends }) =>
        linkAll(templates({ backends }, profile(kuma)).tcp, values, match === null ? undefined : matchFilter(match)),
      ),
    );
    for (const logger of loggers) assertValid("envoy.config.accesslog.v3.AccessLog", logger);
    const found = loggers.map(({ typedConfig, filter }) => ({
      path: typedConfig !== undefined && "path" in typedConfig ? typedConfig.path : undefined,
      celFilter: filter?.extensionFilter?.name === filterName,
    }));
    expect(found).toEqual(expected);
  });
});
