import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { documentedSetup } from "./documented-setup.ts";
import { findClient } from "./installed-client.ts";
import { lineWith, openWorkspace, policyFile } from "./workspace.ts";

const emacs = findClient("Emacs", ["emacs"]);

/** What `emacs.el` prints. */
interface Seen {
  readonly mode: string;
  readonly diagnostics: readonly { readonly text: string; readonly under: string }[];
  readonly offers: readonly string[];
  readonly completed: string;
  readonly mended: string;
  /** Of what Emacs says by the way, the lines with warnings. */
  readonly warnings: readonly string[];
}

/** Edits the policy in a batch run of Emacs that has read the documented set-up, and no other. */
function edit(program: string): Seen {
  using workspace = openWorkspace({ "init.el": documentedSetup("Emacs", "elisp").join("\n") });
  const script = join(import.meta.dirname, "emacs.el");
  // `--eval` does what Emacs itself does before it reads a person's settings.
  const setup = ["--batch", "--eval", "(package-initialize)", "-l", "init.el"];
  const { status, stdout, stderr } = spawnSync(program, [...setup, "-l", script, policyFile], {
    cwd: workspace.folder,
    env: workspace.environment,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`Emacs failed:\n${stderr}`);
  const warnings = stderr.split("\n").filter((line) => /warning/i.test(line));
  return { ...(JSON.parse(stdout) as Omit<Seen, "warnings">), warnings };
}

describe.skipIf(emacs === undefined)("Emacs with Eglot, set up as documented", () => {
  let seen: Seen;
  beforeAll(() => {
    seen = edit(emacs?.program ?? "");
  });

  it("has nothing to warn of", () => {
    expect(seen.warnings).toEqual([]);
  });

  it("shows by Flymake what is wrong, under what is wrong", () => {
    expect(seen.mode).toMatch(/^yaml-(ts-)?mode$/);
    expect(seen.diagnostics).toMatchObject([
      { text: expect.stringContaining('There is no operator "PROTCOL".') as string, under: "%PROTCOL%" },
    ]);
  });

  it("offers Kuma's operators for %KU", () => {
    expect(seen.offers).toHaveLength(8);
    expect(seen.offers).toContain("KUMA_MESH");
  });

  it("completes the operator at point", () => {
    expect(seen.completed).toBe(lineWith("%PROTCOL% %KUMA_MESH%"));
  });

  it("mends a misspelt operator by a code action, and then has nothing to say", () => {
    expect(seen.mended).toBe(lineWith("%PROTOCOL% %KUMA_MESH%"));
  });
});
