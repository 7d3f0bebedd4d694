/**
 * `pnpm packaging`: packs the packages as for the registry, judges the tarballs (publint, Are the Types Wrong), installs
 * them with npm into an empty project, and uses them there: every entry is imported, every program is run.
 *
 * To be run after `pnpm build`, by pnpm.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { packAll, type Packed } from "./pack.ts";
import { lspHandshake } from "./lsp-handshake.ts";
import { runCommand } from "./run-command.ts";

const repository = join(import.meta.dirname, "..");

/** Entries that are for a browser and cannot be loaded by Node. */
const browserEntries = new Set(["./browser"]);

/** What each program must do once it is installed. */
const programs: Readonly<Record<string, (command: string, project: string, version: string) => void | Promise<void>>> =
  {
    meshlog: (command, project, version) => {
      const said = runCommand(command, ["--version"], project).trim();
      if (said !== version) throw new Error(`meshlog --version says "${said}", the package is ${version}`);
    },
    "meshlog-lsp": (command, project) => lspHandshake(command, project),
  };

let failures = 0;

/** Runs a check and reports it in a line; what a failing one has to say follows, indented. */
async function check(name: string, run: () => void | Promise<void>): Promise<void> {
  try {
    await run();
    console.log(`ok      ${name}`);
  } catch (problem) {
    failures += 1;
    const text = problem instanceof Error ? problem.message : String(problem);
    console.log(`FAILED  ${name}\n${text.replace(/^/gm, "        ")}`);
  }
}

async function lintPackage({ tarball }: Packed): Promise<void> {
  const { messages, pkg } = await publint({ strict: true, pack: { tarball: readTarball(tarball) } });
  const texts = messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code);
  if (texts.length > 0) throw new Error(texts.join("\n"));
}

function readTarball(tarball: string): ArrayBuffer {
  const { buffer, byteOffset, byteLength } = readFileSync(tarball);
  return buffer.slice(byteOffset, byteOffset + byteLength);
}

function checkTypes({ tarball }: Packed): void {
  const attw = join(repository, "node_modules/.bin/attw");
  runCommand(attw, [tarball, "--profile", "esm-only", "--no-definitely-typed", "--no-color", "--no-emoji"], repository);
}

function install(packages: readonly Packed[], project: string): void {
  const dependencies = Object.fromEntries(packages.map(({ manifest, tarball }) => [manifest.name, `file:${tarball}`]));
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true, type: "module", dependencies }));
  runCommand("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], project);
}

function importEntries({ manifest }: Packed, project: string): void {
  const entries = Object.keys(manifest.exports ?? {})
    .filter((entry) => entry !== "./package.json" && !browserEntries.has(entry))
    .map((entry) => manifest.name + entry.slice(1));
  const script = entries.map((entry) => `await import(${JSON.stringify(entry)});`).join("\n");
  runCommand(process.execPath, ["--input-type=module", "--eval", script], project);
}

async function checkPackages(scratch: string): Promise<void> {
  const packages = packAll(join(scratch, "tarballs"));

  for (const packed of packages) {
    const { name, version } = packed.manifest;
    console.log(`${name} ${version}: ${Math.ceil(statSync(packed.tarball).size / 1000)} kB packed`);
    await check("publint", () => lintPackage(packed));
    await check("Are the Types Wrong", () => {
      checkTypes(packed);
    });
  }

  const project = join(scratch, "project");
  console.log("All of them in an empty project");
  await check("npm install", () => {
    install(packages, project);
  });
  for (const packed of packages) {
    const { name, version, bin = {} } = packed.manifest;
    await check(`import ${name}`, () => {
      importEntries(packed, project);
    });
    for (const program of Object.keys(bin))
      await check(`run ${program}`, () => {
        const run = programs[program];
        if (run === undefined) throw new Error("scripts/check-packages.ts does not say what it must do");
        return run(join(project, "node_modules/.bin", program), project, version);
      });
  }
}

const scratch = mkdtempSync(join(tmpdir(), "meshlog-packaging-"));
try {
  await checkPackages(scratch);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
if (failures > 0) {
  console.error(`Packaging: ${failures} checks failed.`);
  process.exitCode = 1;
}
