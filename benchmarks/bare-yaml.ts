/**
 * What `meshlog check` is measured against: a YAML library that reads a file document by document and drops what it read.
 * `node benchmarks/bare-yaml.ts events|documents FILE`: js-yaml's events, or the documents of `yaml`.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [what = "", file = ""] = process.argv.slice(2);
const compilers = createRequire(new URL("../packages/compiler/package.json", import.meta.url));
const text = readFileSync(file, "utf8");
const read = reader(what);
for (let start = 0; start < text.length;) {
  const marker = text.indexOf("\n---", start);
  const end = marker < 0 ? text.length : marker + 1;
  read(text.slice(start, end));
  start = end;
}

function reader(name: string): (document: string) => unknown {
  if (name === "documents")
    return (compilers("yaml") as { parseDocument: (document: string) => unknown }).parseDocument;
  const { parseEvents } = compilers("js-yaml") as { parseEvents: (document: string, limits: object) => unknown };
  return (document) => parseEvents(document, { maxDepth: 1000 });
}
