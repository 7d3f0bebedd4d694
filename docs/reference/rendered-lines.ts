import { sampleKumaValues, samples, trafficFacts } from "@meshlog/compiler";
import { type EnvoyRelease, envoyReleases, kumaReleases, parse, render } from "@meshlog/parser";

/** What an operator prints: the same line for some kinds of traffic and some releases. */
export interface RenderedLine {
  /** Of the traffic: `http`, `grpc`, `tcp`, `tls`, `failure`. */
  readonly traffic: readonly string[];
  /** The minors of Envoy that print it, as ranges: `1.30 to 1.38`. */
  readonly envoys: string;
  /** Undefined where it does not follow from the traffic. */
  readonly line: string | undefined;
}

/** The newest patch of each minor, oldest first. */
const newestPatches: readonly EnvoyRelease[] = [
  ...new Map(envoyReleases.map((release) => [release.minor, release])).values(),
];

const facts = Object.entries(samples).map(([name, traffic]) => [name, trafficFacts(traffic)] as const);
const kumaValues = sampleKumaValues("outbound");
const kuma = kumaReleases.at(-1);

/**
 * What a format prints for the sample traffic of `meshlog preview`, in every release of Envoy that takes it.
 *
 * @param formatters the extensions that the configuration adds.
 */
export function renderedLines(format: string, formatters: readonly string[] = []): readonly RenderedLine[] {
  const lines = new Map<string, { traffic: string[]; envoys: string; line: string | undefined }>();
  for (const [traffic, sample] of facts) {
    for (const { envoys, line } of byRelease((envoy) => {
      const release = { name: envoy.name, envoy, ...(kuma && { kuma }) };
      const { value, diagnostics } = render(parse(format), sample, { release, kumaValues, formatters });
      if (value !== undefined) return { line: value.text };
      return diagnostics.some(({ code }) => code.startsWith("format/")) ? undefined : { line: undefined };
    })) {
      const key = JSON.stringify([envoys, line]);
      const known = lines.get(key) ?? { traffic: [], envoys, line };
      known.traffic.push(traffic);
      lines.set(key, known);
    }
  }
  return [...lines.values()];
}

/** Runs of releases that answer the same; `undefined`: the release does not take the format. */
function byRelease(answer: (envoy: EnvoyRelease) => { line: string | undefined } | undefined) {
  const runs: { first: number; last: number; line: string | undefined }[] = [];
  for (const envoy of newestPatches) {
    const answered = answer(envoy);
    if (answered === undefined) continue;
    const { minor } = envoy;
    const run = runs.at(-1);
    if (run?.last === minor - 1 && run.line === answered.line) run.last = minor;
    else runs.push({ first: minor, last: minor, line: answered.line });
  }
  const oldest = newestPatches[0]?.minor;
  const newest = newestPatches.at(-1)?.minor;
  return runs.map(({ first, last, line }) => {
    const [from, to] = [`1.${String(first)}`, `1.${String(last)}`];
    if (first === oldest && last === newest) return { envoys: "all", line };
    if (last === newest) return { envoys: `${from} on`, line };
    return { envoys: first === last ? from : first === oldest ? `up to ${to}` : `${from} to ${to}`, line };
  });
}
