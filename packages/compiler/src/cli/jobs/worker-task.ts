import type { CheckTask } from "./check-task.ts";
import type { CompileTask } from "./compile-task.ts";

/** What a worker thread is for: it is told when it starts. */
export type WorkerTask = CheckTask | CompileTask;
