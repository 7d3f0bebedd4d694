#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one gets a sentence and not a stack trace. Node's modules are
// got, not imported: that an import reads all that they export costs more than the rest of the start.
const { process, URL } = globalThis;

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`meshlog-lsp needs Node 22.12 or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else if (!process.getBuiltinModule("node:fs").existsSync(new URL("../dist/main.js", import.meta.url))) {
  process.stderr.write("meshlog-lsp is not built: run `pnpm build` first.\n");
  process.exitCode = 2;
} else {
  process.getBuiltinModule("node:module").enableCompileCache();
  const v8 = process.getBuiltinModule("node:v8");
  // A server that waits for keystrokes beside an editor wants short pauses and little memory, not throughput.
  for (const flag of [
    // New objects begin with a megabyte, and get more when more than that has lived on.
    "--semi-space-growth-factor=4",
    // Old ones are collected when there are half as many again, not several times as many.
    "--heap-growing-percent=50",
    // The last step of optimisation costs more, beside the typing, than it gains.
    "--no-turbofan",
    // The step before it takes a fifth of the memory for itself where it is done for all that runs a few hundred times.
    "--invocation-count-for-maglev=5000",
    "--no-maglev-inlining",
  ]) {
    v8.setFlagsFromString(flag);
  }
  // They get four now, and never more, which could come to be a hundred: what is told of a large file after a keystroke
  // fits there, and is not taken for old, which would have to be collected between two keystrokes. The size is that of
  // both halves.
  const space = () => v8.getHeapSpaceStatistics().find(({ space_name: name }) => name === "new_space")?.space_size ?? 0;
  for (let i = 0, living = []; i < 100 && space() < 2 ** 23; i++) {
    living.push(Array.from({ length: 64 }, () => new Array(128).fill(0)));
  }
  v8.setFlagsFromString("--semi-space-growth-factor=1");
  await import("../dist/main.js");
}
