import { type Resource, type Surroundings, surroundingsOf } from "@meshlog/compiler";
import type { PolicyDocument } from "../document.ts";
import type { PlacedSection } from "../sections.ts";
import { foldersOf, plainUri } from "./uris.ts";

/** A resource of a file, and where it stands. */
export interface PlacedResource {
  readonly document: PolicyDocument;
  readonly placed: PlacedSection;
  readonly resource: Resource;
}

/**
 * The files that are one store of Kuma's to a file: those below the folder of its configuration, else of its workspace
 * folder, else in its own folder.
 */
export interface Bundle {
  /** What distinguishes it from others. */
  readonly folder: string;
  /** In the order of their paths. */
  readonly documents: readonly PolicyDocument[];
}

/** What bundles are made from. */
export interface BundleSource {
  /** Every document that is open or was read from the workspace. */
  readonly documents: () => Iterable<PolicyDocument>;
  /** The folders of the workspace, with a `/` at their ends. */
  readonly folders: () => readonly string[];
  /** The folder of a file's configuration. */
  readonly configured: (uri: string) => string | undefined;
  /** Whether a configuration leaves a file out. */
  readonly isIgnored: (uri: string) => boolean;
}

/** The bundles that files belong to. */
export interface Bundles {
  /** That of a file, in which at least the file itself is. */
  of(document: PolicyDocument): Bundle;
  /** What is around each resource of a bundle, all of which has been read. */
  surroundings(bundle: Bundle): Surroundings;
}

export function createBundles({ documents, folders, configured, isIgnored }: BundleSource): Bundles {
  const known = new Map<string, Surroundings>();

  function folderOf(uri: string): string {
    const plain = plainUri(uri);
    const around = folders().filter((folder) => plain.startsWith(folder));
    const [widest] = around.sort((a, b) => a.length - b.length);
    const own = configured(uri);
    // A configuration above the workspace does not draw in what is outside of it.
    if (own !== undefined && (widest === undefined || own.length >= widest.length)) return own;
    return around.at(-1) ?? foldersOf(uri)[0] ?? "";
  }

  return {
    of(document) {
      const folder = folderOf(document.uri);
      const all = [...documents()].filter(({ uri }) => folderOf(uri) === folder && !isIgnored(uri));
      const byUri = new Map([document, ...all].map((one) => [plainUri(one.uri), one]));
      return { folder, documents: [...byUri].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one) };
    },
    surroundings({ folder, documents: own }) {
      const resources = own.flatMap(({ sections }) => sections.flatMap(({ section }) => section.resources()));
      const around = surroundingsOf(resources, known.get(folder));
      known.set(folder, around);
      return around;
    },
  };
}

/** The resources of documents that Kuma reads. */
export function placedResources(documents: readonly PolicyDocument[]): readonly PlacedResource[] {
  return documents.flatMap((document) =>
    document.sections.flatMap((placed) =>
      placed.section.resources().map((resource) => ({ document, placed, resource })),
    ),
  );
}
