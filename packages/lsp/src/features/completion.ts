import { formatPlaces, quote } from "@meshlog/compiler";
import type { Target } from "@meshlog/parser";
import type { CompletionItem, CompletionList } from "vscode-languageserver";
import { type Cursor, formatAt, type FormatAtCursor } from "../cursor.ts";
import { describeOperator } from "../describe.ts";
import { type WritePlace, writePlaceAt } from "../structure.ts";
import type { PlacedResource } from "../workspace/bundles.ts";
import { fieldOffers } from "./complete-fields.ts";
import { formatOffers, newFormatOffers } from "./complete-format.ts";
import { type CompletionClient, intoScalar, intoSection, markdown, toCompletionList } from "./offers.ts";

/** The characters after which an editor asks by itself. */
export const completionTriggers: readonly string[] = ["%", "_", "(", ":", "?", "."];

/** What can be written at the cursor. */
export function completion(
  cursor: Cursor,
  target: Target,
  others: Iterable<PlacedResource>,
  client: CompletionClient,
): CompletionList | undefined {
  const format = formatAt(cursor);
  if (format !== undefined) return inFormat(format, cursor, target, client);
  const place = writePlaceAt(cursor);
  if (place === undefined) return undefined;
  const isNew = isEmptyFormat(place);
  const write = intoSection(place.replaces, (text) => place.glue + (isNew ? quote(text) : text));
  return toCompletionList(isNew ? newFormatOffers(target) : fieldOffers(place, others, target), cursor, write, client);
}

/** The documentation of an item that is looked at. */
export function resolveCompletion(item: CompletionItem): CompletionItem {
  const { operator } = Object(item.data) as { readonly operator?: unknown };
  const description = typeof operator === "string" ? describeOperator(operator) : undefined;
  return description === undefined ? item : { ...item, documentation: markdown(description) };
}

function inFormat(
  format: FormatAtCursor,
  cursor: Cursor,
  target: Target,
  client: CompletionClient,
): CompletionList | undefined {
  const found = formatOffers(format, target);
  return found && toCompletionList(found.offers, cursor, intoScalar(format.place.node, found.span), client);
}

/** Whether a format belongs at the cursor, where nothing stands yet. */
function isEmptyFormat({ resource, marked, replaces, role }: WritePlace): boolean {
  const isEmpty = role === "value" && replaces.start === replaces.end && marked.style === "plain";
  return isEmpty && resource.spec !== undefined && formatPlaces(resource.spec).some(({ node }) => node === marked);
}
