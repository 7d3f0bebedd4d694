import type { Result, Span } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import { report } from "../messages.ts";
import { BlockReader } from "./block-reader.ts";
import type { Document } from "./document.ts";
import { readEvents } from "./events-reader.ts";
import { splitDocuments } from "./split-documents.ts";
import type { TextFile } from "./source-file.ts";
import type { Problem, TreeBuilder } from "./tree-builder.ts";
import { readTolerantly } from "./yaml-reader.ts";

/** What stands between two document markers of a file: mostly one document. */
export interface Part extends Span {
  readonly documents: readonly Document[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the documents of a YAML or JSON file. Every error of every document is reported; a document that is the input
 * of a template engine gives one note for the file instead.
 */
export function readDocuments(file: TextFile): Result<readonly Document[], Diagnostic> {
  const parts = [...readParts(file)];
  return {
    value: parts.flatMap(({ documents }) => documents),
    diagnostics: parts.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Reads a file part by part: what is not kept of one is gone when the next is read. */
export function* readParts(file: TextFile): Generator<Part> {
  let count = 0;
  const once = oneTemplateNote();
  const reader = new BlockReader(file.text);
  for (const span of splitDocuments(file.text)) {
    const part = readPartOf(file, span, count, reader);
    count += part.documents.length;
    yield { ...part, diagnostics: once(part.diagnostics) };
  }
}

/**
 * Reads one part of a file.
 *
 * @param index that of its first document.
 * @param reader of the same file; it remembers keys and blocks.
 */
export function readPartOf(file: TextFile, span: Span, index: number, reader: BlockReader): Part {
  const { documents, problems, template } = readPart(file.text, span, index, reader);
  const diagnostics =
    template === undefined
      ? onePerLine(problems, file.text).map((problem) => diagnose(file.path, problem))
      : [report("io/template", { file: file.path, start: template, end: template + 2 }, {})];
  return { ...span, documents, diagnostics };
}

/** Leaves of the notes that a document is for a template engine the first: one is enough for a file. */
export function oneTemplateNote(): (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[] {
  let isSaid = false;
  return (diagnostics) => {
    const isNote = diagnostics.some(({ code }) => code === "io/template");
    const isRepeated = isNote && isSaid;
    isSaid ||= isNote;
    return isRepeated ? diagnostics.filter(({ code }) => code !== "io/template") : diagnostics;
  };
}

interface Read {
  readonly documents: readonly Document[];
  readonly problems: readonly Problem[];
  /** Where the first `{{` of a document stands that is no YAML. */
  readonly template: number | undefined;
}

/**
 * Reads a stretch of a file that no marker divides.
 *
 * @param index that of its first document.
 * @param reader of the same file; it remembers keys and blocks.
 */
export function readPart(
  source: string,
  { start, end }: Span,
  index: number,
  reader: BlockReader = new BlockReader(source),
): Read {
  const root = reader.read(start, end);
  if (root !== undefined) {
    return {
      documents: [{ root, start, end, index, broken: false, mayRepeatKeys: false }],
      problems: [],
      template: undefined,
    };
  }
  const builders = readEvents(source, start, end) ?? readTolerantly(source, start, end);
  const problems = badCharacters(source, start, end).concat(builders.flatMap(problemsOf));
  const broken = problems.length > 0;
  const template = broken ? source.slice(start, end).indexOf("{{") : -1;
  return {
    documents: builders.map(({ root }, i) => ({ root, start, end, index: index + i, broken, mayRepeatKeys: true })),
    problems,
    template: template < 0 ? undefined : start + template,
  };
}

const problemsOf = (builder: TreeBuilder): readonly Problem[] => builder.problems;

function diagnose(file: string, { code, start, end, problem }: Problem): Diagnostic {
  const location = { file, start, end };
  return code === "io/yaml" ? report(code, location, { problem }) : report(code, location, {});
}

/** What go-yaml refuses anywhere in a file (readerc.go): "control characters are not allowed". */
// eslint-disable-next-line no-control-regex
const controlCharacter = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]/;
/** What stands in no ordinary text: most documents are looked through for this alone. */
const rare = /[^\t\n\r -~\xa0-\ud7ff\ue000-\ufffd]/;
const loneSurrogate = /\p{Surrogate}/u;

/** The first character of a document that no YAML may hold. */
function badCharacters(text: string, start: number, end: number): readonly Problem[] {
  const part = text.slice(start, end);
  if (!rare.test(part)) return [];
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
