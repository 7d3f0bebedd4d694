import { replaceInScalar } from "@meshlog/compiler";
import { type AvailableOperator, availableOperators, contextAt, type NameContext, type Target } from "@meshlog/parser";
import { type CompletionItem, CompletionItemKind, InsertTextFormat, MarkupKind } from "vscode-languageserver";
import { type Cursor, formatAt, type FormatAtCursor } from "../cursor.ts";

/** The characters after which an editor asks by itself. */
export const completionTriggers: readonly string[] = ["%", "_"];

/** What the client can do with an item. */
export interface CompletionClient {
  readonly snippets: boolean;
}

/** The operators that can stand at the cursor: those that every release of the target has, Kuma's first. */
export function completion(cursor: Cursor, target: Target, client: CompletionClient): readonly CompletionItem[] {
  const found = formatAt(cursor);
  if (found === undefined) return [];
  const context = contextAt(found.format, found.offset);
  if (context.kind !== "name") return [];
  return availableOperators(target).flatMap((operator) => item(operator, found, context, cursor, client) ?? []);
}

function item(
  operator: AvailableOperator,
  { place }: FormatAtCursor,
  context: NameContext,
  { document, placed }: Cursor,
  client: CompletionClient,
): CompletionItem | undefined {
  const { start, end } = context.range;
  // A name that is followed by the rest of its call is replaced alone; else the whole call is written.
  const span = context.isFollowed ? { start, end } : { start: start - 1, end };
  const call = context.isFollowed ? operator.name : callOf(operator);
  const edit = replaceInScalar(place.node, span, call);
  const range = document.rangeOf(edit, placed.start);
  // Editors take an edit of one line only.
  if (range.start.line !== range.end.line) return undefined;

  const before = place.node.source.slice(edit.start, place.node.sourceMap().toSource(span.start));
  const snippet = client.snippets && !context.isFollowed ? snippetOf(edit.text, call, operator) : undefined;
  return {
    label: operator.name,
    kind: operator.family === "kuma" ? CompletionItemKind.Variable : CompletionItemKind.Function,
    detail: operator.sample,
    documentation: { kind: MarkupKind.Markdown, value: `${operator.summary}\n\n\`${operator.example}\`` },
    sortText: `${operator.family === "kuma" ? "0" : "1"}${operator.name}`,
    // Editors match this against what stands in the file from the start of the edit to the cursor.
    filterText: before + (context.isFollowed ? operator.name : `%${operator.name}%`),
    textEdit: { range, newText: snippet ?? edit.text },
    insertTextFormat: snippet === undefined ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
  };
}

/** A call that Envoy accepts: where it wants an argument, with that of the example. */
function callOf({ name, needsArgument, example }: AvailableOperator): string {
  return needsArgument ? example : `%${name}%`;
}

/** The edit with the argument of the call as a place to type over; `undefined` if there is none. */
function snippetOf(edit: string, call: string, { name, needsArgument }: AvailableOperator): string | undefined {
  const open = `%${name}(`;
  const at = edit.indexOf(call);
  const close = call.lastIndexOf(")");
  if (!needsArgument || at < 0 || !call.startsWith(open) || close < open.length) return undefined;
  const escape = (part: string): string => part.replace(/[\\$}]/g, "\\$&");
  const argument = call.slice(open.length, close);
  return `${escape(edit.slice(0, at) + open)}\${1:${escape(argument)}}${escape(call.slice(close) + edit.slice(at + call.length))}`;
}
