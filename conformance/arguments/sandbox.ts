import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder to work in, with one beside it that nothing may change. */
export interface Sandbox {
  readonly work: string;
  /** What changed since it was made or restored, as texts for people; `mayWrite` allows changes where one works. */
  changes(mayWrite: boolean): readonly string[];
  /** Makes it as it was. */
  restore(): void;
  remove(): void;
}

const policy = `type: MeshAccessLog
mesh: default
name: p
spec:
  targetRef: {kind: Mesh}
  from:
    - targetRef: {kind: Mesh}
      default:
        backends:
          - type: File
            file: {path: /log, format: {type: Plain, plain: '%PROTCOL% %KUMA_MESH%'}}
`;
const dataplane =
  "type: Dataplane\nmesh: default\nname: d\nnetworking: {address: 10.0.0.1, inbound: [{port: 80, tags: {kuma.io/service: a}}]}\n";

const files: Readonly<Record<string, string>> = {
  "work/a.yaml": policy,
  "work/bundle.yaml": `type: Mesh\nname: default\n---\n${policy}---\n${dataplane}`,
  "work/broken.yaml": "spec: [\n---\n{{ x }}\n",
  "work/dump.json": '{"configs":[{"@type":"type.googleapis.com/envoy.admin.v3.ListenersConfigDump"}]}',
  "work/dir/b.yaml": dataplane,
  "work/dir/c.json": "[]",
  "work/out/kept.txt": "",
  "outside/kept.yaml": "kind: Pod\nmetadata:   {name: x}\n",
};
const links: Readonly<Record<string, string>> = {
  "work/link.yaml": "../outside/kept.yaml",
  "work/dir/link.yaml": "../../outside/kept.yaml",
  "work/dir/escape": "../../outside",
  "work/out/default": "../../outside",
};

/** Makes a sandbox in the folder for temporary files. */
export function createSandbox(): Sandbox {
  const top = mkdtempSync(join(tmpdir(), "meshlog-arguments-"));
  const work = join(top, "work");
  function restore(): void {
    for (const name of readdirSync(top)) {
      // The working directory itself stays: a process is in it.
      if (name !== "work") rmSync(join(top, name), { recursive: true });
      else for (const inside of readdirSync(work)) rmSync(join(work, inside), { recursive: true });
    }
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(top, path)), { recursive: true });
      writeFileSync(join(top, path), text);
    }
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(top, path));
    known = stateOf(top);
  }
  let known = stateOf(top);
  restore();
  return {
    work,
    changes(mayWrite) {
      const now = stateOf(top);
      const changed = [...new Set([...known.keys(), ...now.keys()])].filter(
        (path) => known.get(path) !== now.get(path),
      );
      return mayWrite ? changed.filter((path) => path.startsWith("outside") || !path.startsWith("work")) : changed;
    },
    restore,
    remove() {
      rmSync(top, { recursive: true });
    },
  };
}

/** What can tell that a file was written, by its path. */
function stateOf(top: string): ReadonlyMap<string, string> {
  const paths = readdirSync(top, { recursive: true }) as readonly string[];
  return new Map(
    paths.map((path) => {
      const { size, mode, ino, mtimeNs } = lstatSync(join(top, path), { bigint: true });
      const isFolder = (mode & 0o170000n) === 0o040000n;
      return [path, isFolder ? "folder" : [size, mode, ino, mtimeNs].join(" ")] as const;
    }),
  );
}
