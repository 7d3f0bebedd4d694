import type { Span, Target } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import { inOrderOfDocument } from "./document-order.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import { lastAtMost } from "./source/last-at-most.ts";
import { duplicateResources, inPathOrder } from "./source/load.ts";
import { type PartResources, readResourcesByPart } from "./source/read-resources.ts";
import type { Resource } from "./source/resources.ts";
import { decodeFile, type SourceFile, type TextFile } from "./source/source-file.ts";
import { type TreelessResource, withoutTree } from "./source/without-tree.ts";
import { type Linter, linter } from "./validate/lints/index.ts";
import { trafficProtocols } from "./validate/traffic-protocol.ts";
import { type PolicyValidator, policyValidator } from "./validate/validate.ts";

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
 * Reads files and judges the policies in them: what {@link load} and {@link check} do, but document by document, so that
 * the trees of a large bundle are never in memory together. What depends on other documents is decided when all are
 * read; for that a policy is read again where something of its mesh may have to do with it.
 */
export function checkFiles(
  sources: readonly SourceFile[],
  target: Target,
  controlPlane: ControlPlane = {},
): CheckedFiles {
  const judges = { validate: policyValidator(target, controlPlane), ...linter(target) };
  const read = inPathOrder(sources).map((source) => checkFile(source, judges));
  const files = read.map(({ file }) => file);
  const resources = read.flatMap((file) => file.parts.flatMap((part) => part.resources));
  const judged = read.flatMap((file) => file.parts.flatMap((part) => part.policies));

  judgeTraffic(judged, resources, judges.validate);
  const withSpec = judged.flatMap(({ resource, hasSpec }) => (hasSpec ? [resource] : []));
  const later = Map.groupBy(
    [...duplicateResources({ files, resources }), ...judges.lintMeshes(resources, withSpec)],
    ({ file }) => file,
  );
  return {
    files,
    policies: judged.length,
    diagnostics: read.flatMap(({ file, parts }) => findings(parts, later.get(file.path) ?? [])),
  };
}

interface Judges extends Linter {
  readonly validate: PolicyValidator;
}

interface CheckedFile {
  readonly file: TextFile;
  readonly parts: readonly CheckedPart[];
}

/** What is kept of a part of a file when it is judged. */
interface CheckedPart extends Span {
  readonly resources: readonly Resource[];
  readonly policies: readonly JudgedPolicy[];
  /** What is wrong with its YAML. */
  readonly unreadable: readonly Diagnostic[];
}

interface JudgedPolicy {
  readonly resource: TreelessResource;
  readonly hasSpec: boolean;
  /** What Kuma and Envoy say. */
  said: readonly Diagnostic[];
  readonly lints: readonly Diagnostic[];
}

function checkFile(source: SourceFile, judges: Judges): CheckedFile {
  const { value: file, diagnostics } = decodeFile(source);
  const unread = { start: 0, end: file.text.length, resources: [], policies: [], unreadable: diagnostics };
  const parts =
    diagnostics.length > 0 ? [unread] : Array.from(readResourcesByPart(file), (part) => checkPart(part, file, judges));
  return { file, parts };
}

function checkPart(part: PartResources, file: TextFile, { validate, lintPolicy }: Judges): CheckedPart {
  const policies: JudgedPolicy[] = [];
  const resources = part.resources.map((resource) => {
    if (resource.kind !== "MeshAccessLog") return resource;
    const kept = withoutTree(resource, file, part);
    policies.push({
      resource: kept,
      hasSpec: resource.spec !== undefined,
      said: validate(resource).diagnostics,
      lints: lintPolicy(resource),
    });
    return kept;
  });
  return { start: part.start, end: part.end, resources, policies, unreadable: part.diagnostics };
}

/** What of formats depends on the traffic that is logged: it is known where the bundle says of a service that it is TCP. */
function judgeTraffic(
  policies: readonly JudgedPolicy[],
  resources: readonly Resource[],
  validate: PolicyValidator,
): void {
  const protocols = trafficProtocols(resources);
  if (!protocols.someAreTcp) return;
  for (const policy of policies) policy.said = validate(policy.resource.whole(), protocols.of).diagnostics;
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
  return parts.flatMap(({ end, policies, unreadable }, i) => {
    const added = byPart.get(i) ?? [];
    const own = [...atEnd, ...unreadable];
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
