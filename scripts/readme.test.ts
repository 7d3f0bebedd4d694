import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { folderWith, meshlog } from "../packages/compiler/test/cli/meshlog.ts";

const readme = readFileSync(`${import.meta.dirname}/../README.md`, "utf8");

const policy = `type: MeshAccessLog
mesh: default
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
                plain: "[%START_TIME%] %PROTCOL%"
`;

it("the README shows what meshlog prints", () => {
  const { error } = meshlog(["check", "policies"], { cwd: folderWith({ "policies/requests.yaml": policy }) });
  const [, shown] = /```console\n([^]*?)```/.exec(readme) ?? [];
  expect(error).toBe(shown);
});
