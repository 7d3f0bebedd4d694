import { type KumaRelease, kumaReleases } from "@meshlog/parser";

/** The newest release of every line, oldest line first. */
export const lines: readonly KumaRelease[] = [
  ...new Map(kumaReleases.map((release) => [release.line, release])).values(),
];

/** The newest release of a line, which is named with or without a patch, as Kuma's tags are. */
export function lineOf(name: string): KumaRelease {
  const line = name === "HEAD" ? "main" : name.replace(/^v?(\d+\.\d+).*$/, "$1");
  const found = lines.find((release) => release.line === line);
  if (found === undefined) throw new Error(`there is no Kuma ${name}`);
  return found;
}
