import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type KumaRelease, kumaReleases } from "../../packages/parser/src/index.ts";
import { load } from "../../packages/compiler/src/source/load.ts";
import { readDocuments } from "../../packages/compiler/src/source/read-documents.ts";
import type { Resource } from "../../packages/compiler/src/source/resources.ts";
import { decodeFile } from "../../packages/compiler/src/source/source-file.ts";
import { type Json, toJson } from "../../packages/compiler/src/source/tree.ts";
import type { EffectiveConf } from "../../packages/compiler/src/match/effective-conf.ts";
import type { LegacyRule } from "../../packages/compiler/src/match/legacy-rules.ts";
import { itemsOf } from "../../packages/compiler/src/match/policy-items.ts";
import type { Conf, MeshAccessLogSpec, Policy } from "../../packages/compiler/src/validate/policy.ts";
import { goldensFolder } from "./shared-folder.ts";

/** What Kuma's own tests of its rule builders say: policies of any kind, and the rules that come of them. */
export interface RuleGolden {
  readonly release: KumaRelease;
  /** What is built; `rules` is any of the three before it. */
  readonly group: "from" | "to" | "single" | "rules" | "resourcerules" | "inboundrules" | "sort";
  readonly name: string;
  /** The way from one control plane to another that the resources have gone, if any. */
  readonly transform?: string;
  readonly documents: readonly JsonMap[];
  readonly expected: Json;
}

export type { Json };
export type JsonMap = Readonly<Record<string, Json>>;

/** All of them that are there. */
export function ruleGoldens(): readonly RuleGolden[] {
  if (goldensFolder === undefined) return [];
  return globSync("*/core/rules/**/*.{input,policy}.yaml", { cwd: goldensFolder })
    .sort()
    .flatMap((input) => goldensOf(join(goldensFolder ?? "", input), input.split("/")[0] ?? ""));
}

function goldensOf(input: string, version: string): readonly RuleGolden[] {
  const [folder, name] = [dirname(input), basename(input).replace(/\.(?:input|policy)\.yaml$/, "")];
  const release = kumaReleases.find((one) => one.name === version);
  if (release === undefined) throw new Error(`there is no Kuma ${version}`);
  const documents = readYaml(input).map(map);
  return globSync([`${name}.golden.yaml`, `${name}.*.golden.yaml`, `${name}/*.golden.yaml`], { cwd: folder })
    .sort()
    .map((file) => {
      const [, transform] = /([^./]+)\.golden\.yaml$/.exec(file) ?? [];
      return {
        release,
        group: basename(folder) as RuleGolden["group"],
        name,
        ...(transform === undefined || transform === name ? {} : { transform }),
        documents,
        expected: readYaml(join(folder, file))[0] ?? {},
      };
    });
}

/** The documents of a file. */
export function readYaml(path: string): readonly Json[] {
  const { value } = decodeFile({ path, content: readFileSync(path) });
  return readDocuments(value).value.flatMap(({ root }) => (root === undefined ? [] : [toJson(root)]));
}

/** The resources of a golden, as its control plane has them. */
export function transformed({ release, group, name, transform, documents }: RuleGolden): readonly JsonMap[] {
  if (transform === undefined) return documents;
  const manifest = readJson(join(goldensFolder ?? "", release.name, "core/manifest.json"));
  const steps = text(map(manifest["resourceRulesTransforms"])[transform]);
  return transformedBy(release.name, `${group}/${name}/${transform}`, steps, documents);
}

/**
 * Resources as they are after some steps from one control plane to another.
 *
 * @param key what their names are then is known by.
 * @param steps such as `systemPolicy(syncToUni(globalUni))`; the innermost adds the labels of an origin, the others some more.
 */
export function transformedBy(
  version: string,
  key: string,
  steps: string,
  documents: readonly JsonMap[],
): readonly JsonMap[] {
  const core = join(goldensFolder ?? "", version, "core");
  const names = map(readJson(join(core, "names.json"))[key]);
  const origin = map(readJson(join(core, "manifest.json"))["metaTransforms"])[/\w+(?=\)*$)/.exec(steps)?.[0] ?? ""];
  const [outermost = ""] = steps.split("(");
  return documents.map((document) => {
    if (document["type"] === "Mesh") return document;
    const own = { name: text(document["name"]), mesh: text(document["mesh"]) };
    const added = Object.entries(map(map(origin)["labels"])).map(([label, value]) => [
      label,
      text(value).replace("<name>", own.name).replace("<mesh>", own.mesh),
    ]);
    return {
      ...document,
      name: names[`${text(document["type"])}/${own.name}`] ?? own.name,
      labels: { ...(Object.fromEntries(added) as JsonMap), ...map(document["labels"]), ...roleLabels[outermost] },
    };
  });
}

/** What a step says of the role of a policy, whatever it was. */
const roleLabels: Readonly<Record<string, JsonMap>> = {
  systemPolicy: { "kuma.io/policy-role": "system", "k8s.kuma.io/namespace": "kuma-system" },
  producerPolicy: { "kuma.io/policy-role": "producer" },
};

/** What a JSON file holds. */
export function readJson(path: string): JsonMap {
  return JSON.parse(readFileSync(path, "utf8")) as JsonMap;
}

