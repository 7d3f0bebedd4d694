import type { Format, Operator, Part } from "../ast.ts";
import { type Bytes, toBytes } from "./bytes.ts";
import { evaluate } from "./evaluate.ts";
import type { Scene } from "./scene.ts";
import { textOf, type Value } from "./value.ts";

/** What the parts of a text format print, one after the other. What is missing prints `-`, or nothing. */
export function renderText({ parts }: Format, scene: Scene, isEmptyOmitted: boolean): readonly Bytes[] {
  return parts.map((part) => renderPart(part, scene, isEmptyOmitted));
}

function renderPart(part: Part, scene: Scene, isEmptyOmitted: boolean): Bytes {
  switch (part.kind) {
    case "text":
      return toBytes(part.text);
    case "escape":
      return "%";
    case "operator":
      return textOf(evaluate(part, scene)) ?? (isEmptyOmitted ? "" : "-");
    case "kuma":
    case "broken":
    case "stray":
      throw new Error("Envoy has accepted the format: it has no such part");
  }
}

/** The value of a format that is one operator and nothing else. */
export function valueOfSingle({ parts }: Format, scene: Scene): Value | undefined {
  const single = singleOperator(parts);
  return single && evaluate(single, scene);
}

function singleOperator([first, ...others]: readonly Part[]): Operator | undefined {
  return first?.kind === "operator" && others.length === 0 ? first : undefined;
}
