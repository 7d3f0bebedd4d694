import { readFile } from "node:fs/promises";
import { until } from "./until.ts";

/** Waits until a log file has that many complete lines, and gives all that it has, without their newlines. */
export async function readLines(path: string, count: number): Promise<readonly string[]> {
  return until(`${path} has ${count} lines`, async () => {
    const written = await readFile(path, "utf8").catch(() => "");
    const lines = written.split("\n").slice(0, -1);
    return lines.length >= count ? lines : undefined;
  });
}
