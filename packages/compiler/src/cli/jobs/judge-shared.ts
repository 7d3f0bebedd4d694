import type { PartsJudge } from "../../check-files.ts";
import type { CheckedPart, FilePart, JudgedPolicy } from "../../check-parts.ts";
import { oneCopy } from "../../one-copy.ts";
import { identityOf } from "../../source/identity.ts";
import { PartReader, treeless } from "../../source/without-tree.ts";
import { type PackedPolicy, type PackedPortion, takePortion } from "./check-task.ts";
import { findingUnpacker, type NextFinding } from "./packed-findings.ts";
import type { Crew } from "./pool.ts";
import { shareParts } from "./share-parts.ts";

/**
 * Judges parts of files in this thread and in workers: whoever is free takes the next portion.
 *
 * @param portionSize how many UTF-16 units of text that is: by default what takes milliseconds, so that all end at the same
 *   time.
 */
export function judgeShared({ workers, wait }: Crew, portionSize: number = 1 << 16): PartsJudge {
  const unpackers = workers.map(() => findingUnpacker());
  const reader = new PartReader();
  return async (parts, tcp, judge) => {
    const shared = shareParts(parts, tcp, portionSize);
    const { portions } = shared;
    const others: (readonly [unpack: (typeof unpackers)[number], found: PackedPortion])[] = [];
    let missing = portions.length - 1;
    const arrived = new Promise<void>((resolve) => {
      for (const [i, unpack] of unpackers.entries()) {
        workers[i]?.removeAllListeners("message").on("message", (found: PackedPortion) => {
          others.push([unpack, found]);
          missing--;
          if (missing === 0) resolve();
        });
        workers[i]?.postMessage(shared);
      }
    });

    const checked: CheckedPart[] = [];
    const judgeOne = (part: FilePart, i: number): void => void (checked[i] = judge(part, tcp));
    for (let taken = takePortion(shared); taken !== undefined; taken = takePortion(shared)) {
      const first = portions[taken] ?? 0;
      for (const [i, part] of parts.slice(first, portions[taken + 1]).entries()) judgeOne(part, first + i);
      missing--;
    }
    if (missing > 0) await wait(arrived);
    for (const [unpack, found] of others) {
      const next = unpack(found);
      const first = portions[found.portion] ?? 0;
      let before = 0;
      for (const [i, part] of parts.slice(first, portions[found.portion + 1]).entries()) {
        const policies = found.parts[i];
        if (policies === undefined) judgeOne(part, first + i);
        else checked[first + i] = unpackPart(part, policies, part.start - before, next, reader);
        before += part.end - part.start;
      }
    }
    return checked;
  };
}

/** @param offset from where a place is in its portion to where it is in the file. */
function unpackPart(
  part: FilePart,
  packed: readonly PackedPolicy[],
  offset: number,
  next: NextFinding,
  reader: PartReader,
): CheckedPart {
  const { start, end, file } = part;
  const policies = packed.map((policy): JudgedPolicy => {
    const { hasSpec, said, lints, ...rest } = policy;
    const head = {
      ...rest,
      kind: "MeshAccessLog",
      mesh: oneCopy(rest.mesh),
      file: file.path,
      start: offset + rest.start,
    };
    const resource = treeless(head, file, { start, end }, reader);
    const about = identityOf(resource);
    const findings = (count: number): JudgedPolicy["said"] =>
      Array.from({ length: count }, () => next(file.path, offset, about));
    return { resource, hasSpec, said: findings(said), lints: findings(lints) };
  });
  return { start, end, resources: policies.map(({ resource }) => resource), policies, unreadable: [] };
}
