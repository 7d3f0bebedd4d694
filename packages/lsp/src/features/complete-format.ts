import { defaultFormats } from "@meshlog/compiler";
import {
  type ArgumentContext,
  type AvailableOperator,
  availableOperators,
  contextAt,
  kumaOperators,
  type NameContext,
  operators,
  type Span,
  suggestionsFor,
  type Target,
} from "@meshlog/parser";
import { CompletionItemKind } from "vscode-languageserver";
import type { FormatAtCursor } from "../cursor.ts";
import { describeOperator } from "../describe.ts";
import type { Offer } from "./offers.ts";

/** Offers for a span of a format's text. */
export interface FormatOffers {
  readonly span: Span;
  readonly offers: readonly Offer[];
}

/** What can be written at a place of a format: operators, arguments, limits, whole formats. */
export function formatOffers(found: FormatAtCursor, target: Target): FormatOffers | undefined {
  const all = offersAt(found, target);
  // Kuma puts keys and values of a JSON format between quotes to see whether they are JSON, and escapes nothing.
  const isJson = found.place.at.includes("json");
  return all && isJson ? { ...all, offers: all.offers.filter(({ text }) => !/["\\]/.test(text)) } : all;
}

function offersAt({ format, offset }: FormatAtCursor, target: Target): FormatOffers | undefined {
  const context = contextAt(format, offset);
  switch (context.kind) {
    case "name":
      return operatorOffers(context, format.text.charAt(context.range.end) === "%", target);
    case "argument":
      return argumentOffers(context, format.text, offset, target);
    case "limit":
      return { span: context.range, offers: takesLimit(context.operator) ? limitOffers("", "") : [] };
    case "end":
      return { span: { start: offset, end: offset }, offers: endOffers(context.operator, format.text, offset) };
    case "text":
      return format.text === "" ? { span: { start: 0, end: 0 }, offers: wholeFormats } : undefined;
  }
}

/** What a format can begin with that is not there yet. */
export function newFormatOffers(target: Target): readonly Offer[] {
  const place = { range: { start: 0, end: 0 }, isFollowed: false };
  return [...wholeFormats, ...operatorOffers(place, false, target).offers];
}

/**
 * The operators that can stand at the cursor: those that every release of the target has, Kuma's first.
 *
 * @param isBare whether a `%` follows the name, and so no argument.
 */
function operatorOffers(
  { range, isFollowed }: Pick<NameContext, "range" | "isFollowed">,
  isBare: boolean,
  target: Target,
): FormatOffers {
  // A name that is followed by the rest of its call is replaced alone; else the whole call is written.
  const span = isFollowed ? range : { start: range.start - 1, end: range.end };
  const offers = availableOperators(target).map((operator): Offer => {
    const { name, family, sample } = operator;
    const isDeprecated = operators.get(name)?.deprecated !== undefined;
    return {
      label: name,
      kind: family === "kuma" ? CompletionItemKind.Variable : CompletionItemKind.Function,
      detail: sample,
      documentation: () => describeOperator(name) ?? "",
      order: `${family === "kuma" ? "0" : "1"}${name}`,
      isDeprecated,
      ...(isFollowed ? nameOf(operator, isBare) : callOf(operator)),
    };
  });
  return { span, offers };
}

/** A call that Envoy accepts: where it wants an argument, with that of the example. */
function callOf({ name, needsArgument, example }: AvailableOperator): Pick<Offer, "text" | "typeOver"> {
  if (!needsArgument) return { text: `%${name}%` };
  const start = `%${name}(`.length;
  const end = example.lastIndexOf(")");
  return { text: example, ...(start < end && { typeOver: { start, end } }) };
}

/** The name in a call that is there already; with an argument, if it has none and Envoy wants one. */
function nameOf(operator: AvailableOperator, isBare: boolean): Pick<Offer, "text" | "typeOver"> {
  if (!isBare || !operator.needsArgument) return { text: operator.name };
  const { text, typeOver } = callOf(operator);
  const inner = text.slice(1, text.lastIndexOf(")") + 1);
  return { text: inner, ...(typeOver && { typeOver: { start: typeOver.start - 1, end: typeOver.end - 1 } }) };
}

function argumentOffers(context: ArgumentContext, text: string, offset: number, target: Target): FormatOffers {
  const open = text.lastIndexOf(`${context.operator}(`, offset);
  const before = text.slice(open < 0 ? context.range.start : open + context.operator.length + 1, context.range.start);
  const found = suggestionsFor(context, before, target);
  const offers = found.map(({ text: value, means, sample }, i): Offer => ({
    label: value,
    kind: context.expects.kind === "choice" ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
    detail: sample ?? means,
    documentation: () => (sample === undefined ? means : `${means}\n\n\`${sample}\``),
    order: String(i).padStart(4, "0"),
    text: value,
  }));
  return { span: context.range, offers };
}

function takesLimit(operator: string): boolean {
  return operators.get(operator)?.limit !== undefined;
}

/** What may follow the name or the argument of a call. */
function endOffers(operator: string, text: string, offset: number): readonly Offer[] {
  if (text.charAt(offset) === ":" || kumaOperators.has(operator)) return [];
  const isClosed = text.charAt(offset) === "%";
  const limits = takesLimit(operator) ? limitOffers(":", isClosed ? "" : "%") : [];
  if (isClosed) return limits;
  const close: Offer = {
    label: "%",
    kind: CompletionItemKind.Operator,
    detail: "ends the call",
    order: "0",
    text: "%",
  };
  return [close, ...limits];
}

function limitOffers(before: string, after: string): readonly Offer[] {
  return ["32", "64", "128", "256", "1024"].map((bytes, i) => ({
    label: `${before}${bytes}${after}`,
    kind: CompletionItemKind.Value,
    detail: `at most ${bytes} bytes`,
    order: `1${i}`,
    text: `${before}${bytes}${after}`,
  }));
}

const wholeFormats: readonly Offer[] = [
  { name: "HTTP", text: defaultFormats.http },
  { name: "TCP", text: defaultFormats.network },
].map(({ name, text }) => ({
  label: `Kuma's ${name} format`,
  kind: CompletionItemKind.Snippet,
  detail: "what Kuma logs without a format",
  documentation: () => `\`\`\`\n${text}\n\`\`\``,
  order: `0${name}`,
  text,
}));
