import type { Dataplane } from "../source/dataplane.ts";
import type { Resource } from "../source/resources.ts";

/**
 * A Dataplane as one of the replicas of a workload, which differ in nothing but their names and addresses. Marks stand
 * for these in what is made of {@link markedReplica}, and {@link fillMarks} puts a replica's own in their place.
 */
export interface Replica {
  /** The name without what its namespace adds to it. */
  readonly name: string;
  readonly address: string;
  /** What the name has after that. */
  readonly suffix: string;
}

/** A text, the letter of an own value, a text, … */
export type MarkedText = readonly string[];

/** Stands before and after the letter of an own value. */
const mark = "\x7f";
const ownName = `${mark}n${mark}`;

/** The name of a Dataplane with a mark in the place of what is a replica's own. */
export function markedName({ suffix }: Pick<Replica, "suffix">): string {
  return ownName + suffix;
}

/** Brackets stand around an address with a colon, whatever it is. */
function markedAddress(address: string): string {
  return mark + (address.includes(":") ? "a:" : "a") + mark;
}

/**
 * Reads a Dataplane as a replica; `undefined` for one whose name cannot stand in a document as it is, and for one that
 * is told from others by more than its own values: direct access leads to all other Dataplanes, and what a zone proxy
 * serves hangs on the identity that its labels choose.
 */
export function replicaOf({ resource, address, listeners, transparentProxying }: Dataplane): Replica | undefined {
  const { name, displayName, namespace = "" } = resource;
  if (listeners.length > 0 || (transparentProxying?.directAccessServices ?? []).length > 0) return undefined;
  if ((name !== displayName && name !== `${displayName}.${namespace}`) || !/^[\w.-]+$/.test(name)) return undefined;
  return { name: displayName, address, suffix: name.slice(displayName.length) };
}

/** A Dataplane with marks in the place of the values that are its own as a replica. */
export function markedReplica(dataplane: Dataplane, replica: Replica): Dataplane {
  return {
    ...dataplane,
    resource: markedResource(dataplane.resource, replica),
    address: markedAddress(replica.address),
    inbounds: markedInbounds(dataplane.inbounds, replica.address),
  };
}

/** The tree may be read anew whenever it is asked for, which nobody does here. */
function markedResource(resource: Resource, replica: Replica): Resource {
  const { kind, mesh, namespace, shape, file, index } = resource;
  return {
    kind,
    mesh,
    name: markedName(replica),
    displayName: ownName,
    ...(namespace === undefined ? {} : { namespace }),
    labels: new Map(markedLabels(resource)),
    shape,
    get node() {
      return resource.node;
    },
    get spec() {
      return resource.spec;
    },
    file,
    index,
  };
}

/** The same text for all replicas of a workload, and for no other Dataplane of their mesh. */
export function workloadKey({ resource, inbounds, outbounds, ...others }: Dataplane, { suffix }: Replica): string {
  const address = markedAddress(others.address);
  return JSON.stringify([
    [suffix, resource.namespace, markedLabels(resource), numberOf(outbounds)],
    { ...others, address, inbounds: markedInbounds(inbounds, others.address) },
  ]);
}

function markedLabels({ labels, displayName }: Resource): readonly (readonly [label: string, value: string])[] {
  return Array.from(labels, ([label, value]) => [
    label,
    label === "kuma.io/display-name" && value === displayName ? ownName : value,
  ]);
}

function markedInbounds(inbounds: Dataplane["inbounds"], address: string): Dataplane["inbounds"] {
  return inbounds.map((one) => (one.address === address ? { ...one, address: markedAddress(address) } : one));
}

/** Equal lists of outbounds are mostly one object, so a number tells them. */
function numberOf(outbounds: Dataplane["outbounds"]): number {
  const known = numbers.get(outbounds);
  if (known !== undefined) return known;
  const number = ++lastNumber;
  numbers.set(outbounds, number);
  return number;
}

const numbers = new WeakMap<Dataplane["outbounds"], number>();
let lastNumber = 0;

/** Takes a text apart at its marks. */
export function cutAtMarks(text: string): MarkedText {
  return text.split(mark);
}

/** From so many characters on a piece is long enough; the engine has to make room of its own for much longer ones. */
const pieceSize = 1 << 15;

/** The text with the own values of a replica, in pieces. */
export function fillMarks(text: MarkedText, { name, address }: Omit<Replica, "suffix">): readonly string[] {
  const pieces: string[] = [];
  let parts: string[] = [];
  let size = 0;
  text.forEach((part, i) => {
    parts.push(i % 2 === 0 ? part : part === "n" ? name : address);
    size += part.length;
    if (size < pieceSize) return;
    pieces.push(parts.join(""));
    parts = [];
    size = 0;
  });
  return [...pieces, parts.join("")];
}
