import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const docs = join(import.meta.dirname, "..");

/** The guides: the pages that people write, by their paths below `docs/`. */
export const guides: readonly string[] = readdirSync(docs)
  .filter((name) => name.endsWith(".md") && name !== "cli.md")
  .sort();

/** The text of a guide. */
export function guideText(name: string): string {
  return readFileSync(join(docs, name), "utf8");
}

/** Writes a guide anew. */
export function writeGuide(name: string, text: string): void {
  writeFileSync(join(docs, name), text);
}

/** The folder of the repository that a guide calls `mesh`, as its front matter says. */
export function bundleOf(text: string): string | undefined {
  return /^---\nmesh: (\S+)\n---\n/.exec(text)?.[1];
}

/** A fenced block of a guide. */
export interface Block {
  readonly language: string;
  readonly content: string;
  /** The file that it is, where the line before it ends in its name: `` `policies/requests.yaml`: ``. */
  readonly file?: string;
}

const fenced = /(?:`([^`\n]+)`:\n\n)?^(`{3,})([\w-]*)[^\n]*\n([^]*?)^\2$/gm;

/** The fenced blocks of a guide, in its order. */
export function blocks(text: string): readonly Block[] {
  return Array.from(text.matchAll(fenced), ([, file, , language = "", content = ""]) => ({
    language,
    content,
    ...(file !== undefined && { file }),
  }));
}

/** The commands of a `console` block: `$ meshlog check policies`, and below each what it prints. */
export function commands(content: string): readonly { readonly line: string; readonly prints: string }[] {
  return content.split(/^(?=\$ )/m).map((text) => {
    const end = text.indexOf("\n");
    return { line: text.slice(2, end), prints: text.slice(end + 1) };
  });
}

/** A guide with other contents in its `console` blocks. */
export function withConsoles(text: string, contents: readonly string[]): string {
  const left = [...contents];
  return text.replace(/(?<=^```console\n)[^]*?(?=^```$)/gm, (content) => left.shift() ?? content);
}
