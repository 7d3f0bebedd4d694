import { formatPlaces, type FormatPlace, readDocuments, type Resource, resourcesOf } from "@meshlog/compiler";
import { type Format, parse } from "@meshlog/parser";
import type { TextDocument } from "vscode-languageserver-textdocument";

/** A version of an open file, read as the language reads it: resources, not strings. */
export interface PolicyDocument {
  readonly uri: string;
  readonly version: number;
  readonly text: string;
  /** The resources in the file, those of documents that are not whole YAML (yet) among them. */
  readonly resources: readonly Resource[];
}

/** A format under the cursor. Offsets of the format are those of the decoded scalar. */
export interface FormatAtCursor {
  readonly place: FormatPlace;
  readonly format: Format;
  /** The cursor, in the format. */
  readonly offset: number;
}

const read = new WeakMap<TextDocument, PolicyDocument>();

/** Reads a version of a file, once. */
export function policyDocument(document: TextDocument): PolicyDocument {
  const known = read.get(document);
  if (known?.version === document.version) return known;
  const { uri, version } = document;
  const text = document.getText();
  const resources = readDocuments({ path: uri, text }).value.flatMap((found) => resourcesOf(found, uri));
  const fresh = { uri, version, text, resources };
  read.set(document, fresh);
  return fresh;
}

/** The format of a MeshAccessLog at an offset of the file; `undefined` if there is none. */
export function formatAt({ resources }: PolicyDocument, offset: number): FormatAtCursor | undefined {
  const resource = resources.find(
    ({ kind, node }) => kind === "MeshAccessLog" && node.start <= offset && offset <= node.end,
  );
  if (resource?.spec === undefined) return undefined;
  for (const place of formatPlaces(resource.spec)) {
    const { node } = place;
    if (offset < node.start || offset > node.end) continue;
    const inFormat = node.sourceMap().toText(offset);
    if (inFormat !== undefined) return { place, format: parse(node.text), offset: inFormat };
  }
  return undefined;
}
