import { buffer } from "node:stream/consumers";
import { compile } from "../../compile.ts";
import { inDocumentOrder } from "../../document-order.ts";
import type { ControlPlane } from "../../kuma/control-plane.ts";
import { type Bundle, load } from "../../source/load.ts";
import { type ConfigDump, readConfigDump } from "../../verify/config-dump.ts";
import {
  allocatedOutbounds,
  controlPlaneFacts,
  kumaDpVersion,
  type ProxyName,
  proxyOf,
  withReportedMetadata,
} from "../../verify/facts.ts";
import { verify } from "../../verify/verify.ts";
import { colorWanted } from "../color.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { readOwnDocument } from "../read-own-document.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { reportErrors } from "../report-findings.ts";
import { printable } from "../reporters/printable.ts";
import { verificationJson } from "../reporters/verify/json.ts";
import { prettyVerification } from "../reporters/verify/pretty.ts";
import { isDifferent } from "../reporters/verify/report.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { compileTarget } from "../targets.ts";

/** The options of `meshlog verify`. */
export interface VerifyCommandOptions extends SourceOptions, ConfigurationOptions {
  readonly configDump: string;
  readonly facts?: boolean;
  readonly kuma?: string;
  readonly mesh?: string;
  readonly dataplane?: string;
  readonly format: "pretty" | "json";
  readonly color?: boolean;
}

/** `meshlog verify`: exit code 1 if the live proxy logs otherwise than the bundle says. */
export async function runVerify(
  paths: readonly string[],
  options: VerifyCommandOptions,
  streams: Streams,
): Promise<number> {
  if (paths.length === 0 && options.facts !== true) {
    throw new UsageError("Name the bundle to compare with: files, folders, or - for the standard input.");
  }
  if (options.configDump === "-" && paths.includes("-")) {
    throw new UsageError("The standard input is either the config dump or the bundle, not both.");
  }
  const dump = await readDump(options.configDump, streams);
  if (options.facts === true) return writeFacts(dump, named(dump, options), streams);

  const { configuration, controlPlane: given, isIgnored } = readSettings(options);
  const kuma = compileTarget(options, configuration);
  const loaded = load(await readSources(paths, { ...options, isIgnored }, streams));
  const bundle = loaded.value;
  const proxy = proxyIn(bundle, dump, options);
  const controlPlane: ControlPlane = withReportedMetadata(given, dump, proxy);
  const { value, diagnostics } = compile(bundle, kuma, {
    controlPlane,
    wants: ({ mesh, name }) => mesh === proxy.mesh && name === proxy.name,
  });
  const [compiled] = value.proxies;
  if (compiled === undefined) throw new UsageError(noProxy(proxy));

  const report = { header: value.header, proxy: compiled, ...verify(compiled, dump) };
  if (options.format === "json") streams.out(verificationJson(report));
  else {
    const color = colorWanted(options, { ...streams, isTerminal: process.stdout.isTTY });
    streams.out(prettyVerification(report, { color }));
  }
  reportErrors(bundle, kuma, inDocumentOrder(bundle.files, loaded.diagnostics, diagnostics), options, streams);
  const runs = kumaDpVersion(dump);
  if (runs !== undefined && runs !== kuma.name && options.kuma === undefined) {
    const release = printable(runs);
    streams.error(
      `Compiled for Kuma ${kuma.name}, but the kuma-dp of this proxy is ${release}: name the release of the control plane with --kuma.\n`,
    );
  }
  // What a file that could not be read would have added is not known.
  const isWhole = loaded.diagnostics.every(({ severity }) => severity !== "error");
  return isDifferent(report) || !isWhole ? exitCode.findings : exitCode.clean;
}

async function readDump(path: string, { input }: Streams): Promise<ConfigDump> {
  if (path !== "-") return readOwnDocument(path, readConfigDump);
  const { value, diagnostics } = readConfigDump({ path: "-", content: await buffer(input) });
  if (value === undefined) throw new UsageError(diagnostics.map(({ message }) => message).join("\n"));
  return value;
}

/** The proxy as options or the dump name it. */
function named(dump: ConfigDump, { mesh, dataplane }: VerifyCommandOptions): ProxyName {
  const said = proxyOf(dump);
  if (dataplane !== undefined) return { mesh: mesh ?? said?.mesh ?? "default", name: dataplane };
  if (said === undefined) {
    throw new UsageError("The dump does not say which proxy it is of; name it with --dataplane and --mesh.");
  }
  return said;
}

/** The proxy in the bundle: as named, else the only one that there is. */
function proxyIn(bundle: Bundle, dump: ConfigDump, options: VerifyCommandOptions): ProxyName {
  const dataplanes = bundle.resources.filter(({ kind }) => kind === "Dataplane");
  const said = proxyOf(dump);
  const name = options.dataplane ?? said?.name;
  const mesh = options.mesh ?? (options.dataplane === undefined ? said?.mesh : undefined);
  const found = dataplanes.filter(
    (one) => (name === undefined || one.name === name) && (mesh === undefined || one.mesh === mesh),
  );
  const [only, another] = [...new Map(found.map((one) => [`${one.mesh}/${one.name}`, one])).values()];
  if (only === undefined) throw new UsageError(noProxy({ ...(mesh === undefined ? {} : { mesh }), name: name ?? "" }));
  if (another !== undefined) {
    throw new UsageError(
      name === undefined
        ? "The dump does not say which proxy it is of; name it with --dataplane and --mesh."
        : `There is a Dataplane "${name}" in the meshes ${only.mesh} and ${another.mesh}; name one with --mesh.`,
    );
  }
  return { mesh: only.mesh, name: only.name };
}

function noProxy({ mesh, name }: { readonly mesh?: string; readonly name: string }): string {
  const which = name === "" ? "no Dataplane" : `no Dataplane "${name}"`;
  return `There is ${which}${mesh === undefined ? "" : ` of the mesh "${mesh}"`} in these files.`;
}

function writeFacts(dump: ConfigDump, proxy: ProxyName, streams: Streams): number {
  streams.out(`${JSON.stringify({ meshlog: 1, ...controlPlaneFacts(dump, proxy) }, null, 2)}\n`);
  const unidentified = allocatedOutbounds(dump)?.unidentified ?? [];
  if (unidentified.length > 0) {
    streams.error(
      `These outbounds do not say what they lead to, so they are not listed: ${printable(unidentified.join(", "))}. Add them, or remove the key outbounds: a proxy has those that are listed there, and no others.\n`,
    );
  }
  return exitCode.clean;
}
