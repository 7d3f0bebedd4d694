import {
  type FormatPlace,
  type Node,
  type Resource,
  sampleKumaValues,
  samples,
  sideOf,
  trafficFacts,
} from "@meshlog/compiler";
import { type Facts, type Format, render, type Target } from "@meshlog/parser";

let sampleFacts: Facts | undefined;

/**
 * What a format prints for sample traffic in its place of a policy (Markdown), as the newest release of a target does;
 * `undefined` where that cannot be told, as of a format that Envoy refuses.
 */
export function sampleLine(
  format: Format,
  { at }: FormatPlace,
  { mesh, node }: Pick<Resource, "mesh" | "node">,
  target: Target,
  zone: string | undefined,
): string | undefined {
  const release = target.members.at(-1);
  if (release === undefined || format.text === "") return undefined;
  sampleFacts ??= trafficFacts(samples["http"] ?? {});
  const side = sideOf(at.slice(0, 2).join("."));
  const kumaValues = {
    ...sampleKumaValues(side),
    ...(mesh !== "" && { KUMA_MESH: mesh }),
    ...(zone && { KUMA_ZONE: zone }),
  };
  const omitEmptyValues = isEmptyOmitted(node, at);
  const { value } = render(format, sampleFacts, { release, kumaValues, omitEmptyValues });
  if (value?.text === undefined) return undefined;
  const longest = Math.max(2, ...Array.from(value.text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `A request (${side}) prints:\n\n${fence}text\n${value.text}\n${fence}`;
}

/** Whether the format around a place leaves out what is empty. */
function isEmptyOmitted(resource: Node, at: FormatPlace["at"]): boolean {
  const format = at.slice(0, at.indexOf("format") + 1).reduce<Node | undefined>(childOf, resource);
  const omitted = format?.kind === "map" ? format.get("omitEmptyValues") : undefined;
  return omitted?.kind === "scalar" && omitted.value === true;
}

function childOf(node: Node | undefined, key: string | number): Node | undefined {
  if (node?.kind === "map") return node.get(String(key));
  return node?.kind === "list" ? node.items[Number(key)]?.value : undefined;
}
