import { existsSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  check,
  checkJson,
  type Facts,
  parse,
  render,
  renderJson,
  target,
  type TargetMember,
} from "../../packages/parser/src/index.ts";
import { samples } from "../../packages/compiler/src/preview/samples.ts";
import { trafficFacts } from "../../packages/compiler/src/preview/traffic-facts.ts";
import { expect, test } from "vitest";
import { factsFor } from "../envoy/call-facts.ts";
import { randomFormats } from "../envoy/generator.ts";
import { type RandomFormat, randomRenders } from "../envoy/render-generator.ts";
import { envoyVersions } from "./installed-envoys.ts";
import type { AccessLogJson } from "./judge.ts";
import { type RequestName, renderBootstrap, requestNames } from "./render-bootstrap.ts";
import { echoUpstream, httpUpstream, sendHttp, sendTcp } from "./requests.ts";
import { run, type RunningEnvoy } from "./run.ts";
import { until } from "./until.ts";

/** Fresh formats each time, unless a seed is given; what fails says with which seed it fails again. */
const seed = Number(process.env["MESHLOG_SEED"] ?? Date.now() % 1_000_000_007);
const count = Number(process.env["MESHLOG_RENDERS"] ?? 300);

/** A zone with names of its own; a machine without the database has UTC alone. */
const timezone = existsSync("/usr/share/zoneinfo/America/New_York") ? "America/New_York" : "UTC";
process.env["TZ"] = timezone;

