import { existsSync } from "node:fs";
import {
  defaultTarget,
  type Facts,
  kumaTarget,
  parse,
  render,
  renderJson,
  type RenderOptions,
  type TargetMember,
} from "@meshlog/parser";
import { compile } from "../../compile.ts";
import { inDocumentOrder } from "../../document-order.ts";
import { readTraffic } from "../../documents/traffic.ts";
import { type Previewed, previewPolicies, previewProxies } from "../../preview/preview.ts";
import { sampleKumaValues } from "../../preview/sample-values.ts";
import { samples } from "../../preview/samples.ts";
import { trafficFacts } from "../../preview/traffic-facts.ts";
import { load } from "../../source/load.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { lineJson } from "../line-json.ts";
import { readOwnDocument } from "../read-own-document.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { reportFindings } from "../report-findings.ts";
import { compactLines } from "../reporters/compact.ts";
import { type ConfigurationOptions, readSettings, type Settings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { compileTarget, formatTarget, type TargetOptions } from "../targets.ts";
import { runPreviewLines } from "./preview-lines.ts";

/** The options of `meshlog preview`. */
export interface PreviewCommandOptions extends TargetOptions, SourceOptions, ConfigurationOptions {
  readonly expression?: readonly string[];
  /** The name of a sample, or a file. */
  readonly traffic: string;
  readonly omitEmpty?: boolean;
  /** The formats of `-e` are JSON formats. */
  readonly jsonFormat?: boolean;
  readonly timezone: string;
  readonly lines?: boolean;
  readonly mesh?: string;
  readonly dataplane?: string;
  readonly format: "text" | "json";
}

/** `meshlog preview`: the lines that Envoy would write. Exit code 1 if one of them cannot be told. */
export async function runPreview(
  paths: readonly string[],
  options: PreviewCommandOptions,
  streams: Streams,
): Promise<number> {
  const { expression = [] } = options;
  const asked = [paths.length > 0, expression.length > 0, options.lines === true].filter(Boolean).length;
  if (asked !== 1) {
    throw new UsageError(
      "Name files or folders with policies, - for the standard input, a format with -e, or --lines.",
    );
  }
  if (!isTimezone(options.timezone)) throw new UsageError(`There is no time zone "${options.timezone}".`);
  const facts = readFacts(options.traffic);
  const settings = readSettings(options);
  if (paths.length > 0) return previewFiles(paths, facts, options, settings, streams);
  const rendering: RenderOptions = {
    release: releaseOf(options, settings.configuration),
    timezone: options.timezone,
    omitEmptyValues: options.omitEmpty === true,
    kumaValues: sampleKumaValues("outbound"),
  };
  if (options.lines === true) return runPreviewLines(facts, rendering, streams);
  return previewExpressions(expression, facts, rendering, options, streams);
}

/** The newest release that the options name: a line is one release's. */
function releaseOf(options: TargetOptions, configured: TargetOptions = {}): TargetMember {
  const release = formatTarget(options, configured).members.at(-1);
  if (release === undefined) throw new Error("a target has a member");
  return release;
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

function readFacts(name: string): Facts {
  const sample = Object.hasOwn(samples, name) ? samples[name] : undefined;
  if (sample !== undefined) return trafficFacts(sample);
  if (existsSync(name)) return readOwnDocument(name, readTraffic);
  throw new UsageError(`"${name}" is neither a file nor one of the samples ${Object.keys(samples).join(", ")}.`);
}

function previewExpressions(
  formats: readonly string[],
  facts: Facts,
  rendering: RenderOptions,
  { jsonFormat, format }: PreviewCommandOptions,
  streams: Streams,
): number {
  const results = formats.map((text) =>
    jsonFormat === true ? renderJson(readJson(text), facts, rendering) : render(parse(text), facts, rendering),
  );
  if (format === "json") {
    streams.out(
      document(
        rendering.release,
        results.map(({ value, diagnostics }) => lineJson(value, diagnostics)),
      ),
    );
  } else {
    const target = rendering.release === undefined ? defaultTarget : { members: [rendering.release] };
    for (const [i, { value, diagnostics }] of results.entries()) {
      if (value !== undefined) streams.out(closed(value.text ?? escaped(value.bytes)));
      const file = { path: formats.length === 1 ? "-e" : `-e#${i + 1}`, text: formats[i] ?? "" };
      const found = diagnostics.map((diagnostic) => ({ ...diagnostic, file: file.path }));
      for (const text of compactLines({ target, diagnostics: found, files: [file] })) streams.error(text);
    }
  }
  return results.every(({ value }) => value !== undefined) ? exitCode.clean : exitCode.findings;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`A format with --json-format is JSON: ${error instanceof Error ? error.message : ""}`);
  }
}

