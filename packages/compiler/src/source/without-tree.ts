import type { Span } from "@meshlog/parser";
import { readPart } from "./read-documents.ts";
import { type Resource, resourcesOf } from "./resources.ts";
import type { TextFile } from "./source-file.ts";
import type { MapNode, Node } from "./tree.ts";

/**
 * Reads parts of files again for the resources in them. The part that was read last is kept: the resources of a list are
 * looked at one after another, and each of them would have the whole list read.
 */
export class PartReader {
  #last:
    { readonly file: TextFile; readonly start: number; readonly byStart: ReadonlyMap<number, Resource> } | undefined;

  /** The resource that begins at an offset of a file, which is in the part. */
  resourceAt(offset: number, file: TextFile, part: Span): Resource | undefined {
    const { start } = part;
    if (this.#last?.file !== file || this.#last.start !== start) {
      const { documents } = readPart(file.text, part, 0);
      const resources = documents.flatMap((document) => resourcesOf(document, file.path));
      this.#last = { file, start, byStart: new Map(resources.map((resource) => [resource.node.start, resource])) };
    }
    return this.#last.byStart.get(offset);
  }
}

/** A resource whose tree is read again each time that it is asked for. */
export interface TreelessResource extends Resource, ResourceHead {
  /** The resource with its tree. */
  whole(): Resource;
}

/**
 * The same resource without the tree that it was read from, so that a bundle of thousands keeps little more than their
 * names.
 *
 * @param part the stretch between document markers that the resource was read from.
 * @param reader of the parts of the bundle.
 */
export function withoutTree(resource: Resource, file: TextFile, part: Span, reader: PartReader): TreelessResource {
  return new Treeless(resource, resource.node.start, file, part, reader);
}

/** What is known of a resource without looking at its tree. */
export interface ResourceHead
  extends
    Pick<Resource, "kind" | "mesh" | "name" | "displayName" | "shape" | "file" | "index">,
    Partial<Pick<Resource, "namespace" | "creationTime">> {
  /** Where the resource begins in its file: it tells it from others of its part. */
  readonly start: number;
}

/** The resource that a head is of, of which nothing else was kept. */
export function treeless(head: ResourceHead, file: TextFile, part: Span, reader: PartReader): TreelessResource {
  return new Treeless(head, head.start, file, part, reader);
}

/** The same as {@link withoutTree}, but what is known of the resource beside its tree stays: labels that were computed. */
export function keptWithoutTree(resource: Resource, file: TextFile, part: Span, reader: PartReader): Resource {
  const tree = withoutTree(resource, file, part, reader);
  const kept: Resource = {
    ...resource,
    get node() {
      return tree.node;
    },
    get spec() {
      return tree.spec;
    },
  };
  trees.set(kept, tree);
  return kept;
}

const trees = new WeakMap<Resource, TreelessResource>();

/** A resource with its tree, which is read once if it is kept without one; for as long as somebody holds it. */
export function wholeResource(resource: Resource): Resource {
  const tree = trees.get(resource)?.whole();
  return tree === undefined ? resource : { ...tree, labels: resource.labels, displayName: resource.displayName };
}

class Treeless implements TreelessResource {
  readonly kind: string;
  readonly mesh: string;
  readonly name: string;
  readonly displayName: string;
  declare readonly namespace?: string;
  readonly shape: Resource["shape"];
  declare readonly creationTime?: string;
  readonly file: string;
  readonly index: number;
  readonly start: number;
  readonly #source: TextFile;
  readonly #part: Span;
  readonly #reader: PartReader;

  constructor(resource: Omit<ResourceHead, "start">, start: number, source: TextFile, part: Span, reader: PartReader) {
    this.kind = resource.kind;
    this.mesh = resource.mesh;
    this.name = resource.name;
    this.displayName = resource.displayName;
    if (resource.namespace !== undefined) this.namespace = resource.namespace;
    this.shape = resource.shape;
    if (resource.creationTime !== undefined) this.creationTime = resource.creationTime;
    this.file = resource.file;
    this.index = resource.index;
    this.start = start;
    this.#source = source;
    // What is given may hold the trees of the part.
    this.#part = { start: part.start, end: part.end };
    this.#reader = reader;
  }

  get labels(): ReadonlyMap<string, string> {
    return this.whole().labels;
  }

  get node(): MapNode {
    return this.whole().node;
  }

  get spec(): Node | undefined {
    return this.whole().spec;
  }

  whole(): Resource {
    return this.#reader.resourceAt(this.start, this.#source, this.#part) ?? unreachable();
  }
}

function unreachable(): never {
  throw new Error("a text reads as it did before");
}
