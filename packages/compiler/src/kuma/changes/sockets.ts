import type { Change } from "../change.ts";

/** Where the socket is on which kuma-dp takes the records of TCP loggers. */
export const sockets: readonly Change[] = [
  {
    what: "kuma-dp reports the path of the access-log socket; before, it was in the control plane's own temporary directory.",
    landed: ["2.4.0"],
    sets: { accessLogSocket: "reported" },
    source: "pkg/core/xds/metadata.go:188@2.4.10",
  },
  {
    what: "kuma-dp reports its work directory, and the control plane derives the path of the access-log socket.",
    landed: ["2.8.0"],
    sets: { accessLogSocket: "in-work-directory" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:47@2.8.8",
  },
];
