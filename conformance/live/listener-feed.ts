import { rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crashOf } from "./crash.ts";
import { run } from "./run.ts";
import { until } from "./until.ts";

/** What became of one update of the listeners. */
export type Outcome =
  /** Each listener was looked at; `errors` has Envoy's bare text for each that it refused, by listener name. */
  | { readonly kind: "loaded"; readonly errors: ReadonlyMap<string, string> }
  /** Envoy could not read the update as a whole. */
  | { readonly kind: "unreadable"; readonly text: string }
  /** Envoy died; the feed is of no more use. */
  | { readonly kind: "crashed"; readonly text: string };

/** A listener in protobuf JSON. */
export interface Listener {
  readonly name: string;
  readonly [field: string]: unknown;
}

/** An Envoy that takes its listeners from a file. */
export interface ListenerFeed {
  /** Replaces all listeners. Their names must be new: Envoy remembers those that it still drains. */
  load(listeners: readonly Listener[]): Promise<Outcome>;
  close(): Promise<void>;
}

/** Starts an Envoy whose listeners come and go by file-based LDS. */
export async function openListenerFeed(version: string): Promise<ListenerFeed> {
  const pathConfigSource = { path: "./lds.json", watchedDirectory: { path: "." } };
  const bootstrap = {
    node: { id: "feed", cluster: "feed" },
    dynamicResources: { ldsConfig: { resourceApiVersion: "V3", pathConfigSource } },
  };
  const envoy = await run(bootstrap, version, { "lds.json": update([]) });
  let tally = readTally(await envoy.admin(tallyPage));

  return {
    close: () => envoy.stop(),
    load: async (listeners) => {
      const logged = envoy.log().length;
      await writeFile(join(envoy.folder, "next.json"), update(listeners));
      await rename(join(envoy.folder, "next.json"), join(envoy.folder, "lds.json"));

      const before = tally;
      const outcome = await until("Envoy has dealt with the new listeners", async () => {
        if (envoy.hasEnded()) return "ended";
        tally = readTally(await envoy.admin(tallyPage)) ?? before;
        return outcomes.find((name) => (tally?.[name] ?? 0) > (before?.[name] ?? 0));
      });

      const said = envoy.log().slice(logged);
      switch (outcome) {
        case "ended":
          return { kind: "crashed", text: crashOf(said) ?? `Envoy ended: ${said}` };
        case "success":
          return { kind: "loaded", errors: new Map() };
        case "failure":
          return { kind: "unreadable", text: refusal(said) };
        case "rejected": {
          const errors = readErrors(await envoy.admin(errorPage), listeners);
          return errors.size > 0 ? { kind: "loaded", errors } : { kind: "unreadable", text: refusal(said) };
        }
      }
    },
  };
}

const update = (listeners: readonly Listener[]) =>
  JSON.stringify({
    versionInfo: "1",
    resources: listeners.map((listener) => ({
      "@type": "type.googleapis.com/envoy.config.listener.v3.Listener",
      ...listener,
    })),
  });

const outcomes = ["success", "rejected", "failure"] as const;

/** How many updates came to which end. */
type Tally = Readonly<Record<string, number>>;

const tallyPage = `/stats?filter=${encodeURIComponent(`^listener_manager\\.lds\\.update_(${outcomes.join("|")})$`)}`;

function readTally(page: string | undefined): Tally | undefined {
  if (page === undefined) return undefined;
  const lines = [...page.matchAll(/update_(\w+): (\d+)/g)];
  return Object.fromEntries(lines.map(([, name = "", count]) => [name, Number(count)]));
}

const errorPage = "/config_dump?resource=dynamic_listeners&mask=name,error_state.details";

interface ErrorPage {
  readonly configs?: readonly { readonly name: string; readonly error_state?: { readonly details?: string } }[];
}

/**
 * The errors of these listeners; protobuf JSON leaves an empty one out, as that of `%METADATA(<NUL>)%`, which ends at
 * the NUL. An update that is refused as a whole leaves the errors of the one before, of other listeners.
 */
function readErrors(page: string | undefined, listeners: readonly Listener[]): ReadonlyMap<string, string> {
  const { configs = [] } = JSON.parse(page ?? "{}") as ErrorPage;
  const asked = new Set(listeners.map(({ name }) => name));
  return new Map(
    configs.flatMap(({ name, error_state: error }) => (error && asked.has(name) ? [[name, error.details ?? ""]] : [])),
  );
}

/** Why the update was refused as a whole, without the file's name before and its content after. */
function refusal(log: string): string {
  const text = /^Filesystem config update (?:failure: in \S+, |rejected: )([^]*?)(?:: \{"versionInfo"[^]*)?\n?$/m;
  return text.exec(log)?.[1] ?? log;
}
