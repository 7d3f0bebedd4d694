import type { KumaRelease } from "@meshlog/parser";
import { stringify } from "yaml";
import { starterPolicy } from "../../documents/starter-policy.ts";
import type { PolicyShape } from "../../validate/json-schema.ts";
import type { InitFile } from "./ci-files.ts";

/** A configuration and a first policy for a line of Kuma. */
export function starterFiles(kuma: KumaRelease, shape: PolicyShape): readonly InitFile[] {
  return [
    {
      path: "meshlog.config.yaml",
      text: `# What \`meshlog\` runs with in this folder and below; options of the command line win.
# \`meshlog schema --kind config\` prints its schema, for completion in an editor.

# The release of Kuma that runs, or several: 2.13..2.14.
kuma: ${kuma.line}

# How many warnings there may be before \`meshlog check\` fails.
maxWarnings: 0
`,
    },
    {
      path: "policies/access-logs.yaml",
      text: `# Incoming requests of every proxy of the mesh, a line each.\n${stringify(starterPolicy(kuma, shape), { lineWidth: 0 })}`,
    },
  ];
}
