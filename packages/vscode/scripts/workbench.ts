/**
 * `pnpm --filter meshlog-vscode workbench [--red-hat]`: sees the packaged extension work in VS Code's own window. Installs
 * code-server from npm into `build/`, packages and installs the `.vsix`, opens a policy in Chromium, types `%KU`, accepts,
 * looks for the lens, and leaves photographs in `build/workbench/`. With `--red-hat` the YAML extension of Red Hat is there too.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Page } from "playwright-core";
import { findClient } from "../../../conformance/clients/installed-client.ts";
import { lineWith, policy, policyFile } from "../../../conformance/clients/workspace.ts";
import { installCodeServer, installExtension, startCodeServer } from "./code-server.ts";

const extension = join(import.meta.dirname, "..");
const build = join(extension, "../../build");
const codeServer = join(build, "code-server");
const photographs = join(build, "workbench");

/** What the policy selects. */
const dataplane = `type: Dataplane
mesh: default
name: web-1
networking:
  address: 10.0.0.1
  inbound:
    - port: 8080
      tags:
        kuma.io/service: web
`;

const withRedHat = process.argv.includes("--red-hat");
const browser = findClient("Chromium", ["chromium", "chromium-browser", "google-chrome"]);
if (browser === undefined) process.exit(2);

installCodeServer(codeServer);
const { status } = spawnSync("npm", ["run", "package"], { cwd: extension, stdio: ["ignore", "ignore", "inherit"] });
if (status !== 0) throw new Error("the extension could not be packaged");

const home = mkdtempSync(join(tmpdir(), "meshlog-workbench-"));
try {
  await see(home);
} finally {
  rmSync(home, { recursive: true, maxRetries: 5 });
}

/** Goes through what the extension is for; what is not seen within a minute is an error. */
async function see(home: string): Promise<void> {
  for (const wanted of [join(extension, "meshlog.vsix"), ...(withRedHat ? ["redhat.vscode-yaml"] : [])]) {
    const problem = installExtension(codeServer, home, wanted);
    if (problem !== undefined) throw new Error(`code-server cannot install ${wanted}:\n${problem}`);
  }
  const workspace = join(home, "workspace");
  mkdirSync(workspace);
  mkdirSync(photographs, { recursive: true });
  writeFileSync(join(workspace, policyFile), policy.trimEnd());
  writeFileSync(join(workspace, "dataplane.yaml"), dataplane);

  await using server = await startCodeServer(codeServer, home, join(photographs, "code-server.log"));
  await using window = await chromium.launch({ executablePath: browser?.program ?? "", args: ["--no-sandbox"] });
  const page = await window.newPage({ viewport: { width: 1000, height: 560 } });
  page.setDefaultTimeout(60_000);
  await page.goto(`${server.url}?folder=${encodeURIComponent(workspace)}`);

  await openFile(page);
  await page.locator(".squiggly-error").waitFor();
  await photograph(page, "squiggle");
  await seeMessage(page);
  await complete(page);
  await page.locator(".codelens-decoration").getByText("selects 1 proxy").waitFor();
  await photograph(page, "lens");
}

async function openFile(page: Page): Promise<void> {
  await page.locator(".explorer-folders-view").getByText(policyFile).dblclick();
  await page.locator(".view-line").filter({ hasText: "PROTCOL" }).waitFor();
}

async function seeMessage(page: Page): Promise<void> {
  await page.locator(".view-line span").filter({ hasText: "PROTCOL" }).last().hover();
  await page.locator(".monaco-hover").getByText('There is no operator "PROTCOL".').first().waitFor();
  await photograph(page, "message");
  await page.keyboard.press("Escape");
}

async function complete(page: Page): Promise<void> {
  await page.locator(".view-line").filter({ hasText: "PROTCOL" }).click();
  await page.keyboard.press("Control+End");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.type("%KU", { delay: 50 });
  const offer = page.locator(".suggest-widget .monaco-list-row").filter({ hasText: "KUMA_MESH" });
  await offer.waitFor();
  await photograph(page, "completion");
  await offer.click();
  const line = page.locator(".view-line").filter({ hasText: "KUMA_MESH" });
  await line.waitFor();
  // VS Code shows blanks that do not break.
  const written = (await line.textContent())?.replaceAll("\u00a0", " ");
  const wanted = lineWith("%PROTCOL% %KUMA_MESH%");
  if (written !== wanted) throw new Error(`accepting wrote ${written ?? "nothing"} in place of ${wanted}`);
  await photograph(page, "accepted");
}

async function photograph(page: Page, name: string): Promise<void> {
  const path = join(photographs, `${name}.png`);
  await page.screenshot({ path });
  console.log(`seen: ${name} (${path})`);
}
