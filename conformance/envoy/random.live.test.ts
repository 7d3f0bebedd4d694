import { check, parse, target } from "../../packages/parser/src/index.ts";
import { expect, test } from "vitest";
import { envoyVersions, openJudge } from "../live/envoy.ts";
import { randomFormats } from "./generator.ts";
import { isSameVerdict } from "./recorded.ts";

/** Fresh formats each time, unless a seed is given; what fails says with which seed it fails again. */
const seed = Number(process.env["MESHLOG_SEED"] ?? Date.now() % 1_000_000_007);
const count = Number(process.env["MESHLOG_FORMATS"] ?? 300);

const accessLog = (format: string): object => ({
  name: "envoy.access_loggers.file",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    path: "/dev/null",
    logFormat: { textFormatSource: { inlineString: format } },
  },
});

/** A top-level scalar in COALESCE ends the process: each costs a new Envoy, and the recorded verdicts have them. */
const deadly = /COALESCE\((?!\s*[[{])/;

test.each(envoyVersions)(
  `Envoy %s says what we say of ${count} random formats, seed ${seed}`,
  async (version) => {
    const formats = take(randomFormats(seed), count, (format) => !deadly.test(format));
    const { value: envoy } = target(`envoy ${version}`);
    if (envoy === undefined) throw new Error(`no target for Envoy ${version}`);
    const minor = version.split(".").slice(0, 2).join(".");
    await using judge = await openJudge(version);
    const verdicts = await judge.judge(formats.map(accessLog));
    const differences = formats.flatMap((format, i) => {
      const ours = check(parse(format), envoy).value.envoy[minor];
      const theirs = verdicts[i] ?? "";
      // A NUL at the start of Envoy's text leaves nothing of it, and the update's answer then looks like no error.
      return isSameVerdict(theirs, ours) || (ours === "" && theirs === "ok") ? [] : [{ seed, format, theirs, ours }];
    });
    expect(differences).toEqual([]);
  },
  600_000,
);

function take(formats: Iterable<string>, most: number, isWanted: (format: string) => boolean): string[] {
  const taken: string[] = [];
  for (const format of formats) {
    if (isWanted(format)) taken.push(format);
    if (taken.length === most) break;
  }
  return taken;
}
