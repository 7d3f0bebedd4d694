/**
 * What it costs to link 319 access loggers for one proxy and to write them as JSON, against writing the same objects.
 * `node --conditions=@meshlog/source benchmarks/link.ts`
 */
import { kumaReleases } from "../packages/parser/src/index.ts";
import { profile } from "../packages/compiler/src/kuma/profile.ts";
import { listenerLoggers } from "../packages/compiler/src/lower/listener-loggers.ts";
import { type LinkedList, loggerObjects } from "../packages/compiler/src/lower/linked-logger.ts";
import { loggerWriter } from "../packages/compiler/src/lower/logger-text.ts";
import { proxyLinker } from "../packages/compiler/src/lower/proxy-linker.ts";
import { templates } from "../packages/compiler/src/lower/template.ts";
import type { Backend, Conf } from "../packages/compiler/src/validate/policy.ts";
import { median } from "./measure.ts";

const plain =
  "[%START_TIME%] %KUMA_MESH% %KUMA_SOURCE_SERVICE% => %KUMA_DESTINATION_SERVICE% %RESPONSE_CODE% %DURATION%";
const json = [
  { key: "start", value: "%START_TIME%" },
  { key: "mesh", value: "%KUMA_MESH%" },
  { key: "source", value: "%KUMA_SOURCE_SERVICE%" },
  { key: "destination", value: "%KUMA_DESTINATION_SERVICE%" },
  { key: "method", value: "%REQ(:METHOD)%" },
  { key: "path", value: "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%" },
  { key: "code", value: "%RESPONSE_CODE%" },
];

/** Eleven backends of all kinds; 29 listeners make 319 loggers. */
const backends: readonly Backend[] = [
  { type: "File", file: { path: "/dev/stdout" } },
  { type: "File", file: { path: "/var/log/plain.log", format: { type: "Plain", plain } } },
  { type: "File", file: { path: "/var/log/json.log", format: { type: "Json", json, omitEmptyValues: true } } },
  { type: "File", file: { path: "/var/log/same.log", format: { type: "Plain", plain: "%PROTOCOL% %DURATION%" } } },
  { type: "Tcp", tcp: { address: "logs.example.com:5000" } },
  { type: "Tcp", tcp: { address: "logs.example.com:5001", format: { type: "Plain", plain } } },
  { type: "Tcp", tcp: { address: "logs.example.com:5002", format: { type: "Json", json } } },
  { type: "OpenTelemetry", openTelemetry: { endpoint: "otel-collector:4317" } },
  {
    type: "OpenTelemetry",
    openTelemetry: { endpoint: "otel-collector:4318", attributes: [{ key: "mesh", value: "%KUMA_MESH%" }] },
  },
  {
    type: "OpenTelemetry",
    openTelemetry: {
      endpoint: "other-collector:4317",
      body: { kvlistValue: { values: [{ key: "source", value: { stringValue: "%KUMA_SOURCE_SERVICE%" } }] } },
    },
  },
  {
    type: "File",
    file: { path: "/var/log/default.log", format: { type: "Plain", plain: `${plain} %UPSTREAM_HOST%` } },
  },
];

const release = kumaReleases.findLast(({ line }) => line === "2.14") ?? kumaReleases[0];
if (release === undefined) throw new Error("there is no Kuma");
const facts = profile(release);
const conf: Conf = { backends };
const lowered = new Map([[conf, templates(conf, facts)]]);
const filter = "envoy.filters.network.http_connection_manager";
const mesh = "default";
const labels = new Map([["kuma.io/zone", "zone-1"]]);

/** The loggers of a proxy, by listener. */
function linkProxy(proxy: number): readonly (readonly LinkedList[])[] {
  const linker = proxyLinker(
    { resource: { mesh, name: `backend-${proxy}`, labels }, address: "10.0.0.1" },
    { profile: facts, mesh: undefined, backends: [], metadata: { workdir: "/tmp" } },
  );
  const loggers = Array.from({ length: 29 }, (_, i) => {
    const destination = {
      sourceService: "backend",
      destinationService: `service-${i}`,
      direction: "OUTBOUND",
    } as const;
    const values = linker.valuesOf(destination);
    const listener = { context: "outbound", protocol: "http" } as const;
    return listenerLoggers([{ conf }], lowered, listener, [filter], facts, values).get(filter) ?? [];
  });
  linker.finish();
  return loggers;
}

const writerOf = loggerWriter({ stringify: JSON.stringify, list: ["[", ",", "]"] });
const rounds = 400;
const linked: number[] = [];
const written: number[] = [];
let bytes = 0;
for (let round = 0; round < rounds; round++) {
  const start = performance.now();
  const loggers = linkProxy(round);
  const write = writerOf();
  for (const list of loggers) bytes += Buffer.from(write(list).join("")).length;
  linked.push(performance.now() - start);
  const objects = loggers.map(loggerObjects);
  const before = performance.now();
  bytes += Buffer.from(JSON.stringify(objects)).length;
  written.push(performance.now() - before);
}
const ratio = median(linked) / median(written);
console.log(
  `link and write ${loggerObjects(linkProxy(0).flat()).length} loggers: ${ratio.toFixed(2)} × writing their objects (at most 2.5)`,
);
if (bytes === 0) throw new Error("nothing was written");
