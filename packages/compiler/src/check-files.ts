import type { Target } from "@meshlog/parser";
import { type CheckedPart, type FilePart, type PartJudge, partJudge } from "./check-parts.ts";
import type { Diagnostic } from "./diagnostics.ts";
import { inOrderOfDocument } from "./document-order.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import { lastAtMost } from "./source/last-at-most.ts";
import { duplicateResources, inPathOrder } from "./source/load.ts";
import { oneTemplateNote } from "./source/read-documents.ts";
import type { Resource } from "./source/resources.ts";
import { decodeFile, type SourceFile, type TextFile } from "./source/source-file.ts";
import { splitDocuments } from "./source/split-documents.ts";
import { linter } from "./validate/lints/index.ts";
import { trafficProtocols } from "./validate/traffic-protocol.ts";

/** What there is to say about files. */
export interface CheckedFiles {
  /** In the order of their paths. */
  readonly files: readonly TextFile[];
  /** How many MeshAccessLogs they hold. */
  readonly policies: number;
  /** What `load` and `check` have to say, in the order of the documents. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Judges parts of files.
 *
 * @param judge judges one; its word counts.
 * @returns what it found, in the order of the parts.
 */
export type PartsJudge = (
  parts: readonly FilePart[],
  tcp: ReadonlySet<string>,
  judge: PartJudge,
) => Promise<readonly CheckedPart[]>;

/**
 * Reads files and judges the policies in them: what {@link load} and {@link check} do, but document by document, so that
 * the trees of a large bundle are never in memory together. What depends on other documents is decided when all are
 * read; for that a policy is read again where something of its mesh may have to do with it.
 *
 * @param judgePolicies judges the parts with policies, if this thread is not to do it alone.
 */
export async function checkFiles(
  sources: readonly SourceFile[],
  target: Target,
  controlPlane: ControlPlane = {},
  judgePolicies?: PartsJudge,
): Promise<CheckedFiles> {
  const decoded = inPathOrder(sources).map(decodeFile);
  const files = decoded.map(({ value }) => value);
  const parts = decoded.flatMap(({ value, diagnostics }) => (diagnostics.length > 0 ? [] : partsOf(value)));

  const judge = partJudge(target, controlPlane);
  const checked = new Map<FilePart, CheckedPart>();
  const judgeParts = async (some: readonly FilePart[], tcp: ReadonlySet<string>): Promise<void> => {
    const judged = await judgePolicies?.(some, tcp, judge);
    for (const [i, part] of some.entries()) checked.set(part, judged?.[i] ?? judge(part, tcp));
  };
  const resourcesOf = (some: readonly FilePart[]): readonly Resource[] =>
    some.flatMap((part) => checked.get(part)?.resources ?? []);

  // What formats are judged by depends on the traffic, which other resources tell: they are read first.
  const named = parts.filter(({ namesPolicies }) => namesPolicies);
  const others = parts.filter(({ namesPolicies }) => !namesPolicies);
  for (const part of others) checked.set(part, judge(part, nothing));
  const { tcp: known } = trafficProtocols(resourcesOf(others));
  await judgeParts(named, known);
  const isAllKnown = resourcesOf(named).every(({ kind }) => kind === "MeshAccessLog");
  const tcp = isAllKnown ? known : trafficProtocols(resourcesOf(parts)).tcp;
  const isJudgedOtherwise = (part: FilePart): boolean => !isSame(part.namesPolicies ? known : nothing, tcp);
  await judgeParts(
    parts.filter((part) => checked.get(part)?.policies.length !== 0 && isJudgedOtherwise(part)),
    tcp,
  );

  const resources = resourcesOf(parts);
  const judged = parts.flatMap((part) => checked.get(part)?.policies ?? []);
  const withSpec = judged.flatMap(({ resource, hasSpec }) => (hasSpec ? [resource] : []));
  const later = Map.groupBy(
    [...duplicateResources({ files, resources }), ...linter(target).lintMeshes(resources, withSpec)],
    ({ file }) => file,
  );
  const byFile = Map.groupBy(parts, ({ file }) => file);
  return {
    files,
    policies: judged.length,
    diagnostics: decoded.flatMap(({ value, diagnostics }) => {
      const found = (byFile.get(value) ?? []).flatMap((part) => checked.get(part) ?? []);
      return diagnostics.length > 0 ? diagnostics : findings(found, later.get(value.path) ?? []);
    }),
  };
}

const nothing: ReadonlySet<string> = new Set();

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

/** The parts of a file; what is no resource of ours, too. */
function partsOf(file: TextFile): readonly FilePart[] {
  let named = -1;
  return splitDocuments(file.text).map((span, index) => {
    if (named < span.start && named < file.text.length) named = indexOf(file.text, "MeshAccessLog", span.start);
    return { ...span, file, index, namesPolicies: named < span.end };
  });
}

/** The place of a text in another one; the end if it is not there. */
function indexOf(text: string, part: string, from: number): number {
  const at = text.indexOf(part, from);
  return at < 0 ? text.length : at;
}

/**
 * All there is to say about a file.
 *
 * @param later what was found when everything was read: repeated resources, and lints of meshes.
 */
function findings(parts: readonly CheckedPart[], later: readonly Diagnostic[]): readonly Diagnostic[] {
  const starts = later.length === 0 ? [] : parts.map(({ start }) => start);
  const byPart = Map.groupBy(later, ({ start }) => lastAtMost(starts, start));
  // An unclosed bracket is missed where the next document begins: it is told there.
  let atEnd: readonly Diagnostic[] = [];
  const once = oneTemplateNote();
  return parts.flatMap(({ end, policies, unreadable }, i) => {
    const added = byPart.get(i) ?? [];
    const own = [...atEnd, ...once(unreadable)];
    const [first, another] = policies;
    if (own.length + added.length === 0 && another === undefined) {
      // So it is nearly always.
      return first === undefined ? [] : inOrderOfDocument(first.said.concat(first.lints));
    }
    atEnd = i === parts.length - 1 ? [] : own.filter(({ start }) => start >= end);
    return inOrderOfDocument([
      ...(atEnd.length === 0 ? own : own.filter(({ start }) => start < end)),
      ...added.filter(({ code }) => code === "io/duplicate-resource"),
      ...policies.flatMap(({ said }) => said),
      ...policies.flatMap(({ lints }) => lints),
      ...added.filter(({ code }) => code !== "io/duplicate-resource"),
    ]);
  });
}
