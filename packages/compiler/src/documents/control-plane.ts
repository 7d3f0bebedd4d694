import type { Result } from "@meshlog/parser";
import type { Diagnostic } from "../diagnostics.ts";
import type { ControlPlane } from "../kuma/control-plane.ts";
import type { SourceFile } from "../source/source-file.ts";
import { readDocument } from "./read-document.ts";
import { boolean, formatVersion, listOf, mapOf, object, oneOf, type Shape, text, wholeNumber } from "./shape.ts";

const metadata = object({
  workdir: { shape: text, about: "The work directory of kuma-dp." },
  accessLogSocketPath: { shape: text, about: "The path of its access-log socket, which kuma-dp 2.4 to 2.7 reports." },
  features: { shape: listOf(text), about: "What the proxy can do: `feature-unified-resource-naming` and others." },
  dynamicMetadata: { shape: mapOf(text), about: "Reported values; `HOST_IP` is the address of the node." },
  ipv6Enabled: { shape: boolean, about: "Whether the proxy has IPv6." },
});

const outbound = object(
  {
    address: { shape: text, about: "The address that the proxy listens on." },
    port: { shape: wholeNumber, about: "The port that it listens on." },
    tags: { shape: mapOf(text), about: "Of an outbound to a `kuma.io/service`." },
    resource: { shape: text, about: "Of an outbound to a real resource: its identifier, `kri_…`, with a section." },
  },
  ["address", "port"],
);

/** The document that `--control-plane` names; also a section of the configuration. */
export const controlPlaneShape: Shape<ControlPlane & { readonly meshlog?: 1 }> = object({
  meshlog: { shape: formatVersion, about: "The version of this format: 1." },
  zone: { shape: text, about: "The name of the zone." },
  mode: { shape: oneOf("zone", "global"), about: "What kind of control plane it is." },
  federated: { shape: boolean, about: "Whether its zone belongs to a global control plane." },
  systemNamespace: { shape: text, about: "The Kubernetes namespace of the control plane." },
  labels: {
    shape: oneOf("asWritten", "computed"),
    about: "Whether the labels of resources are those of the store, or are filled in and checked as on apply.",
  },
  settings: {
    shape: object({
      inboundTagsDisabled: { shape: boolean, about: "`experimental.inboundTagsDisabled` of Kuma 2.14." },
    }),
    about: "Options of the control plane.",
  },
  metadata: { shape: mapOf(metadata), about: "What each proxy reports, by name of the Dataplane or `mesh/name`." },
  outbounds: {
    shape: mapOf(listOf(outbound)),
    about: "What the control plane listens on for a transparent proxy, by name of the Dataplane or `mesh/name`.",
  },
});

/** Reads what a control plane knows beyond its resources. */
export function readControlPlane(source: SourceFile): Result<ControlPlane | undefined, Diagnostic> {
  const { value, diagnostics } = readDocument(source, controlPlaneShape, "control-plane file");
  return { value: value ?? (diagnostics.length > 0 ? undefined : {}), diagnostics };
}
