import {
  type PolicyTrace,
  repeatedResources,
  type Resource,
  type Surroundings,
  surroundingsOf,
} from "@meshlog/compiler";
import type { PolicyDocument } from "../document.ts";
import type { PlacedSection } from "../layout.ts";
import type { ResourceKey } from "../section.ts";
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
  /** That of a file; the same object as long as no file has changed. In it is at least the file itself. */
  of(document: PolicyDocument): Bundle;
  /** What is around each resource of a bundle, all of which has been read. */
  surroundings(bundle: Bundle): Surroundings;
  /** Whether resources of a bundle, all of which has been read, have the same name. */
  hasRepetitions(bundle: Bundle): boolean;
  /** What it was when it was last asked for. */
  expected(bundle: Bundle): Surroundings;
  /** Folders or configurations have changed. */
  reset(): void;
}

/** Nothing at all. */
const nothing = surroundingsOf([], []);

export function createBundles(source: BundleSource): Bundles {
  const surroundings = new Map<string, { readonly bundle: Bundle; readonly around: Surroundings }>();
  /** The names in bundles in which none was found twice. */
  const unrepeated = new Map<string, readonly ResourceKey[]>();
  let places = new Map<string, Place>();
  let last: readonly PolicyDocument[] = [];
  let bundles: ReadonlyMap<string, Bundle> = new Map();

  function placeOf({ uri }: PolicyDocument): Place {
    const place = places.get(uri) ?? { plain: plainUri(uri), folder: folderOf(uri, source), isLeftOut: source.isIgnored(uri) }; // prettier-ignore
    places.set(uri, place);
    return place;
  }

  function refresh(): void {
    const documents = [...source.documents()];
    if (documents.length === last.length && documents.every((document, i) => document === last[i])) return;
    last = documents;
    const byFolder = Map.groupBy(
      documents.filter((document) => !placeOf(document).isLeftOut),
      (document) => placeOf(document).folder,
    );
    const comparePaths = (a: PolicyDocument, b: PolicyDocument): number => (placeOf(a).plain < placeOf(b).plain ? -1 : 1); // prettier-ignore
    bundles = new Map([...byFolder].map(([folder, own]) => [folder, { folder, documents: own.sort(comparePaths) }]));
  }

  return {
    of(document) {
      refresh();
      const { folder } = placeOf(document);
      const bundle = bundles.get(folder);
      return bundle?.documents.includes(document) === true ? bundle : { folder, documents: [document] };
    },
    surroundings(bundle) {
      const known = surroundings.get(bundle.folder);
      if (known?.bundle === bundle) return known.around;
      const others: Resource[] = [];
      const traces: PolicyTrace[] = [];
      for (const { sections } of bundle.documents) {
        for (const { section } of sections) {
          for (const other of section.others()) others.push(other);
          for (const trace of section.traces()) traces.push(trace);
        }
      }
      const around = surroundingsOf(others, traces, known?.around ?? nothing);
      surroundings.set(bundle.folder, { bundle, around });
      return around;
    },
    hasRepetitions(bundle) {
      if (isNamedAs(bundle, unrepeated.get(bundle.folder))) return false;
      const keys = bundle.documents.flatMap(({ sections }) => [...sections].flatMap(({ section }) => section.keys()));
      const hasSome = repeatedResources(keys, (key) => key).length > 0;
      unrepeated.set(bundle.folder, hasSome ? [] : keys);
      return hasSome;
    },
    expected: ({ folder }) => surroundings.get(folder)?.around ?? nothing,
    reset() {
      places = new Map();
      last = [];
      bundles = new Map();
    },
  };
}

/** Whether a bundle has these resources, in this order. */
function isNamedAs({ documents }: Bundle, keys: readonly ResourceKey[] = []): boolean {
  let i = 0;
  for (const { sections } of documents) {
    for (const { section } of sections) {
      for (const { kind, mesh, name } of section.keys()) {
        const key = keys[i++];
        if (key?.name !== name || key.mesh !== mesh || key.kind !== kind) return false;
      }
    }
  }
  return i === keys.length;
}

/** What is known of a file by its name alone. */
interface Place {
  readonly plain: string;
  /** That of its bundle. */
  readonly folder: string;
  /** Whether a configuration leaves it out. */
  readonly isLeftOut: boolean;
}

function folderOf(uri: string, { folders, configured }: BundleSource): string {
  const plain = plainUri(uri);
  const around = folders()
    .filter((folder) => plain.startsWith(folder))
    .sort((a, b) => a.length - b.length);
  const own = configured(uri);
  // A configuration above the workspace does not draw in what is outside of it.
  if (own !== undefined && own.length >= (around[0]?.length ?? 0)) return own;
  return around.at(-1) ?? foldersOf(uri)[0] ?? "";
}

/** The resources of documents that Kuma reads, but MeshAccessLogs. */
export function placedOthers(documents: readonly PolicyDocument[]): readonly PlacedResource[] {
  return documents.flatMap((document) =>
    [...document.sections].flatMap((placed) =>
      placed.section.others().map((resource) => ({ document, placed, resource })),
    ),
  );
}
