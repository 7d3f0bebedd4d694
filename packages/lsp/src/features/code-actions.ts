import { type MapNode, type Node, quote, textOf } from "@meshlog/compiler";
import { type CodeAction, CodeActionKind, type Range, type TextEdit } from "vscode-languageserver";
import { type Cursor, cursorAt, formatAt, formatsOf } from "../cursor.ts";
import type { PolicyDocument } from "../document.ts";
import { type Finding, findings, type Judging } from "../findings.ts";
import { convertFormat } from "./convert-format.ts";
import { nodeAt } from "../structure.ts";
import { type DiagnosticFix, toDiagnostic, toFix } from "./diagnostics.ts";
import { type UpgradeClient, upgradeActions } from "./upgrade.ts";

/** The kinds of actions that there are. */
export const codeActionKinds: readonly string[] = [
  CodeActionKind.QuickFix,
  CodeActionKind.RefactorRewrite,
  `${CodeActionKind.SourceFixAll}.meshlog`,
];

/**
 * What can be done about a range; `only` are the kinds that are asked for.
 *
 * @param judging `undefined` if the file is not judged.
 */
export function codeActions(
  document: PolicyDocument,
  range: Range,
  only: readonly string[] | undefined,
  judging: Judging | undefined,
  upgrades: UpgradeClient,
): readonly CodeAction[] {
  const wants = (kind: string): boolean =>
    only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));
  const start = document.offsetAt(range.start);
  const end = document.offsetAt(range.end);
  const fixAll = `${CodeActionKind.SourceFixAll}.meshlog`;
  const found = judging === undefined ? [] : findings(document, judging);
  const here = found.filter((finding) => {
    const { diagnostic, start: base } = finding;
    return base + diagnostic.start <= end && start <= base + diagnostic.end;
  });
  const cursor = cursorAt(document, start);
  return [
    ...(wants(CodeActionKind.QuickFix) ? here.flatMap((finding) => quickFixes(document, finding)) : []),
    ...(wants(CodeActionKind.QuickFix) && judging !== undefined
      ? upgradeActions(document, here, judging, upgrades)
      : []),
    ...(wants(CodeActionKind.RefactorRewrite) && cursor !== undefined ? rewrites(cursor) : []),
    // A client that asks for nothing in particular shows it where there is something to fix.
    ...(wants(fixAll) && (only !== undefined || here.length > 0) ? everyFix(document, found, fixAll) : []),
  ];
}

function quickFixes(document: PolicyDocument, finding: Finding): readonly CodeAction[] {
  const fixes = fixesOf(document, finding);
  return fixes.map((fix, i) => ({
    title: fix.title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [toDiagnostic(document, finding)],
    ...(i === 0 && { isPreferred: true }),
    edit: edit(document, fix.edits),
  }));
}

function fixesOf(document: PolicyDocument, finding: Finding): readonly DiagnosticFix[] {
  const { diagnostic, start } = finding;
  const type = missingType(document, finding);
  return [...(diagnostic.fixes ?? []).map((fix) => toFix(document, start, fix)), ...(type === undefined ? [] : [type])];
}

/** The first fix of every finding, as far as they do not meet. */
function everyFix(document: PolicyDocument, found: readonly Finding[], kind: string): readonly CodeAction[] {
  const edits: TextEdit[] = [];
  let last = -1;
  const first = found
    .flatMap((finding) => fixesOf(document, finding).slice(0, 1))
    .map((fix) =>
      fix.edits
        .map((one) => ({ one, start: document.offsetAt(one.range.start), end: document.offsetAt(one.range.end) }))
        .sort((a, b) => a.start - b.start),
    )
    .sort((a, b) => (a[0]?.start ?? 0) - (b[0]?.start ?? 0));
  for (const fix of first) {
    const begins = fix[0]?.start ?? 0;
    if (begins <= last || fix.some(({ start }, i) => start < (fix[i - 1]?.end ?? 0))) continue;
    edits.push(...fix.map(({ one }) => one));
    last = fix.at(-1)?.end ?? last;
  }
  if (edits.length === 0) return [];
  return [{ title: "Fix all that meshlog can fix", kind, edit: edit(document, edits) }];
}

/** The `type` that a backend or a format lacks, told by the body that it has. */
function missingType(document: PolicyDocument, { diagnostic, start }: Finding): DiagnosticFix | undefined {
  const { code, kuma, path } = diagnostic;
  if (code !== "policy/schema" || path?.endsWith(".type") !== true || kuma?.message !== "in body is required") {
    return undefined;
  }
  const placed = [...document.sections].find((section) => section.start === start);
  const resource = placed?.section
    .resources()
    .find(({ node }) => node.start <= diagnostic.start && diagnostic.start <= node.end);
  const map = resource && at(resource.node, path.split(/[.[\]]+/).slice(0, -1));
  if (map?.kind !== "map") return undefined;
  const types = typesByBody.filter(([body]) => map.get(body) !== undefined);
  const [type] = types;
  const first = map.entries[0]?.key;
  if (types.length !== 1 || type === undefined || first === undefined) return undefined;
  const isFlow = first.source[map.start] === "{";
  const column = document.rangeOf(first, start).start.character;
  const text = `type: ${type[1]}${isFlow ? ", " : `\n${" ".repeat(column)}`}`;
  const place = document.rangeOf({ start: first.start, end: first.start }, start);
  return { title: `Add \`type: ${type[1]}\``, edits: [{ range: place, newText: isFlow && first.style !== "plain" ? `"type": "${type[1]}", ` : text }] }; // prettier-ignore
}

const typesByBody: readonly (readonly [body: string, type: string])[] = [
  ["tcp", "Tcp"],
  ["file", "File"],
  ["openTelemetry", "OpenTelemetry"],
  ["plain", "Plain"],
  ["json", "Json"],
];

function at(root: MapNode, path: readonly string[]): Node | undefined {
  return path.reduce<Node | undefined>((node, step) => {
    if (node?.kind === "list") return node.items[Number(step)]?.value;
    return node?.kind === "map" ? node.get(step) : undefined;
  }, root);
}

/** Other ways to write what is under the cursor. */
function rewrites(cursor: Cursor): readonly CodeAction[] {
  const { document, placed, resource, offset } = cursor;
  if (resource === undefined) return [];
  const rewrite = (title: string, start: number, end: number, newText: string): CodeAction => ({
    title,
    kind: CodeActionKind.RefactorRewrite,
    edit: edit(document, [{ range: document.rangeOf({ start, end }, placed.start), newText }]),
  });
  const format = formatAt(cursor)?.place.node;
  const isBare = format?.style === "plain" && format.start < format.end;
  const { around } = nodeAt(resource.node, offset);
  const map = around.findLast((node): node is MapNode => node.kind === "map" && isFormat(node));
  const converted = map && convertFormat(map, formatsOf(resource));
  return [
    ...(isBare ? [rewrite("Put the format in quotes", format.start, format.end, quote(format.text))] : []),
    ...(converted === undefined ? [] : [rewrite(converted.title, converted.start, converted.end, converted.text)]),
  ];
}

function isFormat(map: MapNode): boolean {
  const type = textOf(map.get("type"));
  return (type === "Plain" && map.get("plain") !== undefined) || (type === "Json" && map.get("json") !== undefined);
}

function edit({ uri }: PolicyDocument, edits: readonly TextEdit[]): NonNullable<CodeAction["edit"]> {
  return { changes: { [uri]: [...edits] } };
}
