import { replaceInScalar, type ScalarNode } from "@meshlog/compiler";
import type { Span, TextEdit } from "@meshlog/parser";
import {
  type CompletionItem,
  type CompletionItemKind,
  CompletionItemTag,
  type CompletionList,
  InsertTextFormat,
  InsertTextMode,
  MarkupKind,
  type Range,
} from "vscode-languageserver";
import type { Cursor } from "../cursor.ts";
import { describeOperator } from "../describe.ts";

/** What completion offers, before it is an edit of anything. */
export interface Offer {
  readonly label: string;
  readonly kind: CompletionItemKind;
  readonly detail?: string;
  /** Markdown. */
  readonly documentation?: string;
  /** The operator that is offered; its documentation is long, and looked up when it is looked at. */
  readonly operator?: string;
  /** Offers are in this order. */
  readonly order: string;
  readonly isDeprecated?: boolean;
  /** What is written, and of it what the user is to type over. */
  readonly text: string;
  readonly typeOver?: Span;
}

/** What the client can do with items. */
export interface CompletionClient {
  readonly snippets: boolean;
  /** One range for all items. */
  readonly sharesRange: boolean;
  /** It asks for the documentation of the item that is looked at. */
  readonly resolves: boolean;
  readonly tagsDeprecated: boolean;
}

/** An edit of a section that writes an offer, and how editors recognise it. */
export interface OfferEdit extends TextEdit {
  /** What stands in the file from the start of the edit to where the offer begins. */
  readonly before: string;
}

/** What is put into a scalar's text instead of a span of it, in the scalar's own quoting. */
export function intoScalar(scalar: ScalarNode, span: Span): (text: string) => OfferEdit {
  const offset = scalar.sourceMap().toSource(span.start);
  return (text) => {
    const edit = replaceInScalar(scalar, span, text);
    return { ...edit, before: scalar.source.slice(edit.start, Math.max(edit.start, offset)) };
  };
}

/** What is put into the section. */
export function intoSection(
  { start, end }: Span,
  encode: (text: string) => string = (text) => text,
): (text: string) => OfferEdit {
  return (text) => ({ start, end, text: encode(text), before: "" });
}

/** Offers as the client takes them. Those that would need an edit of several lines are left out: editors refuse them. */
export function toCompletionList(
  offers: readonly Offer[],
  { document, placed }: Cursor,
  write: (text: string) => OfferEdit,
  client: CompletionClient,
): CompletionList {
  const ranges = new Map<string, Range | undefined>();
  const rangeOf = (edit: Span): Range | undefined => {
    const key = `${edit.start} ${edit.end}`;
    if (!ranges.has(key)) {
      const range = document.rangeOf(edit, placed.start);
      ranges.set(key, range.start.line === range.end.line ? range : undefined);
    }
    return ranges.get(key);
  };
  const written = offers.flatMap((offer) => {
    const edit = write(offer.text);
    const range = rangeOf(edit);
    return range === undefined ? [] : [{ offer, edit, range }];
  });
  const shared = client.sharesRange && ranges.size === 1 ? written[0]?.range : undefined;
  return {
    isIncomplete: false,
    ...(shared && { itemDefaults: { editRange: shared } }),
    items: written.map(({ offer, edit, range }) =>
      toItem(offer, edit, shared === undefined ? range : undefined, client),
    ),
  };
}

function toItem(offer: Offer, edit: OfferEdit, range: Range | undefined, client: CompletionClient): CompletionItem {
  const { label, kind, detail, operator, order, isDeprecated = false, text, typeOver } = offer;
  const isPutOff = operator !== undefined && client.resolves;
  const documentation = operator === undefined || isPutOff ? offer.documentation : describeOperator(operator);
  const at = edit.text.indexOf(text);
  const snippet = client.snippets && typeOver !== undefined && at >= 0 ? snippetOf(edit.text, at, typeOver) : undefined;
  const newText = snippet ?? edit.text;
  return {
    label,
    kind,
    ...(detail !== undefined && { detail }),
    ...(documentation !== undefined && { documentation: markdown(documentation) }),
    ...(isPutOff && { data: { operator } }),
    sortText: order,
    filterText: edit.before + text,
    ...(range === undefined ? { textEditText: newText } : { textEdit: { range, newText } }),
    ...(snippet !== undefined && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(newText.includes("\n") && { insertTextMode: InsertTextMode.asIs }),
    ...(isDeprecated && client.tagsDeprecated && { tags: [CompletionItemTag.Deprecated] }),
  };
}

export function markdown(value: string): { kind: typeof MarkupKind.Markdown; value: string } {
  return { kind: MarkupKind.Markdown, value };
}

/** A text with one place to type over. */
function snippetOf(text: string, at: number, { start, end }: Span): string {
  const escape = (part: string): string => part.replace(/[\\$}]/g, "\\$&");
  return `${escape(text.slice(0, at + start))}\${1:${escape(text.slice(at + start, at + end))}}${escape(text.slice(at + end))}`;
}
