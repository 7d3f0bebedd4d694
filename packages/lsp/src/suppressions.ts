import { type Diagnostic, mayHoldSuppressions, suppress } from "@meshlog/compiler";
import type { PolicyDocument } from "./document.ts";
import type { Finding } from "./findings.ts";

/**
 * What the comments in a file leave of what was found in each of its sections, and what is wrong with the comments. A
 * comment above an item of a list stands at the end of the item before it, so it is read with the one below.
 *
 * @param found what there is in each section, in the order of the file, all of it.
 */
export function* heard(document: PolicyDocument, found: Iterable<readonly Finding[]>): Generator<readonly Finding[]> {
  if (!document.mayHoldSuppressions) {
    yield* found;
    return;
  }
  const { uri, text } = document;
  const sections = [...document.sections];
  let end = 0;
  let above = "";
  let i = 0;
  for (const findings of found) {
    const placed = sections[i++];
    if (placed === undefined) {
      yield findings;
      continue;
    }
    const { start, section } = placed;
    const isItem = itemIndent(section.text) !== undefined;
    if (isItem && start > end) above = commentsAtEnd(text.slice(end, start), Infinity);
    const before = isItem ? above : "";
    end = start + section.text.length;
    const next = sections[i];
    const indent = next?.start === end ? itemIndent(next.section.text) : undefined;
    above = isItem && indent !== undefined ? commentsAtEnd(section.text, indent) : "";
    yield inWindow(before + section.text.slice(0, section.text.length - above.length), start - before.length, findings, uri); // prettier-ignore
  }
}

/** What comments in a part of a file leave of what was found there. */
function inWindow(text: string, base: number, findings: readonly Finding[], file: string): readonly Finding[] {
  if (!mayHoldSuppressions(text)) return findings;
  const moved = new Map(
    findings.map((finding): [Diagnostic, Finding] => {
      const { start, diagnostic } = finding;
      const by = start - base;
      return [{ ...diagnostic, file, start: diagnostic.start + by, end: diagnostic.end + by }, finding];
    }),
  );
  const { value, diagnostics } = suppress([{ path: file, text }], [...moved.keys()]);
  return [
    ...value.flatMap((diagnostic) => moved.get(diagnostic) ?? []),
    ...diagnostics.map((diagnostic) => ({ start: base, diagnostic })),
  ];
}

/** The blanks before the `-` of an item; `undefined` for a document of its own. */
function itemIndent(text: string): number | undefined {
  return /^( *)-(?=[ \r\n]|$)/.exec(text)?.[1]?.length;
}

/** The lines at the end of a text that hold nothing but comments, none of them indented by more than so many blanks. */
function commentsAtEnd(text: string, indent: number): string {
  let start = text.length;
  while (start > 0) {
    const lineStart = text.lastIndexOf("\n", start - 2) + 1;
    const [line = "", blanks = ""] = /^([ \t]*)(?:#.*)?$/.exec(text.slice(lineStart, start).trimEnd()) ?? [];
    const isBlank = text.slice(lineStart, start).trim() === "";
    if (!isBlank && (line === "" || blanks.length > indent)) break;
    start = lineStart;
  }
  return text.slice(start);
}