async function previewFiles(
  paths: readonly string[],
  facts: Facts,
  options: PreviewCommandOptions,
  { configuration, controlPlane, isIgnored }: Settings,
  streams: Streams,
): Promise<number> {
  const kuma = compileTarget(options, configuration);
  const { envoy } = releaseOf(options.envoy === undefined ? { kuma: kuma.name } : { envoy: options.envoy });
  const loaded = load(await readSources(paths, { ...options, isIgnored }, streams));
  const bundle = loaded.value;
  const { dataplane, mesh } = options;
  const isWanted = (proxy: { readonly mesh: string; readonly name: string }): boolean =>
    proxy.name === dataplane && (mesh === undefined || proxy.mesh === mesh);
  const { value: compiled, diagnostics } = compile(bundle, kuma, { controlPlane, explains: true, wants: isWanted });
  const preview = { facts, kuma, envoy, timezone: options.timezone };
  const named = bundle.resources.filter((resource) => resource.kind === "Dataplane" && isWanted(resource));
  if (dataplane !== undefined && new Set(named.map((one) => one.mesh)).size !== 1)
    throw new UsageError(notOne(dataplane, named));
  const lines = dataplane === undefined ? previewPolicies(compiled, preview) : previewProxies(compiled, preview);

  const found = inDocumentOrder(bundle.files, loaded.diagnostics, diagnostics).filter(
    ({ severity }) => severity === "error",
  );
  reportFindings({ bundle, target: kumaTarget([kuma]), diagnostics: found }, {}, streams, "compact");
  if (options.format === "json") {
    streams.out(document({ name: kuma.name, kuma, envoy }, lines.map(previewedJson)));
  } else for (const line of lines) streams.out(shown(line));
  const isWhole = found.length === 0 && lines.every(({ diagnostics: said }) => said.length === 0);
  return isWhole ? exitCode.clean : exitCode.findings;
}

function notOne(dataplane: string, named: readonly { readonly mesh: string }[]): string {
  if (named.length === 0) return `There is no Dataplane "${dataplane}" in these files.`;
  const meshes = [...new Set(named.map(({ mesh }) => mesh))].join(" and ");
  return `There is a Dataplane "${dataplane}" in the meshes ${meshes}; name one with --mesh.`;
}

function shown(line: Previewed): string {
  const { mesh, proxy, listener, items, context, value, diagnostics } = line;
  const from = items.map(({ policy, path }) => `${policy} ${path}`).join(", ");
  const who = proxy === undefined ? from : `${proxy} ${listener ?? ""}, from ${from}`;
  const to = value === undefined || value.to === "" ? "" : ` → ${value.to}`;
  const text = value === undefined ? undefined : closed(value.text ?? escaped(value.bytes));
  const said = diagnostics.map(({ code, message }) => `! ${code}: ${message}\n`).join("");
  return `# ${mesh}/${who} (${context})${to}\n${text ?? said}`;
}

/** A terminal wants its line ended. */
function closed(line: string): string {
  return line.endsWith("\n") ? line : `${line}\n`;
}

/** Bytes that are no text, as people read them. */
function escaped(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) =>
    byte < 0x80 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, "0")}`,
  ).join("");
}

function document(release: TargetMember | undefined, lines: readonly object[]): string {
  const { kuma, envoy } = release ?? {};
  const head = { meshlog: 1, ...(kuma && { kuma: kuma.name }), ...(envoy && { envoy: envoy.name }) };
  return `${JSON.stringify({ ...head, lines }, null, 2)}\n`;
}

function previewedJson({ value, diagnostics, ...about }: Previewed): object {
  return { ...about, ...(value && { to: value.to }), ...lineJson(value, diagnostics) };
}
