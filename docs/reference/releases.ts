import { page, table } from "./markdown.ts";
import { releaseRanges } from "@meshlog/compiler";
import { envoyReleases, kumaReleases, type KumaRelease, type Version } from "@meshlog/parser";

/** The Kuma releases for which something holds, as ranges; `none` if there are none. */
export function kumaRange(holds: (release: KumaRelease) => boolean): string {
  const names = kumaReleases.filter(holds).map(({ name }) => name);
  return names.length === 0 ? "none yet" : releaseRanges(kumaReleases, new Set(names));
}

/** The Kuma releases that ship an Envoy of some minor or a later one. */
export function kumaWithEnvoy(since: Version): string {
  return kumaRange(({ envoy }) => envoy.minor >= minorOf(since));
}

/** The Kuma releases from a line on. */
export function kumaSince(line: string): string {
  const first = kumaReleases.findIndex((release) => release.line === line);
  return kumaRange((release) => kumaReleases.indexOf(release) >= first);
}

/** The 33 of `1.33`. */
export function minorOf(version: Version): number {
  return Number(version.slice(version.indexOf(".") + 1));
}

/** `1.22` stands for all that there was before. */
export function envoySince(since: Version): string {
  return minorOf(since) <= (envoyReleases[0]?.minor ?? 0) ? "all" : `${since} on`;
}

/** Each line of Kuma with its newest patch, oldest first. */
export const kumaLines: readonly KumaRelease[] = [
  ...new Map(kumaReleases.map((release) => [release.line, release])).values(),
];

/** Every release of Kuma with the Envoy that it ships, newest line first. */
export function releaseTable(): string {
  const rows = kumaLines.toReversed().map(({ line }) => {
    const envoys = Map.groupBy(
      kumaReleases.filter((release) => release.line === line),
      ({ envoy }) => envoy.name,
    );
    return [
      line,
      Array.from(envoys, ([envoy, patches]) => {
        const [first, last] = [patches[0]?.name ?? "", patches.at(-1)?.name ?? ""];
        return `${envoy} (${first === last ? first : `${first} to ${last}`})`;
      }).join(", "),
    ];
  });
  return page(
    "# Releases",
    "The releases of Kuma that meshlog knows, and the Envoy that each ships. Patches of Kuma cross minors of Envoy, and with them the operators that there are.",
    table(["Kuma", "Envoy"], rows),
  );
}
