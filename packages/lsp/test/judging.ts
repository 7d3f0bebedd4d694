import { surroundingsOf } from "@meshlog/compiler";
import { defaultTarget } from "@meshlog/parser";
import type { PolicyDocument } from "../src/document.ts";
import type { Judging } from "../src/findings.ts";

/** How a file is judged that no other belongs to, with nothing configured. */
export function judgingAlone(document: PolicyDocument): Judging {
  return {
    target: defaultTarget,
    controlPlane,
    levels: {},
    bundle: { folder: "file:///", documents: [document] },
    expected: surroundingsOf([], []),
    hasRepetitions: () => true,
    surroundings: () =>
      surroundingsOf(
        [...document.sections].flatMap(({ section }) => section.others()),
        [...document.sections].flatMap(({ section }) => section.traces()),
      ),
  };
}

const controlPlane = {};
