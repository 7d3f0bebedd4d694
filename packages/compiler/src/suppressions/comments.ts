import type { Span } from "@meshlog/parser";
import { Lexer } from "yaml";
import { withKnownBreaks } from "../source/line-breaks.ts";
import { splitDocuments } from "../source/split-documents.ts";

/** A comment of a YAML file. */
export interface Comment extends Span {
  /** With its `#`. */
  readonly text: string;
  /** Whether nothing but blanks stands before it in its line. */
  readonly isAlone: boolean;
  /**
   * What it stands above: the next line that holds anything but comments, from its first character on, and to the end
   * of a scalar that begins in it. Not there at the end of a document.
   */
  readonly below?: Span;
}

/**
 * The comments of a YAML file that hold a word. They are told from text with a `#` in it by the lexer that our tolerant
 * reader is made of; documents without the word are not looked at.
 */
export function commentsWith(word: string, text: string): readonly Comment[] {
  if (!text.includes(word)) return [];
  return splitDocuments(text).flatMap(({ start, end }) => {
    const part = text.slice(start, end);
    return part.includes(word) ? commentsOf(part, start).filter((comment) => comment.text.includes(word)) : [];
  });
}

type Waiting = Omit<Comment, "below">;

/** What the lexer writes between the pieces of the text: before a scalar, a document, and where a flow ends too early. */
const scalarMark = "\x1f";
const marks: ReadonlySet<string> = new Set([scalarMark, "\x02", "\x18"]);

function commentsOf(part: string, base: number): readonly Comment[] {
  const found: Comment[] = [];
  let waiting: Waiting[] = [];
  let line: { start: number; end: number; isBlock: boolean } | undefined;
  let isFirst = true;
  let isScalar = false;
  let at = base;

  const close = (): void => {
    if (line === undefined) return;
    const { start, end } = line;
    found.push(...waiting.map((comment) => ({ ...comment, below: { start, end } })));
    waiting = [];
    line = undefined;
  };

  for (const lexeme of new Lexer().lex(withKnownBreaks(part))) {
    if (marks.has(lexeme)) {
      isScalar = lexeme === scalarMark;
      continue;
    }
    const [start, end] = [at, at + lexeme.length];
    at = end;
    if (isScalar) {
      isScalar = false;
      isFirst = false;
      line = { start: line?.start ?? start, end, isBlock: false };
      // A block scalar ends with its last line.
      if (lexeme.endsWith("\n")) {
        close();
        isFirst = true;
      }
    } else if (isLineBreak(lexeme)) {
      if (line?.isBlock !== true) close();
      isFirst = true;
    } else if (lexeme.startsWith("#")) {
      // Of the comments in a line with something in it, those above it have found what they stand above.
      if (line?.isBlock !== true) close();
      waiting.push({ start, end, text: lexeme, isAlone: isFirst });
    } else if (!isBlank(lexeme)) {
      isFirst = false;
      line = { start: line?.start ?? start, end, isBlock: lexeme.startsWith("|") || lexeme.startsWith(">") };
    }
  }
  close();
  return [...found, ...waiting].sort((a, b) => a.start - b.start);
}

const isLineBreak = (lexeme: string): boolean => lexeme === "\n" || lexeme === "\r\n";
const isBlank = (lexeme: string): boolean => /^[ \t\ufeff]*$/.test(lexeme);
