import { kumaOperators, kumaReleases, operators } from "@meshlog/parser";
import type { Command } from "commander";
import { codes, families } from "../../explain/table.ts";
import { samples } from "../../preview/samples.ts";
import { bashCompletion } from "../completion/bash.ts";
import { describeCommands, type KnownWords } from "../completion/described.ts";
import { fishCompletion } from "../completion/fish.ts";
import type { Shell } from "../completion/shells.ts";
import { zshCompletion } from "../completion/zsh.ts";
import { exitCode } from "../exit-code.ts";
import type { Streams } from "../streams.ts";

const known: KnownWords = {
  "--kuma": [...new Set(kumaReleases.map(({ line }) => line))],
  "--to": [...new Set(kumaReleases.map(({ line }) => line))],
  "--traffic": Object.keys(samples),
  explain: [...families, ...codes],
  operators: [...kumaOperators.keys(), ...operators.keys()],
};

const scripts: Readonly<Record<Shell, typeof bashCompletion>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
  fish: fishCompletion,
};

/** `meshlog completion`: the script with which a shell completes what a program's commands are defined to take. */
export function runCompletion(shell: Shell, program: Command, streams: Streams): number {
  streams.out(scripts[shell](describeCommands(program, known)));
  return exitCode.clean;
}
