/**
 * How the time of render grows with the format and with the facts: twice the input should take twice the time.
 *
 *     node --expose-gc --conditions=@meshlog/source benchmarks/rendering.ts [ROUNDS]
 */
import { parse, render } from "../packages/parser/src/index.ts";
import { growth, row } from "./growth.ts";

const rounds = Number(process.argv[2] ?? 5);
const sizes = [125_000, 250_000, 500_000];

/** What is rendered: a format of about a size, or a fact of that size in a small format. */
interface Input {
  readonly format: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const many =
  (piece: string, facts: Input["facts"] = {}) =>
  (size: number): Input => ({
    format: piece.repeat(Math.ceil(size / piece.length)),
    facts,
  });
const large =
  (format: string, operator: string, piece: string) =>
  (size: number): Input => ({
    format,
    facts: { [operator]: piece.repeat(Math.ceil(size / piece.length)) },
  });

const inputs: Readonly<Record<string, (size: number) => Input>> = {
  "literal text": many("a line of text "),
  "%%": many("%%"),
  "%PROTOCOL%": many("%PROTOCOL%", { "%PROTOCOL%": "HTTP/1.1" }),
  "%REQ(A?B):3%": many("%REQ(A?B):3%", { "%REQ(A)%": null, "%REQ(B)%": "value" }),
  "%START_TIME(%Y-%m-%d %f)%": many("%START_TIME(%Y-%m-%d %f)%", { "%START_TIME%": "2026-01-02T03:04:05.678Z" }),
  "a long time pattern": (size) => ({
    format: `%START_TIME(${"%H:%M ".repeat(size / 6)})%`,
    facts: { "%START_TIME%": "2026-01-02T03:04:05.678Z" },
  }),
  "a long header": large("%REQ(A)% %REQ(A):10%", "%REQ(A)%", "é"),
  "a header that is no UTF-8": large("%REQ(A)%", "%REQ(A)%", "\u0080"),
};

console.log(`milliseconds for 125 kB, 250 kB and 500 kB, the best of ${rounds}; × for each doubling, and for the last`);
let worst = 0;
for (const [name, make] of Object.entries(inputs)) {
  const found = growth(
    sizes.map(make),
    ({ format, facts }) => void render(parse(format), { facts, isComplete: true }),
    rounds,
  );
  worst = Math.max(worst, found.perDoubling);
  console.log(row(name, found));
}
console.log(`twice the input takes at most ${worst.toFixed(2)} times the time`);
