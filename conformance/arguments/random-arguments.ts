import type { DescribedCommand, DescribedOption } from "../../packages/compiler/src/cli/completion/described.ts";
import { pickFrom } from "../random.ts";

/** Files, folders and what is neither, below the working directory. Nothing names a place outside of it to write to. */
const paths: readonly string[] = [
  ..."a.yaml bundle.yaml broken.yaml dump.json dir . ./a.yaml dir/../a.yaml link.yaml".split(" "),
  ..."missing.yaml missing/x *.yaml dir/** {a,b}.yaml [ !a.yaml **/* - new new/deep meshlog.config.yaml".split(" "),
  ..."/dev/null /dev/null/x ../outside/kept.yaml".split(" "),
  ...["", " ", "\n", "ä😀.yaml", "\ud800", "a.yaml/x", "x".repeat(300), `${"d/".repeat(2000)}x`, "\u001b[31mred"],
];

/** What options take. Any may come to stand for a path, so that none leads elsewhere. */
const values: readonly string[] = [
  ..."2.14 v2.14.1 2.10..2.14 2.0..main >=2.9 main 1.38 1.30..1.38.2 9.9 2.14,2.13 , >= 2.14.99 latest".split(" "),
  ..."0 1 -1 1.5 1e9 99999999999999999999 NaN 0x10 ٣ 0/1 1/2 2/2 -1/3 1/0 0/99999999999 a/b".split(" "),
  ..."default default/d d nobody other/d lint lint/endpoint format/unknown-operator no/such X".split(" "),
  ..."http tcp grpc failure json pretty text UTC Europe/Berlin Mars/Base universal kubernetes config bash fish".split(
    " ",
  ),
  ..."PROTOCOL REQ %PROTOCOL% %REQ(:PATH)% %PROTCOL% % %KUMA_MESH% %START_TIME(%s) {}".split(" "),
  ..."__proto__ constructor toString hasOwnProperty ...x C:\\x $(x) `x` --".split(" "),
  ...['{"a":"%PROTOCOL%"}', "%START_TIME%".repeat(50), "\0", "😀", "\u202e", "null", "true", "true,false"],
];

/** What may stand in a list where it has no business. */
const strays: readonly string[] = [
  ..."-- - --help -h --version -V help --nope -x --no-color --color --quiet=1 --out --kuma --format -e".split(" "),
  ..."--=x --out= ---- -e=-e --no-no --__proto__ --kuma=2.14 --strict --lines --facts --fix --force".split(" "),
];

/** A list of arguments after the program's name: a command, options of it and of others, paths, and garbage. */
export function randomArguments(commands: readonly DescribedCommand[], random: () => number): readonly string[] {
  const pick = <T>(list: readonly T[]): T => pickFrom(list, random);
  const command = pick(commands);
  const args: string[] = [];
  for (let i = Math.floor(random() * 7); i > 0; i--) {
    const kind = random();
    if (kind < 0.4) args.push(pick(paths));
    else if (kind < 0.5) args.push(pick(random() < 0.5 ? strays : values));
    else {
      const { options } = random() < 0.85 ? command : pick(commands);
      const option = options.length === 0 ? undefined : pick(options);
      // It only ends when it is told to.
      if (option !== undefined && option.long !== "--watch") args.push(...withValue(option, random));
    }
  }
  const isMissing = random();
  return isMissing < 0.03 ? args : isMissing < 0.06 ? [pick(values), ...args] : [command.name, ...args];
}

function withValue({ long, short, takesValue, choices }: DescribedOption, random: () => number): readonly string[] {
  const flag = short !== undefined && random() < 0.5 ? short : long;
  if (!takesValue) return random() < 0.95 ? [flag] : [`${flag}=x`];
  const kind = random();
  if (kind < 0.04) return [flag];
  const given = choices.length > 0 && kind < 0.8 ? choices : kind < 0.6 ? values : paths;
  // A place to write to is one below the working directory.
  const value = /output-file|out$/.test(flag) ? pickFrom(places, random) : pickFrom(given, random);
  return random() < 0.8 ? [flag, value] : [`${flag}=${value}`];
}

const places: readonly string[] = [
  ..."new.json new/report.json out dir a.yaml/x . /dev/null out/default".split(" "),
  ...["", "\0", "x".repeat(300), "ä😀", "__proto__", "a\nb"],
];
