import { readdirSync, readFileSync } from "node:fs";
import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { compile } from "../../packages/compiler/src/compile.ts";
import { bootstrap } from "../../packages/compiler/src/emit/bootstrap.ts";
import type { CompiledProxy } from "../../packages/compiler/src/emit/compiled.ts";
import { relocateFiles } from "../../packages/compiler/src/emit/relocate-files.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { type ConfigDump, readConfigDump } from "../../packages/compiler/src/verify/config-dump.ts";
import { proxyOf } from "../../packages/compiler/src/verify/facts.ts";
import { verify } from "../../packages/compiler/src/verify/verify.ts";
import { defaultTarget } from "../../packages/parser/src/index.ts";
import { envoyVersions, run } from "./envoy.ts";
import { until } from "./until.ts";

/** Kuma 2.14 gives OpenTelemetry loggers a transport of their own, which Envoy has since 1.37. */
const envoys = envoyVersions.filter((version) => !version.startsWith("1.36."));

test.each(envoys)("what Envoy %s says that it runs with is what it was given", async (version) => {
  for (const proxy of quickStart()) {
    const dump = await dumpOf(proxy, version);
    expect(proxyOf(dump)).toEqual({ mesh: proxy.mesh, name: proxy.name });
    const { listeners, clusters } = verify(proxy, dump);
    expect(listeners.map(({ status }) => status)).toEqual(proxy.listeners.map(() => "equal"));
    expect(clusters).toEqual([]);

    const otherwise = verify(writingElsewhere(proxy), dump);
    expect(otherwise.listeners.map(({ status }) => status)).toEqual(proxy.listeners.map(() => "different"));
  }
});

test("what Envoy refuses is different, in Envoy's own words, while the listener runs on as before", async () => {
  const [proxy] = quickStart();
  if (proxy === undefined) throw new Error("the example has no proxy");
  const config = bootstrap(proxy, { port: () => 0, upstream: { address: "127.0.0.1", port: 80 } });
  const { listeners, ...others } = config.staticResources;
  const lds = (text: string): string => JSON.stringify({ versionInfo: text, resources: listeners.map(typed) });
  const ldsConfig = {
    resourceApiVersion: "V3",
    pathConfigSource: { path: "./lds.json", watchedDirectory: { path: "." } },
  };
  await using envoy = await run({ ...config, staticResources: others, dynamicResources: { ldsConfig } }, "1.38.2", {
    "lds.json": lds("1"),
  });
  const live = async (): Promise<ConfigDump> => read(await envoy.admin("/config_dump"));
  const statusOf = (dump: ConfigDump): readonly string[] => verify(proxy, dump).listeners.map(({ status }) => status);
  const equal = proxy.listeners.map(() => "equal");
  await until("the listeners are there", async () =>
    String(statusOf(await live())) === String(equal) ? true : undefined,
  );

  await writeFile(join(envoy.folder, "next.json"), lds("2").replaceAll("%RESPONSE_CODE%", "%NOPE%"));
  await rename(join(envoy.folder, "next.json"), join(envoy.folder, "lds.json"));
  const refused = await until("Envoy has refused one", async () => {
    const found = verify(proxy, await live()).listeners.filter(({ status }) => status === "different");
    return found.length > 0 ? found : undefined;
  });
  expect(refused).toEqual([
    {
      status: "different",
      name: "inbound:192.168.0.10:5000",
      changes: [],
      refusal: expect.stringContaining("Not supported field in StreamInfo: NOPE") as string,
    },
  ]);
});

const typed = (listener: object): object => ({
  "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
  ...listener,
});

/** The proxies of the example, with loggers that write to files of the working directory. */
function quickStart(): readonly CompiledProxy[] {
  const folder = join(import.meta.dirname, "../../examples/quickstart/bundle");
  const { value } = load(readdirSync(folder).map((path) => ({ path, content: readFileSync(join(folder, path)) })));
  const kuma = defaultTarget.members.at(-1)?.kuma;
  if (kuma === undefined) throw new Error("the default target is a Kuma");
  const { proxies } = compile(value, kuma).value;
  return [...proxies].map((proxy) => withLoggers(proxy, (path) => path.slice(path.lastIndexOf("/") + 1)));
}

function withLoggers(proxy: CompiledProxy, path: (path: string) => string): CompiledProxy {
  const listeners = proxy.listeners.map((listener) => ({
    ...listener,
    accessLog: listener.accessLog.map((logger) => relocateFiles(logger, path)),
  }));
  return { ...proxy, listeners };
}

function writingElsewhere(proxy: CompiledProxy): CompiledProxy {
  return withLoggers(proxy, (path) => `${path}.other`);
}

async function dumpOf(proxy: CompiledProxy, version: string): Promise<ConfigDump> {
  const config = bootstrap(proxy, { port: () => 0, upstream: { address: "127.0.0.1", port: 80 } });
  await using envoy = await run({ ...config }, version);
  return read(await envoy.admin("/config_dump"));
}

function read(content: string | undefined): ConfigDump {
  const { value, diagnostics } = readConfigDump({ path: "config_dump", content: content ?? "" });
  expect(diagnostics).toEqual([]);
  if (value === undefined) throw new Error("the dump cannot be read");
  return value;
}
