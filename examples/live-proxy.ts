import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { openAccessLogStreamer, readLines, run } from "../conformance/live/envoy.ts";
import { bootstrap, type Bootstrap } from "../packages/compiler/src/emit/bootstrap.ts";
import type { CompiledProxy } from "../packages/compiler/src/emit/compiled.ts";
import { compiledExample } from "./example.ts";

/** Servers of the test, by the `host:port` of an example that they stand for. */
export type Servers = Readonly<Record<string, { readonly port: number }>>;

/** A proxy of an example that runs in the Envoy of its Kuma, with kuma-dp's part in logging beside it. */
export interface LiveProxy extends AsyncDisposable {
  /** Where a listener really listens, such as `http://127.0.0.1:40000`. */
  url(listener: string): Promise<string>;
  /** `host:port` of the server that every listener leads to; it answers `hello`. */
  readonly upstream: string;
  /** Waits for that many lines in the file of a logger, and gives all that it has. */
  lines(path: string, count: number): Promise<readonly string[]>;
}

/**
 * Runs a proxy of an example; its TCP sinks and collectors are servers of the test. `adapt` puts around its loggers what
 * a bootstrap leaves out.
 */
export async function runProxy(
  example: string,
  name: string,
  servers: Servers = {},
  adapt: (config: Bootstrap) => Bootstrap = (config) => config,
): Promise<LiveProxy> {
  const { envoy: version, proxies } = compiledExample(example);
  const proxy = proxies.find((candidate) => candidate.name === name);
  if (proxy === undefined) throw new Error(`the example ${example} has no proxy ${name}`);
  const portOf = (address: string): number => {
    const server = servers[address];
    if (server === undefined) throw new Error(`the example ${example} logs to ${address}, and nobody listens`);
    return server.port;
  };

  await using stack = new AsyncDisposableStack();
  const logs = stack.adopt(mkdtempSync(join(tmpdir(), "meshlog-logs-")), (folder) => {
    rmSync(folder, { recursive: true });
  });
  const fileOf = (path: string): string => join(logs, basename(path));
  for (const path of new Set(pipesOf(proxy))) stack.use(openAccessLogStreamer(fileOf(path), portOf));
  const upstream = await openUpstream(stack);
  const config = adapt(bootstrapOf(proxy, upstream, { path: fileOf, portOf }));
  const envoy = stack.use(await run({ ...config }, version));
  const opened = stack.move();
  return {
    url: async (listener) => `http://127.0.0.1:${await envoy.port(listener)}`,
    upstream: `127.0.0.1:${upstream}`,
    lines: (path, count) => readLines(fileOf(path), count),
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

/** Sends a request, and sees to it that the server behind the proxy answers. */
export async function requestHello(url: string, init: RequestInit = {}): Promise<void> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (text !== "hello") throw new Error(`${url} answers ${response.status}: ${text}`);
}

/** The bootstrap of a proxy on this machine, with listeners on free ports. */
export function bootstrapOf(
  proxy: CompiledProxy,
  upstream: number,
  { path, portOf }: { readonly path: (path: string) => string; readonly portOf: (address: string) => number },
): Bootstrap {
  return bootstrap(proxy, {
    port: () => 0,
    upstream: { address: "127.0.0.1", port: upstream },
    path,
    endpoint: (address, port) => ({ address: "127.0.0.1", port: portOf(`${address}:${port}`) }),
  });
}

/** The named pipes that the proxy shares with kuma-dp. */
function pipesOf({ listeners }: CompiledProxy): readonly string[] {
  const paths = listeners.flatMap(({ accessLog }) =>
    accessLog.flatMap(({ typedConfig }) =>
      typedConfig !== undefined && "path" in typedConfig ? [typedConfig.path] : [],
    ),
  );
  return paths.filter((path) => path.endsWith(".sock"));
}

/** A server that answers every request with the word `hello`; gives its port. */
async function openUpstream(stack: AsyncDisposableStack): Promise<number> {
  const server = createServer((_request, response) => response.end("hello")).listen(0, "127.0.0.1");
  stack.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once("listening", resolve));
  return (server.address() as AddressInfo).port;
}
