import type { Diff } from "../../../diff/diff.ts";
import { omit } from "../../../diff/omit.ts";

/** The document that other programs read, in pieces: one proxy at a time. */
export function* diffJson({ before, after, policies, proxies }: Diff): Generator<string> {
  const json = (value: unknown, depth: number): string =>
    JSON.stringify(value, null, 2).replaceAll("\n", `\n${"  ".repeat(depth)}`);
  yield `{\n  "meshlog": ${before.meshlog},\n  "before": ${json(omit(before, "meshlog"), 1)},\n  "after": ${json(omit(after, "meshlog"), 1)},\n`;
  yield `  "policies": ${json(policies, 1)},\n  "proxies": [`;
  let count = 0;
  for (const proxy of proxies) {
    yield `${count === 0 ? "" : ","}\n    ${json(proxy, 2)}`;
    count++;
  }
  yield `${count === 0 ? "" : "\n  "}],\n  "summary": ${json({ policies: policies.length, proxies: count }, 1)}\n}\n`;
}
