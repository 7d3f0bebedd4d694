import type { Change } from "../change.ts";

/** Which format a logger has. */
export const formats: readonly Change[] = [
  {
    what: "A format is `plain` if that is there, else `json`; before, a `json` with fields won, and an empty `plain` was the default. `omitEmptyValues` is new.",
    landed: ["2.1.0"],
    sets: { formatMember: "plain-first" },
    source: "meshaccesslog/plugin/v1alpha1/configurer.go:73@2.1.7",
  },
  {
    what: "The default format is chosen by the protocol of the traffic instead of by the filter that carries the logger.",
    landed: ["2.11.0"],
    sets: { defaultFormat: "by-protocol" },
    source: "meshaccesslog/plugin/xds/configurer.go:36@v2.14.3",
  },
  {
    what: "On passthrough and direct access the default format is the word `tcp`: the protocol is handed over where the format belongs.",
    landed: ["2.11.0"],
    sets: { passthroughDefault: "the-word-tcp" },
    source: "meshaccesslog/plugin/v1alpha1/plugin.go:201@v2.11.18",
  },
];
