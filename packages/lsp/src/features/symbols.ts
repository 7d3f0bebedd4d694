import { nameOf, type Node, type Resource, textOf } from "@meshlog/compiler";
import { type DocumentSymbol, type SymbolInformation, SymbolKind, type WorkspaceSymbol } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";
import type { PlacedResource } from "../workspace/bundles.ts";

/** The resources of a file; of policies, their items and backends too. */
export function documentSymbols(document: PolicyDocument): DocumentSymbol[] {
  return [...document.sections].flatMap(({ start, section }) =>
    section.readable().map((resource) => {
      const { kind, name, node, spec } = resource;
      return {
        name: name === "" ? kind : name,
        detail: kind,
        kind: SymbolKind.Object,
        range: document.rangeOf(node, start),
        selectionRange: document.rangeOf(nameOf(resource), start),
        children: kind === "MeshAccessLog" ? itemSymbols(document, start, spec) : [],
      };
    }),
  );
}

/** The same for a client that knows no tree. */
export function flatSymbols(document: PolicyDocument): SymbolInformation[] {
  return [...document.sections].flatMap(({ start, section }) =>
    section.readable().map((resource) => ({
      name: resource.name === "" ? resource.kind : resource.name,
      kind: SymbolKind.Object,
      containerName: resource.kind,
      location: { uri: document.uri, range: document.rangeOf(resource.node, start) },
    })),
  );
}

/** The resources of open documents and of the workspace in whose kind or name the letters of the query stand, in their order. */
export function workspaceSymbols(query: string, resources: Iterable<PlacedResource>): WorkspaceSymbol[] {
  const found: WorkspaceSymbol[] = [];
  for (const { document, placed, resource } of resources) {
    const { kind, name } = resource;
    if (!isLike(`${kind} ${name}`.toLowerCase(), query.toLowerCase())) continue;
    found.push({
      name: name === "" ? kind : name,
      containerName: kind,
      kind: SymbolKind.Object,
      location: { uri: document.uri, range: document.rangeOf(nameOf(resource), placed.start) },
    });
  }
  return found;
}

function isLike(text: string, query: string): boolean {
  let at = 0;
  for (const letter of query) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function itemSymbols(document: PolicyDocument, start: number, spec: Resource["spec"]): DocumentSymbol[] {
  if (spec?.kind !== "map") return [];
  return ["to", "from", "rules"].flatMap((list) =>
    itemsOf(spec.get(list)).map((item, i) => {
      const ref = at(item, "targetRef");
      const about = [textOf(at(ref, "kind")), textOf(at(ref, "name"))].filter((text) => text !== undefined).join(" ");
      return symbol(
        document,
        start,
        item,
        `${list}[${i}]`,
        about,
        SymbolKind.Event,
        backendSymbols(document, start, item),
      );
    }),
  );
}

function backendSymbols(document: PolicyDocument, start: number, item: Node): DocumentSymbol[] {
  return itemsOf(at(at(item, "default"), "backends")).map((backend, i) => {
    const body = ["file", "tcp", "openTelemetry"].flatMap((name) => at(backend, name) ?? []);
    const goesTo = body.flatMap((one) => textOf(at(one, "path") ?? at(one, "address") ?? at(one, "endpoint")) ?? []);
    const name = textOf(at(backend, "type")) ?? `backends[${i}]`;
    return symbol(document, start, backend, name, goesTo[0] ?? "", SymbolKind.Interface, []);
  });
}

function symbol(
  document: PolicyDocument,
  start: number,
  node: Node,
  name: string,
  detail: string,
  kind: SymbolKind,
  children: DocumentSymbol[],
): DocumentSymbol {
  const first = node.kind === "map" ? (node.entries[0]?.key ?? node) : node;
  const range = document.rangeOf(node, start);
  const isIn = first.start >= node.start && first.end <= node.end;
  const selectionRange = isIn ? document.rangeOf(first, start) : range;
  return { name: name === "" ? "?" : name, detail, kind, range, selectionRange, children };
}

function itemsOf(node: Node | undefined): readonly Node[] {
  return node?.kind === "list" ? node.items.flatMap(({ value, alias }) => (alias === undefined ? [value] : [])) : [];
}

function at(node: Node | undefined, name: string): Node | undefined {
  return node?.kind === "map" ? node.get(name) : undefined;
}
