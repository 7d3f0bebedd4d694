import type { Span, Target } from "@meshlog/parser";
import type { Diagnostic } from "./diagnostics.ts";
import type { ControlPlane } from "./kuma/control-plane.ts";
import { BlockReader } from "./source/block-reader.ts";
import { readPartOf } from "./source/read-documents.ts";
import { resourcesOfPart } from "./source/read-resources.ts";
import type { Resource } from "./source/resources.ts";
import type { TextFile } from "./source/source-file.ts";
import { PartReader, type TreelessResource, withoutTree } from "./source/without-tree.ts";
import { linter } from "./validate/lints/index.ts";
import { protocolsOf } from "./validate/traffic-protocol.ts";
import { policyValidator } from "./validate/validate.ts";

/** A stretch between document markers of a file, which can be read and judged alone. */
export interface FilePart extends Span {
  readonly file: TextFile;
  /** How many parts of the file stand before it. */
  readonly index: number;
  /** Whether the kind of policies is written in it: in others there may be one by an escape at best. */
  readonly namesPolicies: boolean;
}

/** What is kept of a part of a file when it is judged. */
export interface CheckedPart extends Span {
  readonly resources: readonly Resource[];
  readonly policies: readonly JudgedPolicy[];
  /** What is wrong with its YAML. */
  readonly unreadable: readonly Diagnostic[];
}

/** A MeshAccessLog that was judged by itself. */
export interface JudgedPolicy {
  readonly resource: TreelessResource;
  readonly hasSpec: boolean;
  /** What Kuma and Envoy say. */
  readonly said: readonly Diagnostic[];
  readonly lints: readonly Diagnostic[];
}

/**
 * Judges a part of a file.
 *
 * @param tcp the services that are certain to be TCP, as `trafficProtocols` has them.
 */
export type PartJudge = (part: FilePart, tcp: ReadonlySet<string>) => CheckedPart;

/** A judge that remembers what it said of formats. */
export function partJudge(target: Target, controlPlane: ControlPlane): PartJudge {
  const validate = policyValidator(target, controlPlane);
  const { lintPolicy } = linter(target);
  const again = new PartReader();
  let reader = new BlockReader("");
  let text = "";
  return (part, tcp) => {
    const { file, index, start, end } = part;
    const protocols = protocolsOf(tcp);
    if (file.text !== text) [reader, text] = [new BlockReader(file.text), file.text];
    // Nothing that is said of files depends on how many documents a part has: parts are counted in their stead.
    const { resources: read, diagnostics } = resourcesOfPart(readPartOf(file, part, index, reader), file.path);
    const policies: JudgedPolicy[] = [];
    const resources = read.map((resource) => {
      if (resource.kind !== "MeshAccessLog") return resource;
      const kept = withoutTree(resource, file, part, again);
      policies.push({
        resource: kept,
        hasSpec: resource.spec !== undefined,
        said: validate(resource, protocols).diagnostics,
        lints: trimmed(lintPolicy(resource)),
      });
      return kept;
    });
    return { start, end, resources, policies: trimmed(policies), unreadable: trimmed(diagnostics) };
  };
}

/** A list as it is kept to the end: without the room to grow that it was made with, and one for all that are empty. */
function trimmed<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? none : list.slice();
}

const none: readonly never[] = [];
