/**
 * `pnpm editors`: installs the editors and the browser that the live suites in `conformance/clients` drive, from
 * Debian's packages. Where that cannot be, it says so, and the suites of what is missing are skipped.
 */
import { spawnSync } from "node:child_process";

/** Each client's program, and the packages that bring it. */
const clients = {
  nvim: ["neovim"],
  emacs: ["emacs-nox", "elpa-eglot", "elpa-yaml-mode"],
  chromium: ["chromium"],
};

function runs(program: string): boolean {
  return spawnSync(program, ["--version"]).status === 0;
}

/** @returns whether it went well. */
function apt(...args: readonly string[]): boolean {
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  return spawnSync("apt-get", ["-qq", ...args], { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
}

const missing = Object.entries(clients).filter(([program]) => !runs(program));
const isPossible = process.getuid?.() === 0 && runs("apt-get");
if (missing.length > 0 && isPossible) apt("update");
for (const [program, packages] of missing) {
  const isInstalled = isPossible && apt("install", "--yes", "--no-install-recommends", ...packages);
  console.log(
    isInstalled ? `${program}: installed` : `${program}: not here; get it as ${packages.join(", ")} of Debian`,
  );
}
if (missing.length === 0) console.log(`${Object.keys(clients).join(", ")}: already here`);
