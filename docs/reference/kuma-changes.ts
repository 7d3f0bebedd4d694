import { kumaChanges, type KumaChange } from "@meshlog/compiler";
import { code, page, prose } from "./markdown.ts";
import { kumaLines } from "./releases.ts";

/** What changed for access logs in each line of Kuma, newest first; within a line by patch. */
export function changesByLine(): string {
  return page(
    "# Changes by Kuma",
    "What changed for access logs, by the patch that brought it; the sources are files of [kumahq/kuma](https://github.com/kumahq/kuma). `meshlog diff --kuma 2.13 --to 2.14 mesh/` shows what an upgrade changes for a mesh.",
    ...kumaLines.toReversed().flatMap(({ line }) => {
      const rows = changesOf(line);
      return rows.length === 0 ? [] : [`## ${line === "main" ? "Next (main)" : `Kuma ${line}`}`, rows.join("\n")];
    }),
  );
}

function changesOf(line: string): readonly string[] {
  return kumaChanges
    .flatMap((change) => [
      ...patches(change.landed, line).map((patch) => ({ patch, text: sentence(change) })),
      ...patches(change.takenBack ?? [], line).map((patch) => ({ patch, text: `Taken back: ${sentence(change)}` })),
    ])
    .sort((a, b) => patchNumber(a.patch) - patchNumber(b.patch))
    .map(({ patch, text }) => `- **${patch}** ${text}`);
}

function sentence({ what, source }: KumaChange): string {
  return `${prose(what)} <small>${code(source)}</small>`;
}

function patches(named: readonly string[], line: string): readonly string[] {
  return named.filter((patch) => patch === line || patch.startsWith(`${line}.`));
}

function patchNumber(patch: string): number {
  return Number(patch.split(".")[2] ?? 0);
}
