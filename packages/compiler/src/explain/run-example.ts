import {
  check as checkFormat,
  checkJson,
  defaultTarget,
  type Diagnostic,
  envoyReleases,
  kumaReleases,
  parse,
  render,
  type Target,
  target,
} from "@meshlog/parser";
import { check } from "../check.ts";
import { compile } from "../compile.ts";
import { readControlPlane } from "../documents/control-plane.ts";
import { load } from "../source/load.ts";
import { migrate } from "../migrate/migrate.ts";
import { readConfigDump } from "../verify/config-dump.ts";
import { samples } from "../preview/samples.ts";
import { trafficFacts } from "../preview/traffic-facts.ts";
import { suppress } from "../suppressions/suppress.ts";
import type { Example, Given } from "./examples.ts";
import type { AnyCode } from "./table.ts";

/** Every patch of both, for which examples are judged. */
const everyKuma: Target = { members: kumaReleases.map((kuma) => ({ name: kuma.name, envoy: kuma.envoy, kuma })) };
const everyEnvoy: Target = { members: envoyReleases.map((envoy) => ({ name: envoy.name, envoy })) };

/** Where an input has a finding. */
export interface Occurrence {
  /** Whether it has it at all; what no release decides names none. */
  readonly isFound: boolean;
  /** The names of the releases of Kuma, and, of formats, of Envoy without a Kuma. */
  readonly kuma: ReadonlySet<string>;
  readonly envoy: ReadonlySet<string>;
}

/** For which releases the wrong input of an example has the finding and the right one has not. */
export function difference(code: AnyCode, example: Example): Occurrence {
  const together = occurrence(code, example, example.bad, inAll);
  // A place has one finding for all releases: where others take precedence, each release is asked alone.
  const ask = together.isFound ? inAll : oneByOne;
  const bad = together.isFound ? together : occurrence(code, example, example.bad, ask);
  const good = occurrence(code, example, example.good, ask);
  const [kuma, envoy] = [without(bad.kuma, good.kuma), without(bad.envoy, good.envoy)];
  const named = bad.kuma.size + bad.envoy.size;
  return { isFound: bad.isFound && (named === 0 ? !good.isFound : kuma.size + envoy.size > 0), kuma, envoy };
}

function without(some: ReadonlySet<string>, others: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...some].filter((one) => !others.has(one)));
}

type Found = Pick<Diagnostic, "code" | "affects">;
type Judge = (input: string, releases: Target) => readonly Found[];
type Ask = (judge: (releases: Target) => readonly Found[], releases: Target) => readonly Found[];

const inAll: Ask = (judge, releases) => judge(releases);
const oneByOne: Ask = (judge, { members }) => members.flatMap((member) => judge({ members: [member] }));

/** For which releases an input has a finding, read as the example is. */
function occurrence(code: AnyCode, { given, options }: Example, input: string, ask: Ask): Occurrence {
  const judge = judges[given](options);
  const affected = (releases: Target): readonly (readonly string[])[] =>
    ask((some) => judge(input, some), releases).flatMap((found) => (found.code === code ? [found.affects] : []));
  const byKuma = affected(everyKuma);
  const byEnvoy = given === "format" || given === "json" ? affected(everyEnvoy) : [];
  return { isFound: byKuma.length + byEnvoy.length > 0, kuma: new Set(byKuma.flat()), envoy: new Set(byEnvoy.flat()) };
}

const judges: Readonly<Record<Given, (options: Example["options"]) => Judge>> = {
  format: (options) => (input, releases) => checkFormat(parse(input), releases, options).diagnostics,
  json: (options) => (input, releases) => checkJson(JSON.parse(input), releases, options).diagnostics,
  yaml: () => (input, releases) => {
    const { value, diagnostics } = load([{ path: "example.yaml", content: exampleBundle(input) }]);
    const { value: heard, diagnostics: wrong } = suppress(value.files, [
      ...diagnostics,
      ...check(value, releases).diagnostics,
    ]);
    const names = releases.members.map(({ name }) => name);
    return [...heard, ...wrong.map(({ code }) => ({ code, affects: names }))];
  },
  bundle: () => (input) => {
    const newest = defaultTarget.members.at(-1)?.kuma;
    const { value } = load([{ path: "example.yaml", content: exampleBundle(input) }]);
    return newest === undefined ? [] : compile(value, newest).diagnostics;
  },
  line:
    () =>
    (input, { members }) => {
      const release = members.at(-1);
      const facts = trafficFacts(samples["http"] ?? {});
      return release === undefined ? [] : render(parse(input), facts, { release }).diagnostics;
    },
  // Between which releases it is migrated decides, and not a release.
  migration: () => (input) => {
    const [from, to] = [kumaReleases[0], kumaReleases.at(-1)];
    const { value } = load([{ path: "example.yaml", content: exampleBundle(input) }]);
    if (from === undefined || to === undefined) return [];
    return migrate(value, { from, to }).diagnostics.map(({ code }) => ({ code, affects: [] }));
  },
  "control-plane": () => (input) => readControlPlane({ path: "example.yaml", content: input }).diagnostics,
  "config-dump": () => (input) => readConfigDump({ path: "example.json", content: input }).diagnostics,
  range: () => (input) => target(input).diagnostics,
};

/** The bundle that an example stands for, which is resources, the spec of a policy, or a backend in its rules. */
export function exampleBundle(example: string): string {
  const indent = (by: number): string => example.replaceAll(/^(?=.)/gm, " ".repeat(by));
  const head = "type: MeshAccessLog\nmesh: default\nname: a\nspec:\n";
  if (/^(?:to|from|rules|targetRef):/.test(example)) return head + indent(2);
  if (!/^type: (?:Tcp|File|OpenTelemetry)(?:\n|$)/.test(example)) return example;
  return `${head}  rules:\n    - default:\n        backends:\n          - ${indent(12).trimStart()}`;
}
