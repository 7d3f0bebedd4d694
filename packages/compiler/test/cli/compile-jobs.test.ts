import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith, meshlog, type Run } from "./meshlog.ts";

const policy = (name: string, service: string, format: string): string =>
  `type: MeshAccessLog
mesh: default
name: ${name}
spec:
  targetRef: {kind: MeshSubset, tags: {kuma.io/service: ${service}}}
  to:
    - targetRef: {kind: Mesh}
      default:
        backends: [{type: File, file: {path: "/var/é.log", format: {type: Plain, plain: "${format}"}}}]
`;
const dataplane = (name: string, service: string, own: string): string =>
  `type: Dataplane
mesh: default
name: ${name}
networking:
  address: 10.0.0.1
  inbound: [{port: 80, tags: {kuma.io/service: ${service}, kuma.io/protocol: http}}, {port: 82, tags: {kuma.io/service: ${own}}}]
  outbound: [{port: 81, tags: {kuma.io/service: db}}]
`;
/** So many services that two threads share their proxies; one has no loggers, and some get a format that Envoy refuses. */
const mesh = [
  ...["web", "api"].map((name) => policy(name, name, "%KUMA_SOURCE_SERVICE% %PROTOCOL%")),
  policy("wrong", "api", "%PROTCOL%"),
  ...Array.from({ length: 4100 }, (_, i) => dataplane(`dp-${i}`, ["web", "api", "other"][i % 3] ?? "", `own-${i}`)),
].join("---\n");

/** What a run leaves in a folder, by the paths in it. */
function filesIn(folder: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), "utf8")])
      .map(([path = "", text = ""]): [string, string] => [path.slice(folder.length), text])
      .sort(),
  );
}

it.each([
  ["lines", ["--jsonl"]],
  ["the whole bundle, explained", ["--explain", "--shard", "1/2"]],
  ["a folder", ["--out", "out"]],
])("several threads write %s as one does", (_, args) => {
  const [one, ...more] = ["1", "2"].map((jobs): readonly [Run, Readonly<Record<string, string>>] => {
    const cwd = folderWith({ "mesh.yaml": mesh });
    return [meshlog(["compile", ...args, "--jobs", jobs, "mesh.yaml"], { cwd }), filesIn(cwd)];
  });
  for (const other of more) expect(other).toEqual(one);
  expect(one?.[0]).toMatchObject({ code: 1, error: expect.stringContaining("PROTCOL") as string });
});

it("several threads refuse what one refuses", () => {
  const cwd = folderWith({ "mesh.yaml": mesh });
  for (const args of [
    ["--shard", "2/2"],
    ["--mesh", "gone"],
  ]) {
    const [one, two] = ["1", "2"].map((jobs) => meshlog(["compile", ...args, "--jobs", jobs, "mesh.yaml"], { cwd }));
    expect(two).toEqual(one);
    expect(one?.code).toBe(2);
  }
});
