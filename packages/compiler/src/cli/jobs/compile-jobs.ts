import type { WrittenProxy } from "../../emit/text.ts";
import type { SourceFile } from "../../source/source-file.ts";
import type { CompileTask } from "./compile-task.ts";
import { withWorkers } from "./pool.ts";
import { ownShares, proxyShares } from "./proxy-shares.ts";
import { sharedProxies } from "./shared-proxies.ts";

/** The proxies of a bundle as several threads compile them. */
export interface SharedCompilation {
  /** Whether the next proxy is this thread's: to be asked once for each that is wanted, in their order. */
  readonly isNextOwn: () => boolean;
  /** All proxies in their order: those that this thread makes, and the others. */
  readonly all: (made: Iterable<WrittenProxy>) => AsyncIterable<WrittenProxy>;
}

/**
 * How many services are worth a thread: it has to read the whole bundle before it can compile the first proxy, and the
 * replicas of a workload are made faster than they are handed over (benchmarks/compile.ts).
 */
const worthAThread = 4000;

/**
 * Compiles with several threads, this one among them.
 *
 * @param jobs how many threads there are at most; few services get fewer.
 * @param run is given what shares the proxies; nothing if one thread is enough.
 */
export function withCompileJobs<T>(
  jobs: number,
  task: Omit<CompileTask, "kind" | "shares">,
  run: (shared?: SharedCompilation) => Promise<T>,
): Promise<T> {
  const threads = Math.min(jobs, Math.ceil(servicesIn(task) / worthAThread));
  if (threads < 2) return run();
  const shares = proxyShares(threads);
  const own = ownShares(shares);
  return withWorkers(
    Array.from({ length: threads - 1 }, () => ({ kind: "compile", ...task, shares })),
    (crew) => run({ isNextOwn: own.isNextOwn, all: (made) => sharedProxies(crew, shares, own, made) }),
  );
}

/** How many services the proxies may be of, from a glance at the files. */
function servicesIn({ sources, wanted }: Pick<CompileTask, "sources" | "wanted">): number {
  if (wanted.dataplane !== undefined) return 1;
  return new Set(sources.flatMap(servicesNamedIn)).size;
}

function servicesNamedIn({ content }: SourceFile): readonly string[] {
  return typeof content === "string" ? (content.match(/\bkuma\.io\/service"?: *"?[\w.-]+/g) ?? []) : [];
}
