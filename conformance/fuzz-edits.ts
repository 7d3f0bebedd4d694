/**
 * Random edit sessions in the language server: after each edit, the diagnostics of the file must be those of a fresh start
 * on the same text, and lie within it.
 *
 *     node --conditions=@meshlog/source conformance/fuzz-edits.ts [SEED] [COUNT]
 *
 * prints the figures in its last line; an edit after which they differ is printed with its text.
 */
import { isDeepStrictEqual } from "node:util";
import { createProject, type Project } from "../packages/lsp/src/project.ts";
import { changeDocument, openDocument, type PolicyDocument } from "../packages/lsp/src/document.ts";
import { createHandlers } from "../packages/lsp/src/handlers.ts";
import { createConfigurations } from "../packages/lsp/src/workspace/configurations.ts";
import { randomNumbers } from "./random.ts";

/** What a run found. */
export interface EditFigures {
  readonly edits: number;
  /** Edits after which something was said. */
  readonly reported: number;
  readonly failures: readonly string[];
}

const uri = "file:///edited.yaml";

/** Makes `count` edits of a seed, in sessions of a hundred on files of every shape. */
export function fuzzEdits(seed: number, count: number): EditFigures {
  const random = randomNumbers(seed);
  const failures: string[] = [];
  let reported = 0;
  let session = createSession("");
  for (let i = 0; i < count; i++) {
    if (i % 100 === 0) session = createSession(pick(starts, random));
    try {
      session.edit(random);
      const found = session.diagnostics();
      if (found.length > 0) reported++;
      const { text } = session.document();
      const fresh = createSession(text).diagnostics();
      if (!isDeepStrictEqual(found, fresh)) failures.push(`edit ${i}: ${JSON.stringify({ text, found, fresh })}`);
    } catch (error) {
      failures.push(`edit ${i}: ${String(error)} ${JSON.stringify(session.document().text)}`);
    }
  }
  return { edits: count, reported, failures };
}

interface Session {
  document(): PolicyDocument;
  /** One change of the client, of one or two places. */
  edit(random: () => number): void;
  /** As the client gets them. */
  diagnostics(): readonly unknown[];
}

function createSession(text: string): Session {
  let document = openDocument(uri, "yaml", 1, text);
  const project: Project = createProject({
    open: () => [document],
    workspace: undefined,
    configurations: createConfigurations(undefined),
  });
  const handlers = createHandlers({ document: () => document, project });
  return {
    document: () => document,
    edit(random) {
      const changes = Array.from({ length: random() < 0.9 ? 1 : 2 }, () => change(document, random));
      document = changeDocument(document, changes, document.version + 1);
    },
    diagnostics: () => [...handlers.diagnostics(document)].flat(),
  };
}

/** How long a text may get, in UTF-16 units: what is longer is cut. */
const longest = 3000;

function change(
  document: PolicyDocument,
  random: () => number,
): { range: ReturnType<PolicyDocument["rangeOf"]>; text: string } {
  const { length } = document.text;
  const start = Math.floor(random() * (length + 1));
  const most = length > longest ? longest : random() < 0.05 ? 400 : 12;
  const end = Math.min(length, start + Math.floor(random() * most));
  return { range: document.rangeOf({ start, end: random() < 0.4 ? end : start }), text: typed(random) };
}

/** What people and monkeys type: any UTF-16 units, lone surrogates too, and pieces that mean something. */
function typed(random: () => number): string {
  const kind = random();
  if (kind < 0.3) return String.fromCharCode(Math.floor(random() * 0x10000));
  if (kind < 0.4) return String.fromCodePoint(0x1f600 + Math.floor(random() * 64));
  if (kind < 0.5) return "";
  return pick(pieces, random);
}

function pick<T>(list: readonly T[], random: () => number): T {
  return list[Math.floor(random() * list.length)] as T;
}

const policy = (name: string, format: string): string =>
  `type: MeshAccessLog\nmesh: default\nname: ${name}\nspec:\n  to:\n  - targetRef: {kind: MeshService, name: backend}\n    default:\n      backends:\n      - type: File\n        file:\n          path: /a\n          format:\n            type: Plain\n            plain: ${format}\n`;

const item = (name: string, format: string): string =>
  `- apiVersion: kuma.io/v1alpha1\n  kind: MeshAccessLog\n  metadata:\n    name: ${name}\n    namespace: kuma-system\n  spec:\n    rules:\n    - default:\n        backends:\n        - type: File\n          file: {path: /a, format: {type: Plain, plain: ${format}}}\n`;

const list = (...items: readonly string[]): string => `apiVersion: v1\nitems:\n${items.join("")}kind: List\n`;

const comment = "# meshlog-disable-next-line lint/unknown-field, io/duplicate-resource -- it is so\n";
const service = "type: MeshService\nname: backend\nspec: {ports: [{port: 80, appProtocol: tcp}]}\n";
const pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: '%X%'}\n";

const starts: readonly string[] = [
  "",
  policy("a", "'%PROTCOL% %KUMA_MESH%'"),
  [
    policy("a", "a"),
    pod,
    comment + policy("a", '"%START_TIME(%"'),
    policy("b", "|\n              %X%\n"),
    service,
  ].join("---\n"),
  [service, policy("a", "'%REQ(:PATH)%'"), "type: Mesh\nname: default\nlogging: {}\n"]
    .join("---\n")
    .replaceAll("\n", "\r\n"),
  list(item("a", "'%PROTCOL%'"), item("b", "x"), comment + item("b", "'%RE%'"), item("c", "'%PROTOCOL%'")),
  `${list(comment + item("a", "x"), item("a", "y"))}---\n${policy("a", ">-\n              😀 %KU\n")}`,
  '{"type":"MeshAccessLog","name":"a","spec":{"rules":[{"default":{"backends":[{"type":"File","file":{"path":"/a","format":{"type":"Json","json":[{"key":"k","value":"%PROTCOL%"}]}}}]}}]}}',
];

const pieces: readonly string[] = [
  ...Array.from("-%'\"|>:#{}[]*&!\t\n\r "),
  ..."---|\n---\n|\n--- |...|\n...\n|%KUMA_MESH%|%PROTCOL%|- |\n- |items:\n|kind: List\n|type: MeshAccessLog\n|{{|\r\n|name: a\n|# |%YAML 1.2\n|&a |*a|<<: |\0|\u2028|x: 1\n|kind: Mesh".split(
    "|",
  ),
  comment,
  service,
  policy("a", "'%RE%'"),
  item("a", "x"),
];

if (import.meta.main) {
  const [seed = 1, count = 1000] = process.argv.slice(2).map(Number);
  const { edits, reported, failures } = fuzzEdits(seed, count);
  for (const failure of failures.slice(0, 20)) console.log(failure);
  console.log(`seed ${seed}: ${edits} edits, ${reported} with diagnostics, ${failures.length} failures`);
  process.exitCode = failures.length > 0 ? 1 : 0;
}
