import type { MatchFacts } from "../kuma/match-facts.ts";
import { compareText } from "../validate/compare-text.ts";
import { intersects, type TagSubset } from "./tag-subset.ts";

/** A subset, and where the items that are for it stand in the list of all items. */
export interface PlacedSubset {
  readonly subset: TagSubset;
  readonly places: readonly number[];
}

type Facts = Pick<MatchFacts, "tagGroups" | "tagIntersection">;

/**
 * The groups of subsets that are partitioned together, in Kuma's order: by the numbers of their items as one text,
 * descending (`sortComponents`, pkg/plugins/policies/core/rules/rules.go:521@v2.14.3).
 *
 * @param subsets each once.
 */
export function tagGroups(subsets: readonly PlacedSubset[], facts: Facts): readonly (readonly TagSubset[])[] {
  return groupsOf(subsets, facts)
    .map((group) => ({ group, text: numbersOf(group) }))
    .sort((a, b) => compareText(b.text, a.text))
    .map(({ group }) => group.map(({ subset }) => subset));
}

function numbersOf(group: readonly PlacedSubset[]): string {
  return group
    .flatMap(({ places }) => places)
    .sort((a, b) => a - b)
    .join(":");
}

function groupsOf(subsets: readonly PlacedSubset[], facts: Facts): readonly (readonly PlacedSubset[])[] {
  if (facts.tagGroups === "one" || subsets.length === 0) return [subsets];
  // What meets everything belongs to every group.
  const everywhere = subsets.filter(({ subset }) => subset.length === 0);
  const others = subsets.filter(({ subset }) => subset.length > 0);
  if (others.length === 0 || (facts.tagGroups === "components" && everywhere.length > 0)) return [subsets];
  const groups = haveSameKeys(others)
    ? others.map((one) => [one])
    : grouping[facts.tagGroups](neighbours(others, facts)).map((group) => group.flatMap((i) => others[i] ?? []));
  return groups.map((group) => [...everywhere, ...group]);
}

/** Different subsets with the same keys never meet. */
function haveSameKeys(subsets: readonly PlacedSubset[]): boolean {
  const keys = subsets.map(({ subset }) => JSON.stringify(subset.map(({ key }) => key).sort()));
  return keys.every((one) => one === keys[0]);
}

/** For each node, the nodes that it hangs together with, itself not among them. */
type Graph = readonly ReadonlySet<number>[];

function neighbours(subsets: readonly PlacedSubset[], facts: Facts): Graph {
  return subsets.map(
    ({ subset: a }, i) =>
      new Set(
        subsets.flatMap(({ subset: b }, j) =>
          i !== j && (intersects(a, b, facts) || intersects(b, a, facts)) ? [j] : [],
        ),
      ),
  );
}

const grouping: Readonly<Record<"components" | "cliques", (graph: Graph) => readonly (readonly number[])[]>> = {
  components: connectedComponents,
  cliques: (graph) => maximalCliques(graph, [], [...graph.keys()], []),
};

function connectedComponents(graph: Graph): readonly (readonly number[])[] {
  const seen = new Set<number>();
  return [...graph.keys()].flatMap((start) => {
    if (seen.has(start)) return [];
    const component = [start];
    seen.add(start);
    for (const node of component) {
      for (const next of graph[node] ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        component.push(next);
      }
    }
    return [component];
  });
}

/**
 * Bron and Kerbosch, with a pivot: the candidates next to it wait for it, or for another candidate that it is not next to.
 *
 * @param candidates the nodes that may join the clique.
 * @param done the nodes that could too, but whose cliques are found already.
 */
function maximalCliques(
  graph: Graph,
  clique: readonly number[],
  candidates: readonly number[],
  done: readonly number[],
): readonly (readonly number[])[] {
  if (candidates.length === 0) return done.length === 0 ? [clique] : [];
  const nextTo = (node: number, nodes: readonly number[]): readonly number[] =>
    nodes.filter((other) => graph[node]?.has(other));
  const nodes = [...candidates, ...done];
  const degrees = nodes.map((node) => nextTo(node, candidates).length);
  const pivot = nodes[degrees.indexOf(Math.max(...degrees))];
  const chosen = candidates.filter((node) => pivot === undefined || !graph[pivot]?.has(node));
  return chosen.flatMap((node, i) => {
    const tried = chosen.slice(0, i);
    const open = candidates.filter((candidate) => !tried.includes(candidate));
    return maximalCliques(graph, [...clique, node], nextTo(node, open), nextTo(node, [...done, ...tried]));
  });
}
