import type { Change } from "../change.ts";

/** What writes logs beside or after the proxy. */
export const logDelivery: readonly Change[] = [
  {
    what: "A record that a TCP backend gets ends in one line break instead of two.",
    landed: ["2.11.0"],
    sets: { tcpLineBreaks: 1 },
    source: "kuma#13583",
  },
  {
    what: "TrafficLog and the logging of a Mesh are passed over.",
    landed: ["main"],
    sets: { hasTrafficLog: false },
    source: "UPGRADE.md@main",
  },
];