/** A document as a resource; a policy of another kind as a MeshAccessLog, which is ordered and matched just so. */
export function resource(document: JsonMap, kind: string = text(document["type"])): Resource {
  const content = JSON.stringify({ ...document, type: kind });
  const [found] = load([{ path: "golden.yaml", content }]).value.resources;
  if (found === undefined) throw new Error(`${kind} is no resource`);
  return found;
}

/** What the items of policies say, by the conf that stands for it in {@link policy}. */
const said = new WeakMap<Conf, Json>();

/**
 * A policy of any kind as a MeshAccessLog. All its items have backends, so of those that are merged the last wins, and the
 * others are overridden in the order in which they were merged. A policy of one item has it for the Mesh.
 */
export function policy(document: JsonMap): Policy {
  const { default: single, ...spec } = map(document["spec"]);
  const lists = {
    ...(single === undefined ? {} : { to: [{ targetRef: { kind: "Mesh" }, default: single }] }),
    ...spec,
  };
  const marked = Object.entries(lists).map(([field, value]) => [field, Array.isArray(value) ? value.map(mark) : value]);
  return { resource: resource(document, "MeshAccessLog"), spec: Object.fromEntries(marked) as MeshAccessLogSpec };
}

function mark(item: Json): object {
  const { default: conf = null, ...rest } = map(item);
  const marker: Conf = { backends: [] };
  said.set(marker, conf);
  return { ...rest, default: marker };
}

/** The items that were merged to a conf, in that order. */
export function merged({ from, overridden }: EffectiveConf): readonly MergedItem[] {
  return [...overridden, from].map(({ policy: { resource: origin, spec }, ...ref }) => {
    const { to = [], from: sources = [] } = spec;
    const starts = [0, to.length, to.length + sources.length].filter((start) => start <= ref.item);
    const { default: conf } = itemsOf({ resource: origin, spec })[ref.item] ?? {};
    return { origin: identity(origin), index: ref.item - (starts.at(-1) ?? 0), conf: (conf && said.get(conf)) ?? null };
  });
}

export interface MergedItem {
  /** A text for the policy. */
  readonly origin: string;
  /** In its list. */
  readonly index: number;
  readonly conf: Json;
}

/** A policy as text: some of the same name differ in labels. */
function identity({ name, labels }: Resource): string {
  return `${name} ${JSON.stringify([...labels].sort())}`;
}

/** The same text for what a golden says of a policy. */
export function originOf(meta: JsonMap): string {
  const labels = Object.entries(map(meta["labels"] ?? meta["Labels"]));
  return `${text(meta["name"] ?? meta["Name"])} ${JSON.stringify(labels.sort())}`;
}

/** Confs merged by JSON Merge Patch, durations as numbers of seconds. */
export function mergedConf(items: readonly MergedItem[]): Json {
  return items.map(({ conf }) => inSeconds(conf)).reduce(mergePatch);
}

function mergePatch(before: Json, patch: Json): Json {
  if (!isMap(patch)) return patch;
  const old = isMap(before) ? before : {};
  const changed = Object.entries(patch).map(([key, value]) => [key, mergePatch(old[key] ?? {}, value)] as const);
  return Object.fromEntries([...Object.entries(old), ...changed].filter(([, value]) => value !== null));
}

/** A JSON value with every duration of Go's as its seconds. */
export function inSeconds(json: Json): Json {
  if (Array.isArray(json)) return json.map(inSeconds);
  if (isMap(json)) return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, inSeconds(value)]));
  if (typeof json !== "string" || !/^(?=.)(?:\d+h)?(?:\d+m)?(?:\d+s)?$/.test(json)) return json;
  const count = (unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(json)?.[1] ?? 0);
  return count("h") * 3600 + count("m") * 60 + count("s");
}

function isMap(json: Json): json is JsonMap {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

export function map(json: Json | undefined): JsonMap {
  return json !== undefined && isMap(json) ? json : {};
}

export function list(json: Json | undefined): readonly Json[] {
  return Array.isArray(json) ? (json as readonly Json[]) : [];
}

export function text(json: Json | undefined): string {
  return typeof json === "string" || typeof json === "number" ? String(json) : "";
}

/** A subset as text. Older releases write tags in no order. */
export function tagsOf({ subset }: LegacyRule): readonly string[] {
  return subset.map(({ key, value, isNegative }) => `${key} ${isNegative ? "!" : ""}${value}`).sort();
}

/** The same text for a subset of a golden. */
export function tagsIn(subset: Json | undefined): readonly string[] {
  return list(subset)
    .map(map)
    .map(({ Key, Value, Not }) => `${text(Key)} ${Not === true ? "!" : ""}${text(Value)}`)
    .sort();
}

/** The policies behind a conf and the indices of their items, as text, in the order in which they were merged. */
export function originsOf(rule: EffectiveConf): readonly string[] {
  return merged(rule).map(({ origin, index }) => `${origin} ${index}`);
}

/** The same text for the origins of a golden. */
export function originsIn(origins: Json | undefined): readonly string[] {
  return list(origins)
    .map(map)
    .map(({ Resource, RuleIndex }) => `${originOf(map(Resource))} ${text(RuleIndex)}`);
}
