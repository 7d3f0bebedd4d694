import { type Target, target } from "@meshlog/parser";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { checkFiles } from "../../src/check-files.ts";
import { judgeShared } from "../../src/cli/jobs/judge-shared.ts";
import { withWorkers } from "../../src/cli/jobs/pool.ts";
import type { SourceFile } from "../../src/source/source-file.ts";
import { randomPolicy } from "../validate/random-policy.ts";
import { folderWith, meshlog } from "./meshlog.ts";

const releases = { kuma: "2.5,2.12,2.14" };
const members: Target = target(releases).value ?? { members: [] };
const task = { kind: "check", releases, controlPlane: {} } as const;

const service = (name: string, protocol: string): string =>
  `type: MeshService\nmesh: default\nname: ${name}\nspec:\n  ports: [{port: 80, appProtocol: ${protocol}}]\n`;
const policy = (name: string, format: string): string =>
  `type: MeshAccessLog
mesh: default
name: ${name}
spec:
  to:
    - targetRef: {kind: MeshService, name: db}
      default:
        backends:
          # meshlog-disable-next-line lint/duplicate-key -- for the test
          - {type: File, type: File, file: {path: /dev/stdout, format: {type: Plain, plain: "${format}"}}}
`;
/** What a worker hands back to the thread that has the file: broken YAML, a list of several kinds, keys that come twice. */
const special = fc.constantFrom(
  "[\n",
  "a: {{ .Values.x }}\n",
  "- 1\n...\n- 2\n",
  service("db", "tcp"),
  service("db", "http"),
  `kind: List\nitems:\n  - ${service("db", "tcp").trimEnd().replaceAll("\n", "\n    ")}\n  - ${policy("l", "%PROTCOL%").trimEnd().replaceAll("\n", "\n    ")}\n`,
  policy("twice", "%REQ(:PATH)% é 😀"),
  policy("twice", "%KUMA_MESH%\\n"),
  `${policy("open", "%")}x: [\n`,
);
const bundle = fc
  .array(
    fc.array(fc.oneof({ weight: 3, arbitrary: randomPolicy.map((one) => stringify(one)) }, special), {
      minLength: 1,
      maxLength: 30,
    }),
    { minLength: 1, maxLength: 4 },
  ) // prettier-ignore
  .map((files) => files.map((documents, i): SourceFile => ({ path: `${i}.yaml`, content: documents.join("---\n") })));

describe("what several threads find is what one finds", () => {
  it.each([2, 3, 8])("with %i threads", async (jobs) => {
    const others = Array.from({ length: jobs - 1 }, () => task);
    await withWorkers(others, async (crew) => {
      let judgedByOthers = 0;
      const judge = judgeShared(crew, 500);
      // This thread may be done before another one wakes.
      for (let seed = 1; judgedByOthers < 300; seed++) {
        for (const files of fc.sample(bundle, { numRuns: 20, seed })) {
          const alone = await checkFiles(files, members);
          const shared = await checkFiles(files, members, {}, (parts, tcp, own) => {
            judgedByOthers += parts.length;
            return judge(parts, tcp, (part, known) => {
              judgedByOthers--;
              return own(part, known);
            });
          });
          expect(shared.diagnostics).toEqual(alone.diagnostics);
          expect(shared.policies).toBe(alone.policies);
        }
      }
    });
  });

  it("as bytes, with --fix, and of the standard input", { timeout: 90_000 }, () => {
    // Long enough for two threads.
    const long = `# ${"x".repeat(300_000)}\n`;
    const documents = Array.from({ length: 120 }, (_, i) =>
      policy(`p${i % 100}`, i % 7 === 0 ? "%PROTCOL%" : "%REQUEST_HEADER(A)% %REQ(A )%"),
    );
    const text = [...documents, service("db", "tcp"), "[\n"].map((document) => long + document).join("---\n");
    for (const args of [
      ["--format", "json"],
      ["--fix", "--kuma", "2.12", "--format", "sarif"],
    ]) {
      const runs = ["1", "2"].map((jobs) => {
        const folder = folderWith({ "a.yaml": text });
        return meshlog(["check", ...args, "--jobs", jobs, "."], { cwd: folder });
      });
      expect(runs[1]).toEqual(runs[0]);
      expect(runs[0]).toMatchObject({ code: 1 });
    }
    const piped = ["1", "2"].map((jobs) => meshlog(["check", "-", "--jobs", jobs], { input: text }));
    expect(piped[1]).toEqual(piped[0]);
  });
});

describe("a worker that fails", () => {
  it("ends the run with what it threw", async () => {
    const broken = { ...task, releases: { kuma: "9.9" } };
    const never = new Promise<never>(() => undefined);
    await expect(withWorkers([task, broken], ({ wait }) => wait(never))).rejects.toThrow("There is no Kuma 9.9");
  });
});

describe("--jobs", () => {
  it.each(["0", "two", "-1", "1.5", ""])("%j is refused", (jobs) => {
    expect(meshlog(["check", "--jobs", jobs, "."])).toMatchObject({
      code: 2,
      error: expect.stringContaining("--jobs takes a number from 1") as string,
    });
  });

  it("more than there is work for is no mistake", () => {
    const folder = folderWith({ "a.yaml": policy("a", "%PROTCOL%") });
    const [one, many] = ["1", "5000"].map((jobs) => meshlog(["check", "--jobs", jobs, "."], { cwd: folder }));
    expect(many).toEqual(one);
  });
});
