import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import type { Document } from "./document.ts";
import { readEvents } from "./events-reader.ts";
import { splitDocuments } from "./split-documents.ts";
import type { TextFile } from "./source-file.ts";
import type { Problem, TreeBuilder } from "./tree-builder.ts";
import { readTolerantly } from "./yaml-reader.ts";

/**
 * Reads the documents of a YAML or JSON file. Every error of every document is reported; a document that is the input
 * of a template engine gives one note for the file instead.
 */
export function readDocuments(file: TextFile): Result<readonly Document[], Diagnostic> {
  const documents: Document[] = [];
  const diagnostics: Diagnostic[] = [];
  let templated = false;
  for (const { start, end } of splitDocuments(file.text)) {
    const builders = readEvents(file.text, start, end) ?? readTolerantly(file.text, start, end);
    const problems = badCharacters(file.text, start, end).concat(builders.flatMap(problemsOf));
    const template = problems.length > 0 ? file.text.slice(start, end).indexOf("{{") : -1;
    if (template < 0) {
      for (const problem of onePerLine(problems, file.text)) diagnostics.push(diagnose(file.path, problem));
    } else if (!templated) {
      templated = true;
      const at = start + template;
      diagnostics.push(report("io/template", { file: file.path, start: at, end: at + 2 }, {}));
    }
    const broken = problems.length > 0;
    for (const { root } of builders) documents.push({ root, start, end, index: documents.length, broken });
  }
  return { value: documents, diagnostics };
}

const problemsOf = (builder: TreeBuilder): readonly Problem[] => builder.problems;

function diagnose(file: string, { code, start, end, problem }: Problem): Diagnostic {
  const location = { file, start, end };
  return code === "io/yaml" ? report(code, location, { problem }) : report(code, location, {});
}

/** What go-yaml refuses anywhere in a file (readerc.go): "control characters are not allowed". */
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
const loneSurrogate = /\p{Surrogate}/u;

/** The first character of a document that no YAML may hold. */
function badCharacters(text: string, start: number, end: number): readonly Problem[] {
  const part = text.slice(start, end);
  const at = part.search(part.isWellFormed() ? controlCharacter : loneSurrogate);
  if (at < 0) return [];
  const unit = text.charCodeAt(start + at);
  const name = `U+${unit.toString(16).toUpperCase().padStart(4, "0")}`;
  const problem =
    unit >= 0xd800 && unit < 0xe000
      ? `half of a surrogate pair stands in it (${name})`
      : `the control character ${name} stands in it; in double quotes it can be written as an escape`;
  return [{ code: "io/yaml", start: start + at, end: start + at + 1, problem }];
}

/** One mistake tends to give several errors in its line; the first says it. */
function onePerLine(problems: readonly Problem[], text: string): readonly Problem[] {
  let lineEnd = -1;
  return problems
    .toSorted((a, b) => a.start - b.start)
    .filter(({ start }) => {
      if (start <= lineEnd) return false;
      lineEnd = start;
      while (lineEnd < text.length && text[lineEnd] !== "\n" && text[lineEnd] !== "\r") lineEnd++;
      return true;
    });
}
