import type { PartsJudge } from "../../check-files.ts";
import { sizeOf, type SourceFile } from "../../source/source-file.ts";
import type { CheckTask } from "./check-task.ts";
import { judgeShared } from "./judge-shared.ts";
import { withWorkers } from "./pool.ts";

/** How much text is worth a thread, in UTF-16 units: below that it would only be as fast as the first when all is done. */
const worthAThread = 1 << 25;

/**
 * Runs a check with several threads, this one among them.
 *
 * @param jobs how many threads there are at most; a small bundle gets fewer.
 * @param run is given what judges policies; nothing if one thread is enough.
 */
export function withCheckJobs<T>(
  jobs: number,
  sources: readonly SourceFile[],
  task: Omit<CheckTask, "kind">,
  run: (judgePolicies?: PartsJudge) => Promise<T>,
): Promise<T> {
  const others = Math.min(jobs, Math.ceil(sizeOf(sources) / worthAThread)) - 1;
  if (others < 1) return run();
  return withWorkers(
    Array.from({ length: others }, () => ({ kind: "check", ...task })),
    (crew) => run(judgeShared(crew)),
  );
}
