import type { MessagePort } from "node:worker_threads";
import { compileStore } from "../../compile.ts";
import type { WrittenProxy } from "../../emit/text.ts";
import { readStore } from "../../read-store.ts";
import { compileTarget } from "../targets.ts";
import { isWanted } from "../wanted-proxies.ts";
import type { CompiledShare, CompileTask } from "./compile-task.ts";
import { ownShares, waitForRoom } from "./proxy-shares.ts";

/** Compiles the shares of a bundle's proxies that it can get, and sends them back. */
export function runCompileWorker(task: CompileTask, port: MessagePort): void {
  const { sources, controlPlane, explains, layout, shares } = task;
  const kuma = compileTarget({ kuma: task.kuma });
  const { value: store } = readStore(sources, kuma, controlPlane);
  const own = ownShares(shares);
  const isOwn = isWanted(task.wanted);
  const wants: typeof isOwn = (proxy) => isOwn(proxy) && own.isNextOwn();
  const { value } = compileStore(store, kuma, { controlPlane, explains, wants });

  let made: WrittenProxy[] = [];
  let share = -1;
  const send = (): void => {
    if (made.length > 0) port.postMessage({ share, proxies: made } satisfies CompiledShare);
    made = [];
  };
  for (const { pieces, ...proxy } of value.written(layout)) {
    if (own.current() !== share) {
      send();
      share = own.current();
      waitForRoom(shares, share);
    }
    made.push({ ...proxy, pieces: [pieces.join("")] });
  }
  send();
}
