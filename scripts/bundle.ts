/** Bundles the programs; the root script `build` runs it after the type-checked build of the libraries. */
import { join } from "node:path";
import { bundleEntry, type Bundle } from "./bundle-entry.ts";

const bundles: readonly Bundle[] = [
  {
    entry: "packages/compiler/src/cli/main.ts",
    worker: "packages/compiler/src/cli/jobs/worker.ts",
    folder: "packages/compiler/dist/cli",
    // The one that runs at every commit loads nothing that it does not need.
    shared: { folder: "commands", but: ["check.ts", "check-lines.ts"] },
  },
  { entry: "packages/lsp/src/main.ts", folder: "packages/lsp/dist" },
];

const repository = join(import.meta.dirname, "..");
await Promise.all(
  bundles.map(({ entry, worker, folder, ...more }) =>
    bundleEntry({
      entry: join(repository, entry),
      ...(worker !== undefined && { worker: join(repository, worker) }),
      folder: join(repository, folder),
      ...more,
    }),
  ),
);