test.each(envoyVersions)(
  `Envoy %s writes the lines that we render, ${count} random formats for each request, seed ${seed}`,
  async (version) => {
    const release = target(`envoy ${version}`).value?.members[0];
    if (release === undefined) throw new Error(`no target for Envoy ${version}`);
    const formats = chooseFormats(release);
    const calls = [...factsFor(formats.map(contentOf)), ...foundations].filter((call) =>
      isTaken({ format: call }, release),
    );
    const folder = await mkdtemp(join(tmpdir(), "meshlog-lines-"));
    try {
      await writeLines(version, formats, calls, folder);
      const differences: unknown[] = [];
      for (const request of requestNames) {
        const facts = readFacts(calls, (name) => readFileSync(join(folder, fileName(request, name))));
        for (const [index, one] of formats.entries()) {
          const theirs = readFileSync(join(folder, fileName(request, String(index))), "latin1");
          const ours = lineOf(one, facts, release);
          if (theirs !== ours) differences.push({ seed, request, ...one, theirs, ours });
        }
      }
      console.log(`Envoy ${version}: ${formats.length} formats, ${requestNames.length} requests, seed ${seed}`);
      expect(differences).toEqual([]);
      expect(formats).toHaveLength(count);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  600_000,
);

/** What CEL's attributes follow from. */
const foundations = [
  "%REQ(:path)%", "%REQ(:method)%", "%REQ(:authority)%", "%REQ(x-request-id)%", "%REQ(x-a)%", "%REQ(a)%", "%REQ(missing)%",
  "%PROTOCOL%", "%RESPONSE_CODE%", "%RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)%", "%RESPONSE_FLAGS%",
  "%REQUEST_HEADERS_BYTES%", "%DOWNSTREAM_REMOTE_ADDRESS%", "%DOWNSTREAM_LOCAL_ADDRESS%", "%CONNECTION_ID%",
  "%REQUESTED_SERVER_NAME%", "%DOWNSTREAM_TLS_VERSION%", "%DOWNSTREAM_PEER_URI_SAN%", "%DOWNSTREAM_PEER_SUBJECT%",
  "%DOWNSTREAM_PEER_FINGERPRINT_256%", "%UPSTREAM_HOST%", "%UPSTREAM_REQUEST_ATTEMPT_COUNT%", "%ROUTE_NAME%",
  "%UPSTREAM_CLUSTER_RAW%", "%DYNAMIC_METADATA(my.ns)%", "%DYNAMIC_METADATA(none)%", "%METADATA(ROUTE:my.ns)%",
  "%METADATA(CLUSTER:my.ns)%", "%METADATA(LISTENER:my.ns)%", "%START_TIME(%s.%9f)%",
]; // prettier-ignore

/** Half of them from the generator of all operators, half of those that have much to print. */
function chooseFormats(release: TargetMember): readonly RandomFormat[] {
  const chosen: RandomFormat[] = [];
  const sources = [formatsOf(seed), randomRenders(seed)];
  for (let i = 0; chosen.length < count; i++) {
    const one = sources[i % 2]?.next().value;
    if (one !== undefined && isTaken(one, release) && isTold(one, release)) chosen.push(one);
  }
  return chosen;
}

function* formatsOf(from: number): Generator<RandomFormat, never> {
  for (const format of randomFormats(from)) yield { format };
  throw new Error("there is no end of formats");
}

function isTaken(one: RandomFormat, release: TargetMember): boolean {
  const alone = { members: [release] };
  const { value } = "format" in one ? check(parse(one.format), alone) : checkJson(one.json, alone);
  return Object.values(value.envoy).every((verdict) => verdict === "ok");
}

/** Some values follow from no facts, of whatever request: they are not compared. */
function isTold(one: RandomFormat, release: TargetMember): boolean {
  const told = ["http", "tls", "tcp"].map((name) => {
    const facts = trafficFacts(samples[name] ?? {});
    const { diagnostics } =
      "format" in one ? render(parse(one.format), facts, { release }) : renderJson(one.json, facts, { release });
    return diagnostics.every(({ code }) => code !== "io/unforetold");
  });
  const text = JSON.stringify(one);
  // A new value each time it is printed, or the surroundings of the process.
  return told.every(Boolean) && !/EMIT_TIME|UNIQUE_ID|DOWNSTREAM_CX_RTT/.test(text);
}

function contentOf(one: RandomFormat): unknown {
  return "format" in one ? one.format : one.json;
}

const fileName = (request: RequestName, name: string): string => `${request.replaceAll(" ", "-")}-${name}`;

/** Ends each text of the facts. */
const separator = "\u0002";

/** Has an Envoy write all lines for one request of each kind. */
async function writeLines(
  version: string,
  formats: readonly RandomFormat[],
  calls: readonly string[],
  folder: string,
): Promise<void> {
  const logger = (request: RequestName, name: string, logFormat: object): AccessLogJson => ({
    name: "envoy.access_loggers.file",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
      path: join(folder, fileName(request, name)),
      logFormat,
    },
  });
  const loggersOf = (request: RequestName): readonly AccessLogJson[] => [
    ...formats.map((one, i) =>
      logger(
        request,
        String(i),
        "format" in one ? { textFormatSource: { inlineString: one.format } } : { jsonFormat: one.json },
      ),
    ),
    logger(request, "facts", { jsonFormat: Object.fromEntries(calls.map((call, i) => [String(i), call])) }),
    logger(request, "texts", {
      textFormatSource: { inlineString: `${calls.map((call) => call + separator).join("")}\n` },
    }),
  ];
  await using up = await httpUpstream();
  await using echo = await echoUpstream();
  const closed = await freePort();
  const loggers = Object.fromEntries(requestNames.map((name) => [name, loggersOf(name)])) as Record<
    RequestName,
    readonly AccessLogJson[]
  >;
  await using envoy = await run(renderBootstrap(loggers, { http: up.port, echo: echo.port, closed }), version);
  for (const request of requestNames) await send(request, envoy);
  for (const request of requestNames) {
    const written = join(folder, fileName(request, "texts"));
    await until(`${request} is logged`, () => (readFileSync(written, "latin1").endsWith("\n") ? true : undefined));
  }
}

async function send(request: RequestName, envoy: RunningEnvoy): Promise<void> {
  const port = await envoy.port(request);
  switch (request) {
    case "plain":
    case "failing upstream":
      return sendHttp(port);
    case "mutual TLS":
      return sendHttp(port, { isTls: true });
    case "TCP":
      return sendTcp(port);
  }
}

/** A port on which nobody listens: one that was free a moment ago. */
async function freePort(): Promise<number> {
  await using server = await echoUpstream();
  return server.port;
}

/** The facts of a request, as two lines of the same Envoy tell them: one of JSON, one of texts. */
function readFacts(calls: readonly string[], read: (name: string) => Buffer): Facts {
  const values = JSON.parse(read("facts").toString("utf8")) as Readonly<Record<string, unknown>>;
  const texts = read("texts").toString("latin1").split(separator);
  const factTexts: Record<string, string | { readonly base64: string }> = {};
  const facts: Record<string, unknown> = {};
  for (const [i, call] of calls.entries()) {
    const value = values[String(i)] ?? null;
    const bytes = Buffer.from(texts[i] ?? "", "latin1");
    facts[call] = value;
    const text = bytes.toString("utf8");
    const implied = value === null ? "-" : typeof value === "string" ? value : JSON.stringify(value);
    if (!Buffer.from(text).equals(bytes)) factTexts[call] = { base64: bytes.toString("base64") };
    else if (text !== implied) factTexts[call] = text;
  }
  return { facts, factTexts };
}

/** Our line, its bytes as Latin-1; for JSON with the newline that Envoy adds. */
function lineOf(one: RandomFormat, facts: Facts, release: TargetMember): string {
  const options = { release, timezone };
  const { value, diagnostics } =
    "format" in one ? render(parse(one.format), facts, options) : renderJson(one.json, facts, options);
  if (value === undefined) return `not told: ${diagnostics.map(({ message }) => message).join(" ")}`;
  return Buffer.from(value.bytes).toString("latin1") + ("format" in one ? "" : "\n");
}
