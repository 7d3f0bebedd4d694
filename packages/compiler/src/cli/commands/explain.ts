import { kumaTarget } from "@meshlog/parser";
import { inDocumentOrder } from "../../document-order.ts";
import { explainProxy } from "../../explain/explain-proxy.ts";
import { proxyText } from "../../explain/proxy-text.ts";
import { load } from "../../source/load.ts";
import { exitCode, UsageError } from "../exit-code.ts";
import { readSources, type SourceOptions } from "../read-sources.ts";
import { reportFindings } from "../report-findings.ts";
import { printable } from "../reporters/printable.ts";
import { type ConfigurationOptions, readSettings } from "../settings.ts";
import type { Streams } from "../streams.ts";
import { compileTarget, type TargetOptions } from "../targets.ts";
import { explainCode } from "./explain-code.ts";

/** The options of `meshlog explain`. */
export interface ExplainOptions extends TargetOptions, SourceOptions, ConfigurationOptions {
  readonly proxy?: string;
  /** The mesh of the proxy, if its name is given without. */
  readonly mesh?: string;
  /** Warnings fail the run. */
  readonly strict?: boolean;
  readonly format: "text" | "json";
  readonly quiet?: boolean;
  readonly color?: boolean;
}

/**
 * `meshlog explain CODE` tells what a diagnostic means, `meshlog explain --proxy MESH/NAME PATHS` why a proxy logs what it
 * logs.
 *
 * @param named the code, or the paths.
 */
export async function runExplain(named: readonly string[], options: ExplainOptions, streams: Streams): Promise<number> {
  if (options.proxy !== undefined) return explainProxyOf(named, options.proxy, options, streams);
  const [code, ...others] = named;
  if (code === undefined || others.length > 0) {
    throw new UsageError(
      "Name one diagnostic, such as lint/endpoint, or a proxy with --proxy MESH/NAME and its files.",
    );
  }
  return explainCode(code, options, streams);
}

async function explainProxyOf(
  paths: readonly string[],
  proxy: string,
  options: ExplainOptions,
  streams: Streams,
): Promise<number> {
  const { mesh, name } = proxyName(proxy, options);
  if (paths.length === 0) throw new UsageError("Name the files or folders of the mesh, or - for the standard input.");
  const { configuration, controlPlane, isIgnored } = readSettings(options);
  const kuma = compileTarget(options, configuration);
  const { value: bundle, diagnostics: read } = load(await readSources(paths, { ...options, isIgnored }, streams));
  const { value: explanation, diagnostics } = explainProxy(bundle, kuma, { mesh, name }, controlPlane);
  const said = inDocumentOrder(bundle.files, read, diagnostics);
  const found = said.filter(
    ({ severity }) => severity === "error" || (options.strict === true && severity === "warning"),
  );
  if (options.quiet !== true) {
    reportFindings({ bundle, target: kumaTarget([kuma]), diagnostics: found }, options, streams);
  }
  if (explanation === undefined)
    throw new UsageError(`There is no Dataplane "${name}" of the mesh "${mesh}" in these files.`);
  streams.out(
    options.format === "json"
      ? `${JSON.stringify(explanation, null, 2)}\n`
      : proxyText(explanation, (text) => printable(text)),
  );
  return found.length > 0 || explanation.error !== undefined ? exitCode.findings : exitCode.clean;
}

function proxyName(proxy: string, { mesh: named }: ExplainOptions): { readonly mesh: string; readonly name: string } {
  const [first = "", ...rest] = proxy.split("/");
  const [mesh, name] = rest.length === 0 && named !== undefined ? [named, first] : [first, rest.join("/")];
  if (mesh === "" || name === "") {
    throw new UsageError(`--proxy takes MESH/NAME, such as default/backend-1, not "${proxy}".`);
  }
  if (named !== undefined && named !== mesh) {
    throw new UsageError(`--proxy names the mesh "${mesh}", --mesh "${named}".`);
  }
  return { mesh, name };
}
