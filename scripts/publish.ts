/**
 * `pnpm release [--dry-run]`: publishes what the registry does not have yet, after `pnpm build`. The packages are packed by
 * pnpm, which writes the versions of the workspace into them, and published by npm, which exchanges the token of the
 * workflow for one of the registry (trusted publishing) and attests where they were built.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { packAll, type Packed } from "./pack.ts";
import { runCommand } from "./run-command.ts";

const options = process.argv.slice(2).includes("--dry-run") ? ["--dry-run"] : ["--provenance"];

/** Whether the registry has this version. */
function isPublished({ manifest: { name, version } }: Packed): boolean {
  try {
    return runCommand("npm", ["view", `${name}@${version}`, "version"], tmpdir()).trim() === version;
  } catch (problem) {
    if (problem instanceof Error && problem.message.includes("E404")) return false;
    throw problem;
  }
}

const scratch = mkdtempSync(join(tmpdir(), "meshlog-release-"));
try {
  for (const packed of packAll(scratch)) {
    const name = `${packed.manifest.name}@${packed.manifest.version}`;
    if (isPublished(packed)) {
      console.log(`${name} is there already.`);
      continue;
    }
    console.log(runCommand("npm", ["publish", packed.tarball, "--access", "public", ...options], scratch).trim());
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
