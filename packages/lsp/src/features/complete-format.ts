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
      return nameOffers(context, format.text.charAt(context.range.end) === "%", target);
    case "argument":
      return argumentOffers(context, format.text, offset, target);
    case "limit":
      return { span: context.range, offers: takesLimit(context.operator, target) ? limitOffers("", "") : [] };
    case "end":
      return { span: { start: offset, end: offset }, offers: endOffers(context.operator, format.text, offset, target) };
    case "text":
      return format.text === "" ? { span: { start: 0, end: 0 }, offers: wholeFormats } : undefined;
  }
}

/** What a format can begin with that is not there yet. */
export function newFormatOffers(target: Target): readonly Offer[] {
  return [...wholeFormats, ...operatorOffers(target, callOf)];
}

/**
 * The operators that can stand where a name does. The `%` before it stays as it is: to editors such as Neovim before
 * 0.10, what is completed is the word at the cursor, whatever the edit's range says.
 *
 * @param isBare whether a `%` follows the name, and so no argument.
 */
function nameOffers({ range, isFollowed }: NameContext, isBare: boolean, target: Target): FormatOffers {
  // A name that is followed by the rest of its call is replaced alone; else the rest of the call is written.
  const offers = operatorOffers(target, (operator) =>
    isFollowed ? nameOf(operator, isBare) : afterPercent(callOf(operator)),
  );
  return { span: range, offers };
}

/** The operators that every release of the target has, Kuma's first. */
function operatorOffers(
  target: Target,
  written: (operator: AvailableOperator) => Pick<Offer, "text" | "typeOver">,
): readonly Offer[] {
  return availableOperators(target).map((operator): Offer => {
    const { name, family, sample } = operator;
    const isDeprecated = operators.get(name)?.deprecated !== undefined;
    return {
      label: name,
      kind: family === "kuma" ? CompletionItemKind.Variable : CompletionItemKind.Function,
      detail: sample,
      operator: name,
      order: `${family === "kuma" ? "0" : "1"}${name}`,
      isDeprecated,
      ...written(operator),
    };
  });
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
  const { text, ...rest } = afterPercent(callOf(operator));
  return { text: text.slice(0, text.lastIndexOf(")") + 1), ...rest };
}

/** What is written of a call whose first `%` is there already. */
function afterPercent({ text, typeOver }: Pick<Offer, "text" | "typeOver">): Pick<Offer, "text" | "typeOver"> {
  const { start = 0, end = 0 } = typeOver ?? {};
  return { text: text.slice(1), ...(typeOver && { typeOver: { start: start - 1, end: end - 1 } }) };
}

function argumentOffers(context: ArgumentContext, text: string, offset: number, target: Target): FormatOffers {
  const open = text.lastIndexOf(`${context.operator}(`, offset);
  const before = text.slice(open < 0 ? context.range.start : open + context.operator.length + 1, context.range.start);
  const found = suggestionsFor(context, before, target);
  const offers = found.map(({ text: value, means, sample }, i): Offer => ({
    label: value,
    kind: context.expects.kind === "choice" ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
    detail: sample ?? means,
    documentation: sample === undefined ? means : `${means}\n\n\`${sample}\``,
    order: String(i).padStart(4, "0"),
    text: value,
  }));
  return { span: context.range, offers };
}

/** Whether every release of the target takes one after the operator. */
function takesLimit(operator: string, target: Target): boolean {
  return availableOperators(target).some(({ name, takesLimit: takes }) => name === operator && takes);
}

/** What may follow the name or the argument of a call. */
function endOffers(operator: string, text: string, offset: number, target: Target): readonly Offer[] {
  if (text.charAt(offset) === ":" || kumaOperators.has(operator)) return [];
  const isClosed = text.charAt(offset) === "%";
  const limits = takesLimit(operator, target) ? limitOffers(":", isClosed ? "" : "%") : [];
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
  documentation: `\`\`\`\n${text}\n\`\`\``,
  order: `0${name}`,
  text,
}));
