/**
 * `pnpm packaging`: packs the packages as for the registry, judges the tarballs (publint, Are the Types Wrong), installs
 * them with npm into an empty project, and uses them there: every entry is imported as a module, from CommonJS, by
 * TypeScript and into a browser's bundle, every program is run. None may weigh more than its budget, and all declare what
 * `api.d.ts` of the package says.
 *
 * To be run after `pnpm build`, by pnpm.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { declarationsOf, entries } from "./declarations.ts";
import { lspHandshake } from "./lsp-handshake.ts";
import { packAll, type Packed } from "./pack.ts";
import { runCommand } from "./run-command.ts";
import { browserSize, compileAgainst, importEntries } from "./use-packages.ts";

const repository = join(import.meta.dirname, "..");

/** The most that each may weigh, in kB: the tarball, and what a page loads that imports it, gzipped. */
const budgets: Readonly<
  Record<string, { readonly packed: number; readonly browser: Readonly<Record<string, number>> }>
> = {
  "@meshlog/parser": { packed: 400, browser: { "@meshlog/parser": 80 } },
  "@meshlog/compiler": { packed: 1500, browser: { "@meshlog/compiler": 270 } },
  "@meshlog/lsp": { packed: 700, browser: { "@meshlog/lsp/browser": 320 } },
};

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
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ private: true, type: "module", dependencies: { ...dependencies, "@types/node": "24" } }),
  );
  runCommand("npm", ["install", "--no-audit", "--no-fund", "--loglevel=error"], project);
}

function withinBudget(what: string, bytes: number, budget: number | undefined): void {
  const size = Math.ceil(bytes / 1000);
  console.log(`        ${what}: ${size} kB`);
  if (budget === undefined) throw new Error(`scripts/check-packages.ts has no budget for ${what}`);
  if (size > budget) throw new Error(`${what} is ${size} kB; its budget is ${budget} kB`);
}

async function checkPackages(scratch: string): Promise<void> {
  const packages = packAll(join(scratch, "tarballs"));

  for (const packed of packages) {
    const { name, version } = packed.manifest;
    console.log(`${name} ${version}`);
    await check("size", () => {
      withinBudget("packed", statSync(packed.tarball).size, budgets[name]?.packed);
    });
    await check("publint", () => lintPackage(packed));
    await check("Are the Types Wrong", () => {
      checkTypes(packed);
    });
  }

  console.log("What they declare");
  for (const [report, entry] of Object.entries(entries)) {
    await check(`${report}, as \`pnpm api\` writes it`, async () => {
      const declared = await declarationsOf(entry);
      if (declared !== readFileSync(join(repository, report), "utf8"))
        throw new Error("is not what the package declares");
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
    for (const [entry, budget] of Object.entries(budgets[name]?.browser ?? {}))
      await check(`${entry} in a browser`, async () => {
        withinBudget("gzipped", await browserSize(entry, project), budget);
      });
  }
  await check("types: node16, bundler", () => {
    compileAgainst(packages, project, join(repository, "node_modules/.bin/tsc"));
  });
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
