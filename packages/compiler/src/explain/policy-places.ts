import { type ItemRef, itemsOf } from "../match/policy-items.ts";
import { indexLines, type LineIndex, positionAt } from "../source/positions.ts";
import type { Resource } from "../source/resources.ts";
import type { TextFile } from "../source/source-file.ts";
import { locate } from "../validate/locate.ts";
import type { ItemPlace, PolicyPlace } from "./proxy-explanation.ts";

/** Where policies and their items stand in the files of a bundle. */
export interface PolicyPlaces {
  readonly placeOf: (policy: Resource) => PolicyPlace;
  readonly itemAt: (item: ItemRef) => ItemPlace;
}

/** Finds policies and their items in files. */
export function policyPlaces(files: readonly TextFile[]): PolicyPlaces {
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const indices = new Map<string, LineIndex>();
  const lineOf = (file: string, offset: number): number => {
    const lines = indices.get(file) ?? indexLines(texts.get(file) ?? "");
    indices.set(file, lines);
    return positionAt(lines, offset).line;
  };
  return {
    placeOf: ({ name, file, node }) => ({ policy: name, file, line: lineOf(file, locate(node, []).start) }),
    itemAt({ policy, item }) {
      const { at = [], path = "" } = itemsOf(policy)[item] ?? {};
      const { name, file, node } = policy.resource;
      return { policy: name, file, line: lineOf(file, locate(node, at).start), path };
    },
  };
}
