import { type KumaRelease, kumaTarget } from "@meshlog/parser";
import { inDocumentOrder } from "../../document-order.ts";
import { compileStore } from "../../compile.ts";
import type { Layout } from "../../emit/layout.ts";
import { bundleLines, bundleText, type Documents, type WrittenProxy } from "../../emit/text.ts";
import { type ControlPlane, unmatchedNames } from "../../kuma/control-plane.ts";
import { readStore } from "../../read-store.ts";
import type { Resource } from "../../source/resources.ts";
import type { SourceFile } from "../../source/source-file.ts";
import { withLevels } from "../../suppressions/lint-levels.ts";
import { suppress } from "../../suppressions/suppress.ts";
import { growYoungSpace, isMuch, keepOldSpaceSmall, keepYoungSpace, optimizeLate } from "../engine.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import type { SharedCompilation } from "../jobs/compile-jobs.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { reportFindings } from "../report-findings.ts";
import { printable } from "../reporters/printable.ts";
import { summarize } from "../reporters/report.ts";
import { type ConfigurationOptions, readSettings, type Settings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { compileTarget, type TargetOptions } from "../targets.ts";
import { isWanted, type ProxyOptions, refuseUnknownProxies } from "../wanted-proxies.ts";
import { writeFolder } from "../write-folder.ts";
import { writeTexts } from "../write-texts.ts";

/** The options of `meshlog compile`. */
export interface CompileCommandOptions extends TargetOptions, SourceOptions, ConfigurationOptions, ProxyOptions {
  readonly out?: string;
  readonly compact?: boolean;
  readonly jsonl?: boolean;
  /** The same as no warning being allowed. */
  readonly strict?: boolean;
  /** How many warnings there may be; by default any number. */
  readonly maxWarnings?: number;
  readonly explain?: boolean;
  /** How many threads compile proxies; by default one. */
  readonly jobs?: number;
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/**
 * `meshlog compile`: the bundle goes to the standard output or into a folder, what there is to say about it to the
 * standard error. Exit code 1 if something was left out or Envoy would refuse it.
 */
export async function runCompile(
  paths: readonly string[],
  options: CompileCommandOptions,
  streams: Streams,
): Promise<number> {
  const settings = readSettings(options);
  const kuma = compileTarget(options, settings.configuration);
  if (options.jsonl === true && options.out !== undefined) {
    throw new UsageError("--jsonl is for the standard output; with --out each proxy has a file of its own.");
  }
  keepOldSpaceSmall();
  keepYoungSpace();
  optimizeLate();
  const sources = await readSources(paths, { ...options, isIgnored: settings.isIgnored }, streams);
  if (isMuch(sources)) growYoungSpace();
  const run = (shared?: SharedCompilation): Promise<number> =>
    compileSources(sources, kuma, settings, options, streams, shared);
  if (options.jobs === undefined || options.jobs === 1) return run();
  const { withCompileJobs } = await import("../jobs/compile-jobs.ts");
  const { mesh, dataplane, shard } = options;
  const wanted = { ...(mesh !== undefined && { mesh }), ...(dataplane !== undefined && { dataplane }), ...(shard !== undefined && { shard }) }; // prettier-ignore
  const { controlPlane } = settings;
  const task = {
    sources,
    kuma: kuma.name,
    controlPlane,
    explains: options.explain ?? false,
    layout: layoutOf(options),
  };
  return withCompileJobs(options.jobs, { ...task, wanted }, run);
}

function layoutOf({ compact, jsonl }: CompileCommandOptions): Layout {
  return { isCompact: compact === true || jsonl === true };
}

async function compileSources(
  sources: readonly SourceFile[],
  kuma: KumaRelease,
  { controlPlane, levelsOf }: Settings,
  options: CompileCommandOptions,
  streams: Streams,
  shared?: SharedCompilation,
): Promise<number> {
  const loaded = readStore(sources, kuma, controlPlane);
  const bundle = loaded.value;
  const dataplanes = bundle.resources.filter(({ kind }) => kind === "Dataplane");
  refuseUnknownProxies(options, dataplanes);
  const wants = isWanted(options);
  const { value, diagnostics } = compileStore(bundle, kuma, {
    controlPlane,
    explains: options.explain ?? false,
    wants: shared === undefined ? wants : (proxy) => wants(proxy) && shared.isNextOwn(),
  });

  const failed: string[] = [];
  const layout = layoutOf(options);
  const written = value.written(layout);
  const compiled = { ...value, proxies: noticing(shared?.all(written) ?? written, failed) };
  if (options.out !== undefined) {
    const count = await writeFolder(options.out, compiled, layout);
    if (options.quiet !== true)
      streams.error(`${count} ${count === 1 ? "proxy" : "proxies"} written to ${options.out}.\n`);
  } else {
    const texts = options.jsonl === true ? bundleLines(compiled) : bundleText(compiled, layout);
    await writeTexts(texts, (bytes) => streams.outBytes(bytes));
  }

  // Not all that check says is said here: whether a comment is of use is check's to judge.
  const heard = suppress(bundle.files, [...loaded.diagnostics, ...diagnostics]).value;
  const found = withLevels(inDocumentOrder(bundle.files, heard), levelsOf);
  const shown = options.quiet === true ? found.filter(({ severity }) => severity === "error") : found;
  const { errors, warnings } = summarize(found, bundle.files.length, compiled.policies.length);
  reportFindings({ bundle, target: kumaTarget([kuma]), diagnostics: shown, counted: found }, options, streams);
  if (dataplanes.length === 0 && options.quiet !== true) streams.error(howToExport);
  if (dataplanes.length > 0 && options.quiet !== true) sayUnmatched(controlPlane, dataplanes, streams);
  if (failed.length > 0) streams.error(`${failed.join("\n")}\n`);
  const { maxWarnings = options.strict === true ? 0 : Number.POSITIVE_INFINITY } = options;
  const fails = errors > 0 || failed.length > 0 || warnings > maxWarnings;
  return fails ? exitCode.findings : exitCode.clean;
}

/** Passes proxies on, and notes those that Kuma fails to generate. */
async function* noticing(proxies: Documents["proxies"], failed: string[]): AsyncGenerator<WrittenProxy> {
  for await (const proxy of proxies) {
    const { mesh, name, error } = proxy;
    if (error !== undefined) failed.push(printable(`Kuma fails to generate the proxy ${mesh}/${name}: ${error}`));
    yield proxy;
  }
}

const howToExport =
  "There is no Dataplane in these files, so there are only templates and no proxies. Export the Dataplanes of a zone " +
  "with `kubectl get dataplanes -A -o yaml` or `kumactl get dataplanes -o yaml` and name that file too.\n";

/** Says which entries of what the control plane knows are of no proxy: a name that is misspelt would change nothing. */
function sayUnmatched(controlPlane: ControlPlane, dataplanes: readonly Resource[], streams: Streams): void {
  for (const { key, name } of unmatchedNames(controlPlane, dataplanes)) {
    streams.error(
      printable(`There is no Dataplane "${name}" in these files, which the control plane's ${key} are for.`) + "\n",
    );
  }
}
