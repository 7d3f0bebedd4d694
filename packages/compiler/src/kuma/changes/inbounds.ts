import type { Change } from "../change.ts";

/** What an inbound is and which rules it has. */
export const inbounds: readonly Change[] = [
  {
    what: "Inbound rules are no longer merged: every rule that a connection meets logs it.",
    landed: ["2.14.0"],
    sets: { inboundRules: "independent" },
    source: "pkg/plugins/policies/core/rules/inbound/inboundrules.go:113@v2.14.3",
  },
];
