import type { MessagePort } from "node:worker_threads";
import { type CheckedPart, type FilePart, partJudge } from "../../check-parts.ts";
import { identityOf } from "../../source/identity.ts";
import { policyTarget } from "../targets.ts";
import {
  type CheckTask,
  type PackedPolicy,
  type PackedPortion,
  placeSize,
  type SharedParts,
  takePortion,
} from "./check-task.ts";
import { type FindingPacker, findingPacker } from "./packed-findings.ts";

/** Judges portions of all the parts that it is sent, and sends back what it finds. */
export function runCheckWorker({ releases, controlPlane }: CheckTask, port: MessagePort): void {
  const judge = partJudge(policyTarget(releases), controlPlane);
  const packer = findingPacker();
  port.on("message", (shared: SharedParts) => {
    for (let taken = takePortion(shared); taken !== undefined; taken = takePortion(shared)) {
      const parts = partsOf(shared, taken).map((part) => packPart(judge(part, shared.tcp), packer));
      const found: PackedPortion = { portion: taken, parts, ...packer.take() };
      port.postMessage(found, [found.rows.buffer]);
    }
  });
}

/** The parts of a portion, as if they were all that there is of their files. */
function partsOf({ texts, starts, places, portions, files }: SharedParts, portion: number): readonly FilePart[] {
  const [first = 0, next = 0] = portions.subarray(portion, portion + 2);
  const from = starts[first] ?? 0;
  const text = Buffer.from(texts.buffer, from, (starts[next] ?? 0) - from).toString();
  let start = 0;
  return Array.from({ length: next - first }, (_, i) => {
    const [file = 0, index = 0, length = 0] = places.subarray(placeSize * (first + i), placeSize * (first + i + 1));
    const part = { file: { path: files[file] ?? "", text }, start, end: start + length, index, namesPolicies: true };
    start = part.end;
    return part;
  });
}

function packPart(
  { resources, policies, unreadable }: CheckedPart,
  packer: FindingPacker,
): readonly PackedPolicy[] | undefined {
  if (unreadable.length > 0 || policies.length < resources.length) return undefined;
  return policies.map(({ resource, hasSpec, said, lints }) => {
    const { mesh, name, displayName, namespace, shape, creationTime, index, start } = resource;
    const about = identityOf(resource);
    for (const finding of [...said, ...lints]) packer.add(finding, about);
    return {
      ...{ mesh, name, displayName, shape, index, start, hasSpec, said: said.length, lints: lints.length },
      ...(namespace !== undefined && { namespace }),
      ...(creationTime !== undefined && { creationTime }),
    };
  });
}
