import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { civilTime } from "../../packages/parser/src/rendering/time/civil-time.ts";
import { strftime } from "../../packages/parser/src/rendering/time/strftime.ts";
import { expect, test } from "vitest";

/** Seconds since 1970, a pattern, and what glibc 2.36 printed for it in the locale C and in UTC. */
type Recorded = readonly [seconds: number, pattern: string, printed: string];

const recorded = JSON.parse(readFileSync(resolve(import.meta.dirname, "strftime.json"), "utf8")) as readonly Recorded[];

test(`${recorded.length} random conversions print what the C library prints`, () => {
  const differences = recorded.flatMap(([seconds, pattern, printed]) => {
    const civil = civilTime({ seconds, nanoseconds: 0 }, { offset: 0 });
    const ours = civil && strftime(pattern, civil, 1000);
    return ours === printed ? [] : [{ seconds, pattern, printed, ours }];
  });
  expect(recorded.length).toBeGreaterThan(500);
  expect(differences).toEqual([]);
});
