import { openListenerFeed, type Listener, type ListenerFeed } from "./listener-feed.ts";

/** An `envoy.config.accesslog.v3.AccessLog` in protobuf JSON. */
export type AccessLogJson = object;

/** `"ok"`, or the bare error text; `CRASH: Caught …` where loading it kills Envoy. */
export type Verdict = string;

/**
 * An Envoy that says of access loggers whether it would take them. Clusters that a logger names need not exist: Envoy
 * looks for them when it sends.
 */
export interface Judge extends AsyncDisposable {
  /**
   * One verdict for each access logger, in order. Each stands alone, in a listener of its own. A call has to end before
   * the next.
   */
  judge(loggers: readonly AccessLogJson[]): Promise<Verdict[]>;
  /** Ends the Envoy. */
  close(): Promise<void>;
}

/** What stands around the loggers that are judged. */
export interface JudgeOptions {
  /** The network filter that carries them; by default the HTTP connection manager. */
  readonly filter?: keyof typeof carriers;
}

/** How many loggers go into one update; enough for the update's own cost to vanish. */
const batchSize = 100;

/**
 * Opens a judge. Each batch of loggers replaces the listeners of a running Envoy; where a batch kills it, it is
 * started anew and asked again in halves, until the culprit stands alone.
 */
export async function openJudge(version: string, options: JudgeOptions = {}): Promise<Judge> {
  const { filter = "http_connection_manager" } = options;
  const open = () => openListenerFeed(version);
  let feed: ListenerFeed | undefined = await open();
  let asked = 0;

  async function ask(loggers: readonly AccessLogJson[]): Promise<Verdict[]> {
    const listeners = loggers.map((logger, i) => listener(`judged-${asked++}`, i + 1, carriers[filter](logger)));
    feed ??= await open();
    const outcome = await feed.load(listeners);
    if (outcome.kind === "loaded") return listeners.map(({ name }) => outcome.errors.get(name) ?? "ok");
    if (outcome.kind === "crashed") {
      await feed.close();
      feed = undefined;
    }
    if (loggers.length === 1) return [outcome.text];
    const middle = Math.ceil(loggers.length / 2);
    return [...(await ask(loggers.slice(0, middle))), ...(await ask(loggers.slice(middle)))];
  }

  const close = async () => {
    await feed?.close();
    feed = undefined;
  };
  return {
    judge: async (loggers) => {
      const verdicts: Verdict[] = [];
      for (let i = 0; i < loggers.length; i += batchSize)
        verdicts.push(...(await ask(loggers.slice(i, i + batchSize))));
      return verdicts;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** The network filters that carry access loggers, each with as little else as Envoy demands. */
const carriers = {
  http_connection_manager: (accessLog: AccessLogJson) => ({
    name: "envoy.filters.network.http_connection_manager",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
      statPrefix: "judged",
      routeConfig: { name: "none" },
      httpFilters: [
        {
          name: "envoy.filters.http.router",
          typedConfig: { "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router" },
        },
      ],
      accessLog: [accessLog],
    },
  }),
  tcp_proxy: (accessLog: AccessLogJson) => ({
    name: "envoy.filters.network.tcp_proxy",
    typedConfig: {
      "@type": "type.googleapis.com/envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy",
      statPrefix: "judged",
      cluster: "none",
      accessLog: [accessLog],
    },
  }),
};

/** A listener that is loaded as any other but takes no port, although Envoy wants each to have one of its own. */
const listener = (name: string, portValue: number, networkFilter: object): Listener => ({
  name,
  bindToPort: false,
  address: { socketAddress: { address: "127.0.0.1", portValue } },
  filterChains: [{ filters: [networkFilter] }],
});
