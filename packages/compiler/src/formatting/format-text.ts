import { defaultTarget } from "@meshlog/parser";
import { check } from "../check.ts";
import { load } from "../source/load.ts";
import { namesKind } from "../source/names-kind.ts";
import { readDocuments } from "../source/read-documents.ts";
import { readResources } from "../source/read-resources.ts";
import { splitDocuments } from "../source/split-documents.ts";
import { suppress } from "../suppressions/suppress.ts";
import { isSameTree } from "./same-tree.ts";

/** The style of meshlog's own YAML. */
const style = { parser: "yaml", printWidth: 120, endOfLine: "auto" } as const;

/** A file after formatting. */
export interface Formatted {
  readonly text: string;
  /** Where the documents begin that would have said something else afterwards, and are left as they were. */
  readonly left: readonly number[];
}

/**
 * A file in the style of Prettier, which is loaded when there is something to format. Only the layout of documents with
 * resources of Kuma's changes: each value, key, order and comment stays, and so do all other documents. A document that
 * is no YAML, or with directives, is left as it is.
 */
export async function formatText(path: string, text: string): Promise<Formatted> {
  const pieces: string[] = [];
  const left: number[] = [];
  for (const span of splitDocuments(text)) {
    const before = text.slice(span.start, span.end);
    const after = isOurs(path, before) ? await formatDocument(before) : before;
    const isKept = after === before || isEquivalent(path, before, after);
    if (!isKept) left.push(span.start);
    pieces.push(isKept ? after : before);
  }
  return { text: pieces.join(""), left };
}

/** Whether a document, or its list, holds a resource that meshlog reads, and can be read whole. */
function isOurs(path: string, text: string): boolean {
  if (!namesKind(text) || /^(?:%|\.\.\.)/m.test(text)) return false;
  const { value, diagnostics } = readResources({ path, text });
  return value.resources.length > 0 && !diagnostics.some(({ code }) => code === "io/yaml" || code === "io/template");
}

async function formatDocument(text: string): Promise<string> {
  const [, marker = "", body = ""] = /^(\ufeff?(?:---[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))?)([^]*)$/.exec(text) ?? [];
  if (body.startsWith("---")) return text;
  const [{ format }, yaml] = await Promise.all([import("prettier/standalone"), import("prettier/plugins/yaml")]);
  try {
    let settled = body;
    for (let passes = 0; passes < mostPasses; passes++) {
      const formatted = await format(settled, { ...style, plugins: [yaml] });
      if (formatted === settled) return marker + settled;
      settled = formatted;
    }
  } catch {
    // What go-yaml reads and Prettier does not.
  }
  return text;
}

/** Some texts are laid out once more by Prettier when it reads its own layout: a scalar with both an anchor and a tag. */
const mostPasses = 5;

/** Whether two versions of a document are the same to Kuma, and to the comments that silence findings in them. */
function isEquivalent(path: string, before: string, after: string): boolean {
  const one = readDocuments({ path, text: before }).value;
  const { value: other, diagnostics } = readDocuments({ path, text: after });
  if (diagnostics.length > 0 || one.length !== other.length) return false;
  if (!one.every(({ root }, i) => isSameTree(root, other[i]?.root))) return false;
  return !before.includes("# meshlog-") || findings(path, before) === findings(path, after);
}

/** What is said of a document, as a text in which places do not count. */
function findings(path: string, text: string): string {
  const { value: bundle, diagnostics } = load([{ path, content: text }]);
  const found = [...diagnostics, ...check(bundle, defaultTarget).diagnostics];
  const { value: heard, diagnostics: wrong } = suppress(bundle.files, found);
  return JSON.stringify([...heard, ...wrong].map(({ code, path: at }) => `${code} ${at ?? ""}`).sort());
}
