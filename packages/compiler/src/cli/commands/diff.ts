import { compile, type Compiled } from "../../compile.ts";
import type { KumaRelease } from "@meshlog/parser";
import { diff, type Diff } from "../../diff/diff.ts";
import type { ProxyChange } from "../../diff/changes.ts";
import { groupChanges } from "../../diff/group.ts";
import type { Diagnostic } from "../../diagnostics.ts";
import { inDocumentOrder } from "../../document-order.ts";
import type { ControlPlane } from "../../kuma/control-plane.ts";
import { type Bundle, load } from "../../source/load.ts";
import { colorWanted } from "../color.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { ownTexts } from "../own-texts.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { reportErrors } from "../report-findings.ts";
import { type DiffFormat, diffReporters } from "../reporters/diff/index.ts";
import { diffJson } from "../reporters/diff/json.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { compileTarget } from "../targets.ts";

/** The options of `meshlog diff`. */
export interface DiffCommandOptions extends SourceOptions, ConfigurationOptions {
  readonly kuma?: string;
  /** The release that the newer side is for, if it is another one. */
  readonly to?: string;
  readonly mesh?: string;
  readonly dataplane?: string;
  readonly format: DiffFormat;
  readonly color?: boolean;
}

/** `meshlog diff`: exit code 1 if any proxy logs otherwise, or a policy means something else. */
export async function runDiff(
  paths: readonly string[],
  options: DiffCommandOptions,
  streams: Streams,
): Promise<number> {
  const [oldPath, newPath = oldPath, another] = paths;
  if (oldPath === undefined || newPath === undefined || another !== undefined) {
    throw new UsageError("diff takes two bundles, OLD and NEW: a file, a folder, a glob, or - each.");
  }
  if (paths.length === 1 && options.to === undefined) {
    throw new UsageError("diff takes two bundles, or one and the releases to compare: --kuma 2.13 --to 2.14.");
  }
  if (oldPath === "-" && newPath === "-" && paths.length > 1) {
    throw new UsageError("The standard input is either OLD or NEW, not both.");
  }
  const { configuration, controlPlane, isIgnored } = readSettings(options);
  const kuma = compileTarget(options, configuration);
  const kumaAfter = options.to === undefined ? kuma : compileTarget({ kuma: options.to });
  const sources = { ...options, isIgnored };
  const older = await loadSide(oldPath, sources, streams);
  const newer = paths.length === 1 ? older : await loadSide(newPath, sources, streams);
  checkNames(options, [older.value, newer.value]);

  const [before, after] = [
    compileSide(older.value, kuma, controlPlane, options),
    compileSide(newer.value, kumaAfter, controlPlane, options),
  ];
  const found = diff(before.value, after.value);
  const isChanged = write(wantedPolicies(found, options), [older.value, newer.value], options, streams);

  const sides = [
    { bundle: older.value, kuma, diagnostics: [older.diagnostics, before.diagnostics] },
    { bundle: newer.value, kuma: kumaAfter, diagnostics: [newer.diagnostics, after.diagnostics] },
  ];
  for (const { bundle, kuma: release, diagnostics } of sides) {
    reportErrors(bundle, release, inDocumentOrder(bundle.files, ...diagnostics), options, streams);
  }
  // A bundle that could not be read whole is not known to be the same.
  const isWhole = sides.every(({ diagnostics }) => diagnostics.every((stage) => !stage.some(isUnread)));
  return isChanged || !isWhole ? exitCode.findings : exitCode.clean;
}

/** @throws UsageError if there is nothing there but what `compile` wrote. */
async function loadSide(path: string, sources: SourceOptions, streams: Streams): Promise<ReturnType<typeof load>> {
  const side = load(await readSources([path], sources, streams));
  if (side.value.resources.length === 0 && side.value.files.some(({ text }) => compiledHead.test(text))) {
    throw new UsageError(
      `${path} holds what compile wrote; diff compares the resources that it is made of, and compiles them itself.`,
    );
  }
  return side;
}

/** How every document of `compile` begins. */
const compiledHead = /^\s*\{\s*"meshlog":\s*1,\s*"kuma":/;

function isUnread({ code, severity }: Diagnostic): boolean {
  return severity === "error" && code.startsWith("io/");
}

function compileSide(
  bundle: Bundle,
  kuma: KumaRelease,
  controlPlane: ControlPlane,
  { mesh, dataplane }: DiffCommandOptions,
): { readonly value: Compiled; readonly diagnostics: readonly Diagnostic[] } {
  const wants = (proxy: { readonly mesh: string; readonly name: string }): boolean =>
    (mesh === undefined || proxy.mesh === mesh) && (dataplane === undefined || proxy.name === dataplane);
  return compile(bundle, kuma, { controlPlane, explains: true, wants });
}

/** @throws UsageError if neither side has what an option names. */
function checkNames({ mesh, dataplane }: DiffCommandOptions, bundles: readonly Bundle[]): void {
  const dataplanes = bundles.flatMap(({ resources }) => resources.filter(({ kind }) => kind === "Dataplane"));
  const ofMesh = dataplanes.filter((one) => mesh === undefined || one.mesh === mesh);
  if (mesh !== undefined && dataplanes.length > 0 && ofMesh.length === 0) {
    throw new UsageError(`There is no Dataplane of the mesh "${mesh}" in these files.`);
  }
  if (dataplane !== undefined && !ofMesh.some(({ name }) => name === dataplane)) {
    throw new UsageError(`There is no Dataplane "${dataplane}" in these files.`);
  }
}

/** Who asks for one mesh or one proxy does not ask for the policies of others. */
function wantedPolicies(found: Diff, { mesh, dataplane }: DiffCommandOptions): Diff {
  if (dataplane !== undefined) return { ...found, policies: [] };
  return mesh === undefined ? found : { ...found, policies: found.policies.filter((one) => one.mesh === mesh) };
}

/** Writes the diff to the standard output. Returns whether there is any. */
function write(found: Diff, bundles: readonly Bundle[], options: DiffCommandOptions, streams: Streams): boolean {
  let changed = 0;
  const proxies = (function* (): Generator<ProxyChange> {
    for (const proxy of found.proxies) {
      changed++;
      yield proxy;
    }
  })();
  if (options.format === "json") {
    for (const chunk of diffJson({ ...found, proxies })) streams.out(chunk);
  } else {
    const groups = groupChanges(proxies, ownTexts(bundles));
    const report = { ...found, groups, changed };
    // The report is the data here: it goes to the standard output, which may be a file while the other is a terminal.
    const color = colorWanted(options, { ...streams, isTerminal: process.stdout.isTTY });
    streams.out(diffReporters[options.format](report, { color }));
  }
  return changed > 0 || found.policies.length > 0;
}
