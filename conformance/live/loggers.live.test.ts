import { check, checkJson, kumaReleases, parse, type Target, target } from "../../packages/parser/src/index.ts";
import { expect, test } from "vitest";
import type { AccessLog, AnyValue, KeyValueList } from "../../packages/compiler/src/envoy/messages.ts";
import { profile } from "../../packages/compiler/src/kuma/profile.ts";
import { linkAll } from "../../packages/compiler/src/lower/link.ts";
import { loggerObjects } from "../../packages/compiler/src/lower/linked-logger.ts";
import { proxyLinker } from "../../packages/compiler/src/lower/proxy-linker.ts";
import { templates } from "../../packages/compiler/src/lower/template.ts";
import type { Backend, FormatConf } from "../../packages/compiler/src/validate/policy.ts";
import { randomFormats } from "../envoy/generator.ts";
import { isSameVerdict } from "../envoy/recorded.ts";
import { assertValid } from "../protobuf/validate.ts";
import { openJudge } from "./judge.ts";

/** Fresh loggers each time, unless a seed is given; what fails says with which seed it fails again. */
const seed = Number(process.env["MESHLOG_SEED"] ?? Date.now() % 1_000_000_007);
const count = Number(process.env["MESHLOG_LOGGERS"] ?? 500);

test.each(["2.13.2", "2.14.3", "main"])(
  `the Envoy of Kuma %s takes ${count} random loggers exactly where we say so, seed ${seed}`,
  async (version) => {
    const release = kumaReleases.find(({ name }) => name === version);
    if (release === undefined) throw new Error(`there is no Kuma ${version}`);
    const envoy = release.envoy.name;
    const { value: judged } = target(`envoy ${envoy}`);
    if (judged === undefined) throw new Error(`no target for Envoy ${envoy}`);
    const facts = profile(release);
    const linker = proxyLinker(
      { resource: { mesh: "default", name: "backend", labels: new Map() }, address: "10.0.0.1" },
      { profile: facts, mesh: undefined, backends: [], metadata: { workdir: "/tmp" } },
    );
    const values = linker.valuesOf({ sourceService: "web", destinationService: "db", direction: "OUTBOUND" });
    const { http } = templates({ backends: randomBackends(seed, count) }, facts);
    const loggers = loggerObjects([linkAll(http, values)]);
    expect(loggers).toHaveLength(count);
    for (const logger of loggers) assertValid("envoy.config.accesslog.v3.AccessLog", logger);

    await using judge = await openJudge(envoy);
    const verdicts = await judge.judge(loggers);
    const differences = loggers.flatMap((logger, i) => {
      const ours = verdict(logger, judged);
      const theirs = verdicts[i] ?? "";
      return isSameVerdict(theirs, ours) ? [] : [{ seed, logger, theirs, ours }];
    });
    const refused = verdicts.filter((text) => text !== "ok").length;
    console.log(`Kuma ${version}, Envoy ${envoy}: ${count} loggers, ${refused} of them refused, seed ${seed}`);
    expect(differences).toEqual([]);
  },
  600_000,
);

/** A top-level scalar in COALESCE ends the process: each costs a new Envoy, and the recorded verdicts have them. */
const deadly = /COALESCE\((?!\s*[[{])/;

/** Backends of all kinds in turn, each with random formats. */
function randomBackends(from: number, wanted: number): readonly Backend[] {
  const formats = randomFormats(from);
  const next = (): string => {
    const { value } = formats.next();
    return deadly.test(value) ? next() : value;
  };
  return Array.from({ length: wanted }, (_, i) => kinds[i % kinds.length]?.(next) ?? {});
}

const json = (next: () => string): FormatConf => ({
  type: "Json",
  json: [
    { key: "b", value: "%PROTOCOL% %KUMA_MESH%" },
    { key: "a", value: next() },
    { key: "é", value: "%KUMA_SOURCE_SERVICE%" },
  ],
});
const plain = (next: () => string): FormatConf => ({ type: "Plain", plain: next() });
const path = "/dev/null";
const address = "127.0.0.1:5000";
const endpoint = "collector:4317";

const kinds: readonly ((next: () => string) => Backend)[] = [
  (next) => ({ type: "File", file: { path, format: plain(next) } }),
  (next) => ({ type: "File", file: { path, format: { ...plain(next), omitEmptyValues: true } } }),
  (next) => ({ type: "File", file: { path, format: json(next) } }),
  (next) => ({ type: "File", file: { path, format: { ...json(next), omitEmptyValues: true } } }),
  (next) => ({ type: "Tcp", tcp: { address, format: plain(next) } }),
  (next) => ({ type: "Tcp", tcp: { address, format: json(next) } }),
  (next) => ({ type: "OpenTelemetry", openTelemetry: { endpoint, body: { stringValue: next() } } }),
  (next) => ({
    type: "OpenTelemetry",
    openTelemetry: {
      endpoint,
      body: { kvlistValue: { values: [{ key: "%KUMA_MESH%", value: { stringValue: next() } }] } },
      attributes: [{ key: "a", value: next() }],
    },
  }),
  (next) => ({ type: "OpenTelemetry", openTelemetry: { endpoint, attributes: [{ key: "a", value: next() }] } }),
];

/** What the format language says of the texts that Envoy gets: the first error, in the order in which Envoy reads. */
function verdict({ typedConfig }: AccessLog, judged: Target): string {
  const minor = `1.${String(judged.members[0]?.envoy.minor)}`;
  const ofText = (text: string): string => check(parse(text), judged).value.envoy[minor] ?? "";
  switch (typedConfig?.["@type"]) {
    case undefined:
      return "";
    case "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog": {
      const { textFormatSource, jsonFormat, omitEmptyValues = false } = typedConfig.logFormat ?? {};
      if (textFormatSource !== undefined) return ofText(textFormatSource.inlineString ?? "");
      return checkJson(jsonFormat, judged, { omitEmptyValues }).value.envoy[minor] ?? "";
    }
    case "type.googleapis.com/envoy.extensions.access_loggers.open_telemetry.v3.OpenTelemetryAccessLogConfig": {
      const texts = [...textsOf(typedConfig.body ?? {}), ...entriesOf(typedConfig.attributes)];
      return texts.map(ofText).find((text) => text !== "ok") ?? "ok";
    }
  }
}

function textsOf({ stringValue, arrayValue, kvlistValue }: AnyValue): readonly string[] {
  if (stringValue !== undefined) return [stringValue];
  return [...(arrayValue?.values ?? []).flatMap(textsOf), ...entriesOf(kvlistValue)];
}

function entriesOf(list: KeyValueList | undefined): readonly string[] {
  return (list?.values ?? []).flatMap(({ value = {} }) => textsOf(value));
}
