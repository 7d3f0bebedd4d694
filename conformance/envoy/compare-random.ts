/**
 * Random formats before released Envoys: each has to say what we say that it says.
 *
 *     node --conditions=@meshlog/source conformance/envoy/compare-random.ts [SEED] [COUNT] [ENVOY…]
 *
 * prints the first differences, and the figures in a line for each Envoy; without a name it asks those that the live
 * suites use (`pnpm envoy` installs them).
 */
import { check, parse, target } from "../../packages/parser/src/index.ts";
import { envoyVersions, openJudge } from "../live/envoy.ts";
import { randomFormats } from "./generator.ts";
import { isSameVerdict } from "./recorded.ts";

/** A format of which an Envoy says something else than we do. */
export interface Difference {
  readonly format: string;
  readonly theirs: string;
  readonly ours: string;
}

/** Asks one Envoy about `count` formats of a seed. */
export async function compareRandom(version: string, seed: number, count: number): Promise<Difference[]> {
  const { value: envoy } = target(`envoy ${version}`);
  if (envoy === undefined) throw new Error(`no target for Envoy ${version}`);
  const minor = version.split(".").slice(0, 2).join(".");
  const formats = take(randomFormats(seed), count, (format) => !deadly.test(format));
  await using judge = await openJudge(version);
  const verdicts = await judge.judge(formats.map(accessLog));
  return formats.flatMap((format, i) => {
    const ours = check(parse(format), envoy).value.envoy[minor] ?? "";
    const theirs = verdicts[i] ?? "";
    // A NUL at the start of Envoy's text leaves nothing of it, and the update's answer then looks like no error.
    return isSameVerdict(theirs, ours) || (ours === "" && theirs === "ok") ? [] : [{ format, theirs, ours }];
  });
}

/** A top-level scalar in COALESCE ends the process: each costs a new Envoy, and the recorded verdicts have them. */
const deadly = /COALESCE\((?!\s*[[{])/;

const accessLog = (format: string): object => ({
  name: "envoy.access_loggers.file",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    path: "/dev/null",
    logFormat: { textFormatSource: { inlineString: format } },
  },
});

function take(formats: Iterable<string>, most: number, isWanted: (format: string) => boolean): string[] {
  const taken: string[] = [];
  for (const format of formats) {
    if (isWanted(format)) taken.push(format);
    if (taken.length === most) break;
  }
  return taken;
}

if (import.meta.main) {
  const [seed, count, ...named] = process.argv.slice(2);
  const versions = named.length > 0 ? named : envoyVersions;
  for (const version of versions) {
    const differences = await compareRandom(version, Number(seed ?? 1), Number(count ?? 300));
    for (const difference of differences.slice(0, 20)) console.log(JSON.stringify(difference));
    console.log(`Envoy ${version}, seed ${seed ?? 1}: ${count ?? 300} formats, ${differences.length} differences`);
    if (differences.length > 0) process.exitCode = 1;
  }
}
