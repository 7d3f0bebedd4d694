import { type MapNode, type Path, type PolicyField, policyField, policyFields, textOf } from "@meshlog/compiler";
import type { KumaRelease, Target } from "@meshlog/parser";
import { CompletionItemKind } from "vscode-languageserver";
import { describeField } from "../describe.ts";
import { namesFor } from "../names.ts";
import { kumasOf } from "../releases.ts";
import type { WritePlace } from "../structure.ts";
import type { PlacedResource } from "../workspace/bundles.ts";
import type { Offer } from "./offers.ts";

/** The keys and values of a policy that can be written at a place, in every release of a target. */
export function fieldOffers(place: WritePlace, others: Iterable<PlacedResource>, target: Target): readonly Offer[] {
  const { resource, at, role } = place;
  if (resource.kind !== "MeshAccessLog") return [];
  const kumas = kumasOf(target);
  const field = policyField(resource.shape, at, kumas);
  // An item of a list that is no map looks like a key as long as no `:` follows it.
  const isItem = role === "key" && typeof at.at(-1) === "number" && field?.type === "string";
  if (role === "value" || isItem) return [...valueOffers(field), ...nameOffers(place, others)];
  return [...keyOffers(place, kumas), ...labelOffers(place, others)];
}

function valueOffers(field: PolicyField | undefined): readonly Offer[] {
  const values = field?.values ?? (field?.type === "boolean" ? ["true", "false"] : []);
  return values.map((value, i) => ({
    label: value,
    kind: CompletionItemKind.EnumMember,
    order: `0${String(i).padStart(2, "0")}`,
    text: value,
    isDeprecated: field?.deprecatedValues.includes(value) ?? false,
    ...(field?.means !== undefined && { detail: field.means }),
  }));
}

/** Names that resources in open documents have. */
function nameOffers({ at, map, resource }: WritePlace, others: Iterable<PlacedResource>): readonly Offer[] {
  return namesFor(at, map, resource, others).map(({ text, from }) => ({
    label: text,
    kind: CompletionItemKind.Reference,
    detail: from,
    order: `1${text}`,
    text,
  }));
}

/** Labels and tags: entries whose keys are free. */
function labelOffers({ at, map, resource }: WritePlace, others: Iterable<PlacedResource>): readonly Offer[] {
  const last = at.at(-1);
  if (last !== "labels" && last !== "tags") return [];
  const taken = new Set(map?.entries.map(({ name }) => name));
  return namesFor(at, map, resource, others)
    .filter(({ key }) => key !== undefined && !taken.has(key))
    .map(({ text, key = "", from }) => ({
      label: `${key}: ${text}`,
      kind: CompletionItemKind.Reference,
      detail: from,
      order: `1${key}`,
      text: `${key}: ${text}`,
    }));
}

function keyOffers(place: WritePlace, kumas: readonly KumaRelease[]): readonly Offer[] {
  const { resource, at, map, hasColon } = place;
  const taken = new Set(map?.entries.map(({ name }) => name));
  return policyFields(resource.shape, at, kumas)
    .filter(({ name, isReadOnly }) => !isReadOnly && !taken.has(name))
    .map((field, i): Offer => {
      const { name, means, isRequired, isDeprecated } = field;
      return {
        label: name,
        kind: CompletionItemKind.Field,
        ...(means !== undefined && { detail: isRequired ? `${means} Required.` : means }),
        documentation: describeField(field),
        order: `${isFitting(map, at, name) ? 0 : 1}${isRequired ? 0 : 1}${String(i).padStart(2, "0")}`,
        isDeprecated,
        text: hasColon ? name : `${name}:${openingOf(field, place)}`,
      };
    });
}

/** What is written after a key: an indented line for what has lines of its own. */
function openingOf({ type, name }: PolicyField, { at, map, marked, replaces }: WritePlace): string {
  const { source } = marked;
  if (map !== undefined && source[map.start] === "{") return " ";
  const lineStart =
    Math.max(source.lastIndexOf("\n", replaces.start - 1), source.lastIndexOf("\r", replaces.start - 1)) + 1;
  const indent = " ".repeat(replaces.start - lineStart);
  switch (type) {
    case "object":
      return `\n${indent}  `;
    case "array":
      return name === "json" && at.at(-1) === "format" ? jsonSet(indent) : `\n${indent}- `;
    case "string":
    case "boolean":
    case "any":
      return " ";
  }
}

/** A set of keys that people log, as a JSON format. */
function jsonSet(indent: string): string {
  const fields: readonly (readonly [string, string])[] = [
    ["start_time", "%START_TIME%"],
    ["source", "%KUMA_SOURCE_SERVICE%"],
    ["destination", "%KUMA_DESTINATION_SERVICE%"],
    ["method", "%REQ(:METHOD)%"],
    ["path", "%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%"],
    ["code", "%RESPONSE_CODE%"],
    ["flags", "%RESPONSE_FLAGS%"],
    ["duration", "%DURATION%"],
  ];
  return fields.map(([key, value]) => `\n${indent}- key: ${key}\n${indent}  value: '${value}'`).join("");
}

/** Of the bodies of a backend and a format, the one that `type` names goes first. */
function isFitting(map: MapNode | undefined, at: Path, name: string): boolean {
  const type = textOf(map?.get("type"));
  return type === undefined || at.length === 0 || name.toLowerCase() === type.toLowerCase();
}
