/** What a worker thread runs; what its task needs is loaded for it alone. */
import module from "node:module";
import { parentPort, workerData } from "node:worker_threads";
import type { WorkerTask } from "./worker-task.ts";

if (parentPort === null) throw new Error("this is for worker threads");
// As bin/meshlog.js does: what a thread compiles does not count for the others.
module.enableCompileCache();
const task = workerData as WorkerTask;
switch (task.kind) {
  case "check": {
    const { runCheckWorker } = await import("./check-worker.ts");
    runCheckWorker(task, parentPort);
    break;
  }
  case "compile": {
    const { runCompileWorker } = await import("./compile-worker.ts");
    runCompileWorker(task, parentPort);
    break;
  }
}
