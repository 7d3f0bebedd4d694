import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { BootstrapJson } from "./bootstrap-json.ts";
import { crashOf } from "./crash.ts";
import { requireEnvoy } from "./installed-envoys.ts";

/** What Envoy says of a configuration; `error` is its bare text, without the file name that it puts before it. */
export type Validation = { readonly ok: true } | { readonly ok: false; readonly error: string };

/**
 * Asks an Envoy by `--mode validate` whether it takes a bootstrap; nothing is bound and nothing listens.
 *
 * An Envoy that dies of it answers `CRASH: Caught …`.
 */
export async function validate(bootstrap: BootstrapJson, version: string): Promise<Validation> {
  const envoy = requireEnvoy(version);
  const folder = await mkdtemp(join(tmpdir(), "meshlog-envoy-"));
  try {
    await writeFile(join(folder, "bootstrap.json"), JSON.stringify(bootstrap));
    const options = ["--mode", "validate", "-l", "critical", "--log-format", "%v", "--disable-hot-restart"];
    const child = spawn(envoy, [...options, "-c", "bootstrap.json"], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
    });
    const ended = new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    const [code, log] = await Promise.all([ended, text(child.stderr)]);
    if (code === 0) return { ok: true };
    const refusal = /^error initializing configuration 'bootstrap\.json': ([^]*?)\n?$/m.exec(log)?.[1];
    return { ok: false, error: crashOf(log) ?? refusal ?? log };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
