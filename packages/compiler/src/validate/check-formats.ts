import { check, type Diagnostic as FormatDiagnostic, parse, type Target, type TextEdit } from "@meshlog/parser";
import type { Diagnostic, ResourceIdentity } from "../diagnostics.ts";
import { replaceInScalar } from "../source/encode-scalar.ts";
import type { Node, ScalarNode } from "../source/tree.ts";
import { formatPlaces } from "./format-places.ts";
import { fieldOf } from "./violation.ts";

/** Judges formats for one target; each text is parsed once. */
export type FormatChecker = (text: string) => readonly FormatDiagnostic[];

/** A checker that remembers what it said. */
export function formatChecker(target: Target): FormatChecker {
  const known = new Map<string, readonly FormatDiagnostic[]>();
  return (text) => {
    const diagnostics = known.get(text) ?? check(parse(text), target).diagnostics;
    known.set(text, diagnostics);
    return diagnostics;
  };
}

/** What Envoy says of the formats of a policy, at their own characters in the file. */
export function checkFormats(
  spec: Node,
  file: string,
  resource: ResourceIdentity,
  checkFormat: FormatChecker,
): readonly Diagnostic[] {
  const seen = new Set<ScalarNode>();
  return formatPlaces(spec).flatMap(({ node, at }) => {
    // A scalar that several places share by an alias is reported where it stands, once.
    if (seen.has(node)) return [];
    seen.add(node);
    return checkFormat(node.text).map((diagnostic) => inFile(diagnostic, node, file, resource, fieldOf(at)));
  });
}

/** A diagnostic of a format, moved from the decoded text to the file that it was written in. */
function inFile(
  { fixes, related, ...diagnostic }: FormatDiagnostic,
  node: ScalarNode,
  file: string,
  resource: ResourceIdentity,
  path: string,
): Diagnostic {
  const map = node.sourceMap();
  const encode = (edit: TextEdit): TextEdit => replaceInScalar(node, edit, edit.text);
  return {
    ...diagnostic,
    ...map.spanToSource(diagnostic),
    file,
    resource,
    path,
    ...(related === undefined ? {} : { related: related.map((place) => ({ ...place, ...map.spanToSource(place) })) }),
    ...(fixes === undefined ? {} : { fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map(encode) })) }),
  };
}
