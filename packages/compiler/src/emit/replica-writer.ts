import { allocatedOutbounds, type ControlPlane, type ProxyMetadata, proxyMetadata } from "../kuma/control-plane.ts";
import type { Profile } from "../kuma/profile.ts";
import { accessLogSocket } from "../lower/access-log-socket.ts";
import { namedDataplanes } from "../match/select.ts";
import type { MeshWorld } from "../match/world.ts";
import type { Dataplane } from "../source/dataplane.ts";
import type { Resource } from "../source/resources.ts";
import {
  cutAtMarks,
  fillMarks,
  type MarkedText,
  markedName,
  markedReplica,
  type Replica,
  replicaOf,
  workloadKey,
} from "./replica.ts";
import type { WrittenProxy } from "./text.ts";

/** What is written of a proxy. */
export type WrittenDocument = Pick<WrittenProxy, "error" | "pieces">;

/** Makes the document of a proxy; the control plane knows the proxy by the name of `known`. */
export type WriteProxy = (dataplane: Dataplane, known: Resource) => WrittenDocument;

/** How many workloads are remembered, and how many characters of their texts; then all are forgotten. */
const mostWorkloads = 1000;
const mostText = 1 << 25;

/** The replica of which the text of a workload is made: that costs as much as two, and most workloads have more. */
const replicaWithText = 2;

/**
 * Writes the proxies of one mesh. What is made of one replica with marks in the place of its own values is the document of
 * all others once theirs are put in. The text serves only if it gives that replica what it gets without; and only
 * Dataplanes whose name and address nothing else in the mesh mentions.
 */
export function replicaWriter(
  mesh: MeshWorld,
  controlPlane: ControlPlane,
  profile: Profile,
  write: WriteProxy,
): (dataplane: Dataplane) => WrittenDocument {
  const mentioned = mentionedIn(mesh);
  const workloads = new Map<string, Workload>();
  let textSize = 0;

  function workloadOf(key: string): Workload {
    const known = workloads.get(key);
    if (known !== undefined) return known;
    if (workloads.size >= mostWorkloads || textSize > mostText) {
      workloads.clear();
      textSize = 0;
    }
    const workload = { replicas: 0, text: undefined };
    workloads.set(key, workload);
    return workload;
  }

  return (dataplane) => {
    const { resource } = dataplane;
    const metadata = proxyMetadata(controlPlane, resource);
    const replica = replicaOf(dataplane);
    const isPlain =
      replica !== undefined &&
      !mentioned.has(replica.name) &&
      !mentioned.has(replica.address) &&
      hasWholeSocket(resource, replica, metadata, profile);
    if (!isPlain) return write(dataplane, resource);
    const facts = JSON.stringify([metadata, allocatedOutbounds(controlPlane, resource)]);
    const workload = workloadOf(workloadKey(dataplane, replica) + facts);
    if (workload.text !== undefined) return { pieces: fillMarks(workload.text, replica) };
    const written = write(dataplane, resource);
    if (++workload.replicas !== replicaWithText || written.error !== undefined) return written;
    const text = cutAtMarks(write(markedReplica(dataplane, replica), resource).pieces.join(""));
    if (fillMarks(text, replica).join("") !== written.pieces.join("")) return written;
    workload.text = text;
    textSize += text.reduce((size, { length }) => size + length, 0);
    return written;
  };
}

interface Workload {
  /** How many have been written without the text. */
  replicas: number;
  text: MarkedText | undefined;
}

/** The names and addresses that mean something beyond the Dataplane that has them. */
function mentionedIn({ policies, httpRoutes, tcpRoutes, passthroughs, realResources }: MeshWorld): ReadonlySet<string> {
  return new Set([
    ...[policies, httpRoutes, tcpRoutes, passthroughs].flatMap(namedDataplanes),
    ...realResources.flatMap(({ vips }) => vips),
  ]);
}

/** Whether the path of the access-log socket is what the name makes it: where it is too long, it is cut. */
function hasWholeSocket(
  { name, mesh }: Resource,
  replica: Replica,
  metadata: ProxyMetadata,
  profile: Profile,
): boolean {
  const marked = accessLogSocket({ name: markedName(replica), mesh }, metadata, profile);
  return fillMarks(cutAtMarks(marked), replica).join("") === accessLogSocket({ name, mesh }, metadata, profile);
}
