import { policyFields } from "@meshlog/compiler";
import type { PolicyField } from "@meshlog/compiler";
import { kumaReleases, type KumaRelease } from "@meshlog/parser";
import { code, page, prose, table } from "./markdown.ts";
import { kumaRange } from "./releases.ts";

type Shape = "universal" | "kubernetes";

/** An option of a policy, and the releases that have it. */
interface Option {
  readonly means: string | undefined;
  readonly type: string;
  readonly releases: Set<KumaRelease>;
  readonly required: Set<KumaRelease>;
  readonly values: Map<string, Set<KumaRelease>>;
  readonly defaults: Set<string>;
}

/** Every option of a MeshAccessLog: what it is, its values, and the releases of Kuma that have it. */
export function policyOptions(): string {
  return page(
    "# Policy options",
    "Every option of a MeshAccessLog by the releases of Kuma whose schema has it. What else Kuma demands of a value is under [diagnostics](/diagnostics/#policy).",
    "## Universal",
    optionTable("universal"),
    "## Kubernetes",
    "`spec` is the same.",
    optionTable("kubernetes", ["spec"]),
  );
}

function optionTable(shape: Shape, without: readonly string[] = []): string {
  const options = optionsOf(shape);
  return table(
    ["Option", "What it is", "Kuma"],
    [...options]
      .filter(([path]) => !without.some((prefix) => path.startsWith(`${prefix}.`)))
      .map(([path, option]) => [code(path), describe(option), kumaRange((release) => option.releases.has(release))]),
  );
}

function describe({ means, type, releases, required, values, defaults }: Option): string {
  const always = kumaRange((release) => releases.has(release));
  const demanded = kumaRange((release) => required.has(release));
  const valueTexts = Array.from(values, ([value, having]) => {
    const where = kumaRange((release) => having.has(release));
    return where === always ? code(value) : `${code(value)} (${where})`;
  });
  return [
    ...(means === undefined ? [] : [prose(means)]),
    `*${type === "any" ? "any value" : type}*${required.size === 0 ? "" : demanded === always ? ", required" : `, required ${demanded}`}.`,
    ...(valueTexts.length === 0 ? [] : [`One of ${valueTexts.join(", ")}.`]),
    ...(defaults.size === 0 ? [] : [`Default: ${Array.from(defaults, code).join(", ")}.`]),
  ].join(" ");
}

function optionsOf(shape: Shape): ReadonlyMap<string, Option> {
  const options = new Map<string, Option>();
  // The newest first: its order is the one that readers know.
  for (const release of kumaReleases.toReversed()) visit(shape, [], "", release, options);
  return options;
}

/** A list is written as `spec.to[]`. */
function visit(
  shape: Shape,
  path: readonly (string | number)[],
  name: string,
  release: KumaRelease,
  options: Map<string, Option>,
): void {
  for (const field of policyFields(shape, path, [release])) {
    const below = [...path, field.name, ...(field.type === "array" ? [0] : [])];
    const written = `${name === "" ? "" : `${name}.`}${field.name}${field.type === "array" ? "[]" : ""}`;
    note(field, written, release, options);
    visit(shape, below, written, release, options);
  }
}

function note(
  { means, type, isRequired, values = [], default: otherwise }: PolicyField,
  written: string,
  release: KumaRelease,
  options: Map<string, Option>,
): void {
  const option: Option = options.get(written) ?? {
    means,
    type,
    releases: new Set(),
    required: new Set(),
    values: new Map(),
    defaults: new Set(),
  };
  options.set(written, option);
  option.releases.add(release);
  if (isRequired) option.required.add(release);
  if (otherwise !== undefined && otherwise !== "") option.defaults.add(String(otherwise));
  for (const value of values) {
    const having = option.values.get(value) ?? new Set();
    option.values.set(value, having.add(release));
  }
}
