import { readFileSync } from "node:fs";

const page = readFileSync(new URL("../../docs/editors.md", import.meta.url), "utf8");

/**
 * What the page on editors tells to write, as it stands there: the code blocks of a section, in its order.
 *
 * @param section the title of the section: `Neovim`.
 * @param language what is written beside the fence: `lua`.
 */
export function documentedSetup(section: string, language: string): readonly string[] {
  const [, ...sections] = page.split(/^## /m);
  const text = sections.find((one) => one.startsWith(`${section}\n`)) ?? "";
  return [...text.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, fence, code = ""]) =>
    fence === language ? [code] : [],
  );
}
