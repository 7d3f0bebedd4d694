import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

/** What an editor is started in. */
export interface Workspace extends Disposable {
  readonly folder: string;
  /** An environment with `meshlog-lsp` on the PATH and a home without settings. */
  readonly environment: NodeJS.ProcessEnv;
}

/** The name of the file with the policy. */
export const policyFile = "policy.yaml";

/** A policy with a misspelt operator, and a format that ends in a space, on its last line. */
export const policy = `type: MeshAccessLog
name: requests
spec:
  rules:
  - default:
      backends:
      - type: File
        file:
          path: /dev/stdout
          format:
            type: Plain
            plain: '%PROTCOL% '
`;

/** The last line of a policy with a format. */
export function lineWith(format: string): string {
  return `            plain: '${format}'`;
}

/** A new folder with the policy and other files, which is gone with the workspace. */
export function openWorkspace(files: Readonly<Record<string, string>>): Workspace {
  const folder = mkdtempSync(join(tmpdir(), "meshlog-client-"));
  const programs = join(folder, "bin");
  mkdirSync(programs);
  const main = resolve(import.meta.dirname, "../../packages/lsp/src/main.ts");
  const server = join(programs, "meshlog-lsp");
  writeFileSync(server, `#!/bin/sh\nexec "${process.execPath}" --conditions=@meshlog/source "${main}" "$@"\n`);
  chmodSync(server, 0o755);
  for (const [name, content] of Object.entries({ [policyFile]: policy, ...files })) {
    writeFileSync(join(folder, name), content);
  }
  return {
    folder,
    environment: { ...process.env, HOME: folder, PATH: `${programs}${delimiter}${process.env["PATH"] ?? ""}` },
    [Symbol.dispose]() {
      rmSync(folder, { recursive: true, maxRetries: 5 });
    },
  };
}
