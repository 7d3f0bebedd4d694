/**
 * How fast formats are parsed and checked, against a yardstick in the same run, so that the machine matters little.
 *
 *     node --conditions=@meshlog/source benchmarks/parsing/parsing.ts
 */
import { check, defaultTarget, parse, target } from "../../packages/parser/src/index.ts";
import { scan } from "./scanner.ts";

/** Kuma's default format for HTTP. */
const http =
  '[%START_TIME%] %KUMA_MESH% "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-B3-TRACEID?X-DATADOG-TRACEID)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%KUMA_SOURCE_SERVICE%" "%KUMA_DESTINATION_SERVICE%" "%KUMA_SOURCE_ADDRESS_WITHOUT_PORT%" "%UPSTREAM_HOST%"';

const everyKuma = target("kuma 2.6..2.14").value ?? defaultTarget;

const work: Readonly<Record<string, (format: string) => number>> = {
  scan: (format) => scan(format).length,
  parse: (format) => parse(format).parts.length,
  "parse and check": (format) => check(parse(format), defaultTarget).diagnostics.length,
  "parse and check, every line since 2.6": (format) => check(parse(format), everyKuma).diagnostics.length,
};

const rounds = 60;
/** In a round: enough for the clock of a thread, which may count in milliseconds. */
const formatsInRound = 5000;

/** Microseconds of this thread for one format in each round. No format is seen twice. */
function measure(): Readonly<Record<string, readonly number[]>> {
  const times = Object.fromEntries(Object.keys(work).map((name) => [name, [] as number[]]));
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(work)) {
      const formats = Array.from({ length: formatsInRound }, () =>
        Buffer.from(`${http} ${count++}`).toString("latin1"),
      );
      const before = process.threadCpuUsage();
      for (const format of formats) run(format);
      const { user, system } = process.threadCpuUsage(before);
      times[name]?.push((user + system) / formats.length);
    }
  }
  return times;
}

function median(list: readonly number[]): number {
  return list.toSorted((a, b) => a - b)[list.length >> 1] ?? 0;
}

const found = measure();
const yardstick = found["scan"] ?? [];
for (const [name, times] of Object.entries(found)) {
  // By round: a machine may change its pace between rounds.
  const ratio = median(times.map((time, round) => time / (yardstick[round] ?? time)));
  console.log(
    `${name.padEnd(40)} ${median(times).toFixed(1).padStart(6)} µs  ${ratio.toFixed(1).padStart(5)} × the yardstick`,
  );
}
