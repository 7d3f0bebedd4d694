import { defaultFormats } from "../packages/compiler/src/kuma/default-formats.ts";
import { scan } from "./parsing/scanner.ts";

/** What the yardstick takes for Kuma's default HTTP format on the machine of the reference, in microseconds. */
const onReference = 3.5;

/** What a time measured on this machine is multiplied by to stand on the reference scale. */
export function referenceScale(): number {
  const formats = 200_000;
  const rounds = Array.from({ length: 9 }, () => {
    const before = process.threadCpuUsage();
    for (let i = 0; i < formats; i++) scan(defaultFormats.http);
    const { user, system } = process.threadCpuUsage(before);
    return (user + system) / formats;
  });
  return onReference / (rounds.toSorted((a, b) => a - b)[rounds.length >> 1] ?? NaN);
}
