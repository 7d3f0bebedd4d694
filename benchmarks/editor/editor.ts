/**
 * What an editor waits for: meshlog-lsp beside yaml-language-server, which has the schema of `meshlog schema`, in one
 * run. Each types the same into the same files; needs the built programs (`pnpm build`).
 * `node --expose-gc benchmarks/editor/editor.ts [KEYSTROKES [LINES…]]`
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { median } from "../measure.ts";
import { countLines, policyFile, type Shape } from "./documents.ts";
import type { Program } from "./server.ts";
import { type Place, runSession, type Timings } from "./session.ts";

const [keystrokes = 200, ...asked] = process.argv.slice(2).map(Number);
const sizes = asked.length > 0 ? asked : [50, 2_000, 40_000];
/** The peer needs seconds for one in a large file. */
const keystrokesOfPeer = (lines: number): number => (lines > 10_000 ? Math.min(keystrokes, 24) : keystrokes);

const shapes: readonly Shape[] = ["documents", "a List"];
const places: readonly Place[] = [
  { name: "in a format", before: "%DURATION%", word: "%KUMA_MESH% " },
  { name: "in a field", before: "type: File", word: "default" },
];

const packages = join(import.meta.dirname, "../../packages");
const folder = mkdtempSync(join(tmpdir(), "meshlog-benchmark-"));
const schema = join(folder, "schema.json");
writeFileSync(schema, execFileSync(process.execPath, [join(packages, "compiler/bin/meshlog.js"), "schema"]));

const meshlog: Program = {
  name: "meshlog-lsp",
  main: join(packages, "lsp/bin/meshlog-lsp.js"),
  settings: {},
};
const peer = (validate: boolean): Program => ({
  name: "yaml-language-server",
  main: join(
    dirname(createRequire(import.meta.url).resolve("yaml-language-server/package.json")),
    "bin/yaml-language-server",
  ),
  settings: {
    yaml: { schemas: { [pathToFileURL(schema).href]: "*.yaml" }, schemaStore: { enable: false }, validate },
  },
});

/** The value below which so much of the samples lies. */
function percentile(samples: readonly number[], share: number): number {
  return samples.toSorted((a, b) => a - b)[Math.min(samples.length - 1, Math.floor(samples.length * share))] ?? NaN;
}

const starts: { readonly own: number; readonly peer: number }[] = [];

function compare(what: string, own: readonly number[], other: readonly number[], limit: number): void {
  const of = (samples: readonly number[]): string =>
    `${percentile(samples, 0.5).toFixed(2)} / ${percentile(samples, 0.99).toFixed(2)} ms`;
  const ratio = (share: number): string => `${(percentile(other, share) / percentile(own, share)).toFixed(1)} ×`;
  console.log(`    ${what}: ${of(own)}, ${of(other)}: ${ratio(0.5)}, ${ratio(0.99)} faster (at least ${limit} ×)`);
}

function sayMemory({ memory }: Timings, name: string): void {
  if (memory === undefined) return;
  const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;
  console.log(`    memory of ${name}: ${megabytes(memory.now)} at the end, ${megabytes(memory.peak)} at most`);
}

try {
  for (const lines of sizes) {
    for (const shape of shapes) {
      const text = policyFile(shape, lines);
      console.log(`${countLines(text)} lines as ${shape}: median / p99 of meshlog-lsp, of yaml-language-server`);
      for (const place of places) {
        const limit = lines < 2_000 ? 1 : 10;
        for (const judges of [false, true]) {
          const own = await runSession({ program: meshlog, text, place, judges, keystrokes });
          const other = await runSession({
            program: peer(judges),
            text,
            place,
            judges,
            keystrokes: keystrokesOfPeer(lines),
          });
          starts.push({ own: own.start, peer: other.start });
          const during = judges ? "between diagnostics" : "without diagnostics";
          compare(`keystroke and completion ${place.name}, ${during}`, own.completion, other.completion, limit);
          if (!judges) continue;
          compare(`keystroke to diagnostics ${place.name}`, own.diagnostics, other.diagnostics, 1);
          sayMemory(own, meshlog.name);
          sayMemory(other, "yaml-language-server");
        }
      }
    }
  }
  const [own, other] = [median(starts.map(({ own }) => own)), median(starts.map(({ peer }) => peer))];
  console.log(
    `start to the answer of initialize: ${own.toFixed(0)} ms, ${other.toFixed(0)} ms: ${(other / own).toFixed(1)} ×`,
  );
} finally {
  rmSync(folder, { recursive: true });
}
