import { nameOf, type Node, type ProxySelector, type Resource } from "@meshlog/compiler";
import type { CodeLens, Command, Location } from "vscode-languageserver";
import type { PolicyDocument } from "../document.ts";
import { type Bundle, placedOthers, type PlacedResource } from "../workspace/bundles.ts";

/** The command of a lens that the server carries out: it answers where the proxies are. */
export const proxiesCommand = "meshlog.proxies";

/** The command that a client has if it says so: it shows places, as `editor.action.showReferences` of VS Code does. */
const showCommand = "meshlog.showReferences";

/** By which a lens is found again when it is looked at. */
interface LensData {
  readonly uri: string;
  /** Where the policy begins in the file, in UTF-16 units. */
  readonly policy: number;
}

/** A lens at each policy's targetRef, or at its kind; what it says is found out when it is looked at. */
export function codeLenses(document: PolicyDocument): CodeLens[] {
  return [...document.sections].flatMap(({ start, section }) =>
    section
      .resources()
      .filter(({ kind }) => kind === "MeshAccessLog")
      .map((policy) => ({
        range: document.rangeOf(lensPlace(policy), start),
        data: { uri: document.uri, policy: start + policy.node.start } satisfies LensData,
      })),
  );
}

function lensPlace(policy: Resource): Node {
  const { spec } = policy;
  return (spec?.kind === "map" ? spec.entry("targetRef")?.key : undefined) ?? nameOf(policy);
}

/** The file that a lens, or what stands in its place, says that it is of. */
export function lensUri(data: unknown): string | undefined {
  return isLensData(data) ? data.uri : undefined;
}

/** How many proxies the policy of a lens selects. */
export function resolveCodeLens(
  lens: CodeLens,
  document: PolicyDocument,
  bundle: Bundle,
  selector: ProxySelector,
  shows: boolean,
): CodeLens {
  const { data } = lens as { readonly data: unknown };
  if (!isLensData(data)) return lens;
  const locations = selectedPlaces(data, document, bundle, selector);
  const position = lens.range.start;
  const command: Command = shows
    ? { title: titleOf(locations), command: showCommand, arguments: [data.uri, position, locations ?? []] }
    : { title: titleOf(locations), command: proxiesCommand, arguments: [data] };
  return { ...lens, command };
}

function titleOf(locations: readonly Location[] | undefined): string {
  if (locations === undefined) return "is not in Kuma's store";
  return locations.length === 1 ? "selects 1 proxy" : `selects ${locations.length} proxies`;
}

/** Where the proxies are that a policy selects; `undefined` if Kuma holds no such policy. */
export function selectedPlaces(
  data: unknown,
  document: PolicyDocument,
  { documents }: Bundle,
  selector: ProxySelector,
): readonly Location[] | undefined {
  if (!isLensData(data)) return undefined;
  const placed = document.sectionAt(data.policy);
  const policy = placed?.section.resources().find(({ node }) => placed.start + node.start === data.policy);
  const selected = policy && isHeld(policy, document, documents) ? selector(policy) : undefined;
  if (selected === undefined) return undefined;
  const wanted = new Set(selected);
  return placedOthers(documents)
    .filter(({ resource }) => wanted.has(resource))
    .map(placeOf);
}

/** Whether the store holds a policy: it has no other of that name before it. */
function isHeld({ mesh, name, node }: Resource, document: PolicyDocument, documents: Bundle["documents"]): boolean {
  for (const one of documents) {
    for (const { section } of one.sections) {
      const i = section
        .keys()
        .findIndex((key) => key.kind === "MeshAccessLog" && key.mesh === mesh && key.name === name);
      if (i >= 0) return one === document && section.resources()[i]?.node === node;
    }
  }
  return false;
}

function placeOf({ document, placed, resource }: PlacedResource): Location {
  return { uri: document.uri, range: document.rangeOf(nameOf(resource), placed.start) };
}

function isLensData(data: unknown): data is LensData {
  const { uri, policy } = Object(data) as Record<string, unknown>;
  return typeof uri === "string" && typeof policy === "number";
}
