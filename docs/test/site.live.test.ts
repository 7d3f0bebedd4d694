import { existsSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { serve } from "vitepress";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { findClient } from "../../conformance/clients/installed-client.ts";

const found = findClient("Chromium", ["chromium", "chromium-browser", "google-chrome"]);
const docs = join(import.meta.dirname, "..");
const pages = [
  "",
  "start",
  "operators/",
  "operators/REQ",
  "operators/by-kuma",
  "kuma/",
  "kuma/policy-options",
  "kuma/changes",
  "diagnostics/",
  "diagnostics/format/unknown-operator",
];
const widths = { desktop: 1280, phone: 390 };

it("the site is built", () => {
  expect(existsSync(join(docs, ".vitepress/dist/index.html")), "`npx --yes pnpm@12 site` builds it").toBe(true);
});

describe.skipIf(found === undefined)("the site in Chromium", () => {
  let browser: Browser;
  let site: string;
  let close: () => void;

  beforeAll(async () => {
    const { server } = await serve({ root: docs, port: 0 });
    await new Promise((resolve) => server.once("listening", resolve));
    site = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
    close = () => server.close();
    browser = await chromium.launch({ executablePath: found?.program ?? "" });
  });

  afterAll(async () => {
    await browser.close();
    close();
  });

  it.each(
    Object.entries(widths).flatMap(([device, width]) =>
      (["light", "dark"] as const).map((scheme) => ({ device, width, scheme })),
    ),
  )("fits a $device, $scheme: nothing missing, nothing wider than the window", async ({ device, width, scheme }) => {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme: scheme });
    const problems: string[] = [];
    page.on("pageerror", ({ message }) => problems.push(`${page.url()}: ${message}`));
    page.on("response", (response) => {
      if (response.status() >= 400 && !response.url().endsWith("/favicon.ico")) problems.push(response.url());
    });
    for (const path of pages) {
      await page.goto(`${site}/${path}`);
      await page.locator("h1").first().waitFor();
      const isDark = await page.evaluate("document.documentElement.classList.contains('dark')");
      const contentWidth = Number(await page.evaluate("document.documentElement.scrollWidth"));
      if (isDark !== (scheme === "dark")) problems.push(`${path} is not ${scheme}`);
      if (contentWidth > width) problems.push(`${path} is ${String(contentWidth)} wide`);
      await photograph(page, `${path.replaceAll("/", "-") || "home"}-${device}-${scheme}`);
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  it("finds an operator by its name", async () => {
    const page = await browser.newPage();
    await page.goto(`${site}/start`);
    const input = page.locator("#localsearch-input");
    // The page is there before what listens to keys is.
    await vi.waitFor(
      async () => {
        await page.keyboard.press("Control+k");
        await input.waitFor({ timeout: 1000 });
      },
      { timeout: 25_000 },
    );
    await input.fill("UPSTREAM_TRANSPORT_FAILURE_REASON");
    await page.locator("#localsearch-list a").first().waitFor();
    await page.keyboard.press("Enter");
    // The address changes before the page is there, so the heading is what is waited for.
    await page.locator("h1", { hasText: "%UPSTREAM_TRANSPORT_FAILURE_REASON%" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/operators/UPSTREAM_TRANSPORT_FAILURE_REASON");
  });
});

/** Keeps a picture of a page in the folder that SCREENSHOTS names, for people to look at. */
async function photograph(page: Page, name: string): Promise<void> {
  const folder = process.env["SCREENSHOTS"];
  if (folder !== undefined) await page.screenshot({ path: join(folder, `${name}.png`) });
}
