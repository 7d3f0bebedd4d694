import { policies } from "../inputs/worlds.ts";
import { writeYaml, type Yaml } from "../inputs/write-yaml.ts";

/** How policies stand in a file: each as a document, or all as the items of one List. */
export type Shape = "documents" | "a List";

/** The longest policy, in lines: people write short ones. */
const longest = 50;

/** A file of MeshAccessLogs as `kubectl` prints them, of at least so many lines; a policy has at most 50. */
export function policyFile(shape: Shape, lines: number): string {
  const resources: Yaml[] = [];
  let count = 0;
  for (const policy of policies(lines)) {
    const resource = asKubernetes(policy);
    const own = countLines(writeYaml([resource]));
    if (own > longest) continue;
    resources.push(resource);
    count += own;
    if (count >= lines) break;
  }
  return shape === "documents"
    ? writeYaml(resources)
    : writeYaml([{ apiVersion: "v1", kind: "List", items: resources }]);
}

/** The lines of a text. */
export function countLines(text: string): number {
  return text.split("\n").length - 1;
}

function asKubernetes(policy: Yaml): Yaml {
  const { name, labels, spec } = policy as Readonly<Record<"name" | "labels" | "spec", Yaml>>;
  return {
    apiVersion: "kuma.io/v1alpha1",
    kind: "MeshAccessLog",
    metadata: { name, namespace: "kuma-system", labels },
    spec,
  };
}
