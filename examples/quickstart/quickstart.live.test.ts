import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { envoyVersions, readLines, run, validate } from "../../conformance/live/envoy.ts";
import { bootstrap, type Bootstrap } from "../../packages/compiler/src/emit/bootstrap.ts";
import type { CompiledBundle } from "../../packages/compiler/src/emit/compiled.ts";
import { meshlog } from "../../packages/compiler/test/cli/meshlog.ts";

/** What `meshlog compile` makes of the example; examples.test.ts holds the same bytes. */
function compiled(): CompiledBundle {
  const { code, out } = meshlog(["compile", "bundle"], { cwd: import.meta.dirname });
  expect(code).toBe(0);
  expect(out).toBe(readFileSync(join(import.meta.dirname, "expected/bundle.json"), "utf8"));
  return JSON.parse(out) as CompiledBundle;
}

/** A server behind the proxy that answers every request with the word `hello`. */
async function workload(): Promise<number> {
  const server = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}

function bootstrapOf(name: string, { proxies }: CompiledBundle, upstream: number): Bootstrap {
  const proxy = proxies.find((candidate) => candidate.name === name);
  if (proxy === undefined) throw new Error(`no proxy ${name}`);
  return bootstrap(proxy, {
    port: () => 0,
    upstream: { address: "127.0.0.1", port: upstream },
    path: (path) => path.slice(path.lastIndexOf("/") + 1),
  });
}

/** Kuma 2.14 gives OpenTelemetry loggers a transport of their own, which Envoy has since 1.37. */
const envoys = envoyVersions.filter((version) => !version.startsWith("1.36."));

test.each(envoys)("Envoy %s accepts every proxy of the example", async (version) => {
  const bundle = compiled();
  for (const { name } of bundle.proxies) {
    expect(await validate({ ...bootstrapOf(name, bundle, 80) }, version), name).toEqual({ ok: true });
  }
});

test("one request through Envoy 1.38 logs the line that the policy promises", async () => {
  await using envoy = await run({ ...bootstrapOf("demo-app-1", compiled(), await workload()) }, "1.38.2");
  const port = await envoy.port("inbound:192.168.0.10:5000");
  const response = await fetch(`http://127.0.0.1:${String(port)}/counter?by=1`, {
    method: "POST",
    body: "one",
    headers: { "user-agent": "a browser whose name is longer than forty bytes" },
  });
  expect(await response.text()).toBe("hello");
  expect(await readLines(join(envoy.folder, "stdout"), 1)).toEqual([
    'default INBOUND demo-app "POST /counter?by=1 HTTP/1.1" 200 - 3 5 "a browser whose name is longer than fort"',
  ]);
});
