/**
 * How fast formats are parsed and checked: against a yardstick in the same run, so that the machine matters little, and
 * how the time grows on hostile input. `node --conditions=@meshlog/source benchmarks/parsing/parsing.ts`
 */
import { check, defaultTarget, parse, target } from "../../packages/parser/src/index.ts";
import { hostileInputs } from "./hostile.ts";
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
const formatsInRound = 1000;

/** Microseconds for one format, the median of the rounds. No format is seen twice. */
function measure(): Record<string, number> {
  const times = Object.fromEntries(Object.keys(work).map((name) => [name, [] as number[]]));
  let count = 0;
  for (let round = 0; round < rounds; round++) {
    for (const [name, run] of Object.entries(work)) {
      const formats = Array.from({ length: formatsInRound }, () =>
        Buffer.from(`${http} ${count++}`).toString("latin1"),
      );
      const start = performance.now();
      for (const format of formats) run(format);
      times[name]?.push(((performance.now() - start) * 1000) / formatsInRound);
    }
  }
  return Object.fromEntries(
    Object.entries(times).map(([name, list]) => [name, list.sort((a, b) => a - b)[rounds >> 1] ?? 0]),
  );
}

const found = measure();
const yardstick = found["scan"] ?? 1;
for (const [name, time] of Object.entries(found)) {
  console.log(
    `${name.padEnd(40)} ${time.toFixed(1).padStart(6)} µs  ${(time / yardstick).toFixed(1).padStart(5)} × the yardstick`,
  );
}

const everyEnvoy = target("envoy 1.22..1.40").value ?? defaultTarget;
console.log("\nhostile input, milliseconds for 250 kB, 500 kB, 1 MB");
for (const [name, make] of Object.entries(hostileInputs)) {
  const times = [250_000, 500_000, 1_000_000].map((size) => {
    const text = make(size);
    const runs = [1, 2, 3].map(() => {
      const start = performance.now();
      check(parse(text), everyEnvoy);
      return performance.now() - start;
    });
    return Math.min(...runs);
  });
  console.log(name.padEnd(24), times.map((time) => time.toFixed(1).padStart(8)).join(" "));
}
