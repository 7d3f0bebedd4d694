import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { envoyVersions, openOtlpReceiver, openTcpSink, validate } from "../../conformance/live/envoy.ts";
import { compiledExample } from "../example.ts";
import { bootstrapOf, requestHello, runProxy } from "../live-proxy.ts";

/** Kuma 2.14 gives OpenTelemetry loggers a transport of their own, which Envoy has since 1.37. */
const envoys = envoyVersions.filter((version) => !version.startsWith("1.36."));

test.each(envoys)("Envoy %s accepts every proxy of the example", async (version) => {
  for (const proxy of compiledExample("quickstart").proxies) {
    const config = bootstrapOf(proxy, 80, { path: () => "/dev/null", portOf: () => 4317 });
    expect(await validate({ ...config }, version), proxy.name).toEqual({ ok: true });
  }
});

test("what demo-app receives is in its log, and what it sends is in a file, in the sink and at the collector", async () => {
  await using sink = await openTcpSink();
  await using collector = await openOtlpReceiver();
  const servers = { "logs.internal:5000": sink, "otel-collector.internal:4317": collector };
  await using proxy = await runProxy("quickstart", "demo-app-1", servers);

  await requestHello(`${await proxy.url("inbound:192.168.0.10:5000")}/counter?by=1`, {
    method: "POST",
    body: "one",
    headers: { "user-agent": "a browser whose name is longer than forty bytes" },
  });
  expect(await proxy.lines("/dev/stdout", 1)).toEqual([
    'default INBOUND demo-app "POST /counter?by=1 HTTP/1.1" 200 - 3 5 "a browser whose name is longer than fort"',
  ]);

  // Redis is TCP to Envoy, which logs a connection when it ends and counts its bytes.
  const asked = "GET / HTTP/1.0\r\n\r\n";
  const answer = await exchange(await proxy.url("outbound:127.0.0.1:26379"), asked);
  const [line = ""] = await proxy.lines("/var/log/outgoing.jsonl", 1);
  expect(withoutTimes(line)).toBe('{"duration":0,"from":"demo-app in zone-1","start":"TIME","to":"redis"}');
  expect((await sink.lines(1)).map(withoutTimes)).toEqual([
    `[TIME] - default 192.168.0.10(demo-app)->${proxy.upstream}(redis) took 0ms, sent ${answer.length} bytes, received: ${asked.length} bytes`,
  ]);
  expect(await collector.records(1)).toMatchObject([
    {
      body: {
        kvlistValue: {
          values: [
            { key: "destination", value: { stringValue: "redis" } },
            { key: "bytes", value: { stringValue: `${answer.length}` } },
          ],
        },
      },
      attributes: [{ key: "mesh.name", value: { stringValue: "default" } }],
    },
  ]);
});

/** What a server answers on a connection that it then closes. */
async function exchange(url: string, asked: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(asked);
  return text(socket);
}

/** A line whose times are `TIME` and whose durations are 0. */
function withoutTimes(line: string): string {
  return line.replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/, "TIME").replace(/(?<=took |"duration":)\d+/, "0");
}
