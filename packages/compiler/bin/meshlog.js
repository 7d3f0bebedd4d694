#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one gets a sentence and not a stack trace. Node's modules are
// got, not imported: that an import reads all that they export costs more than the rest of the start.
const { process, URL } = globalThis;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`meshlog needs Node 22.12 or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else if (!process.getBuiltinModule("node:fs").existsSync(new URL("../dist/cli/main.js", import.meta.url))) {
  process.stderr.write("meshlog is not built: run `pnpm build` first.\n");
  process.exitCode = 2;
} else {
  process.getBuiltinModule("node:module").enableCompileCache();
  await import("../dist/cli/main.js");
}
