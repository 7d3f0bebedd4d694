#!/usr/bin/env node
// Plain JavaScript that any Node can read, so that an old one gets a sentence and not a stack trace.
import { existsSync } from "node:fs";
import module from "node:module";
import process from "node:process";
import { URL } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const program = new URL("../dist/cli/main.js", import.meta.url);

if (major < 22 || (major === 22 && minor < 12)) {
  process.stderr.write(`meshlog needs Node 22.12 or newer; this is ${process.version}.\n`);
  process.exitCode = 2;
} else if (!existsSync(program)) {
  process.stderr.write("meshlog is not built: run `pnpm build` first.\n");
  process.exitCode = 2;
} else {
  module.enableCompileCache();
  await import(program.href);
}
