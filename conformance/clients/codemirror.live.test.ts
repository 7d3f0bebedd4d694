import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { type BrowserWithEditor, startCodeMirror } from "./codemirror.ts";
import { findClient } from "./installed-client.ts";
import { lineWith, policy } from "./workspace.ts";

const browser = findClient("Chromium", ["chromium", "chromium-browser", "google-chrome"]);

/** Shows the policy, and waits until what is wrong with it is underlined. */
async function open(): Promise<BrowserWithEditor> {
  const started = await startCodeMirror(browser?.program ?? "");
  const { page } = started;
  await page.locator(".cm-content").click();
  await page.keyboard.insertText(policy.trimEnd());
  await page.locator(".cm-lintRange-error").waitFor();
  return started;
}

function lastLine(page: Page): Promise<string | null> {
  return page.locator(".cm-line").last().textContent();
}

describe.skipIf(browser === undefined)("CodeMirror in Chromium, with the server in a worker as documented", () => {
  it("underlines what is wrong, and says what it is", async () => {
    await using editor = await open();
    const squiggle = editor.page.locator(".cm-lintRange-error");
    expect(await squiggle.allTextContents()).toEqual(["%PROTCOL%"]);
    await squiggle.hover();
    const message = await editor.page.locator(".cm-diagnostic-error").textContent();
    expect(message).toContain('There is no operator "PROTCOL".');
    expect(message).toContain("Not supported field in StreamInfo: PROTCOL");
    expect(editor.errors).toEqual([]);
  });

  it("offers Kuma's operators for %KU, and writes the one that is accepted", async () => {
    await using editor = await open();
    const { page, errors } = editor;
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.type("%KU");
    const offers = page.locator(".cm-tooltip-autocomplete li");
    const mesh = offers.filter({ hasText: "KUMA_MESH" });
    await mesh.waitFor();
    // What CodeMirror takes for similar comes after them.
    const labels = await offers.locator(".cm-completionLabel").allTextContents();
    expect(labels.slice(0, 8).every((label) => label.startsWith("KUMA_"))).toBe(true);
    await mesh.click();
    await mesh.waitFor({ state: "detached" });
    expect(await lastLine(page)).toBe(lineWith("%PROTCOL% %KUMA_MESH%"));
    expect(errors).toEqual([]);
  });
});
