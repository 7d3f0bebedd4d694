import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CompiledBundle } from "../packages/compiler/src/emit/compiled.ts";

/** A command as a README shows it: `$ meshlog check bundle`, and below it what it prints. */
export interface ShownCommand {
  readonly args: readonly string[];
  readonly prints: string;
}

/** The names of all examples: the folders beside this file. */
export const examples: readonly string[] = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

/** Where an example is, or a file in it. */
export function exampleFolder(name: string, ...path: readonly string[]): string {
  return join(import.meta.dirname, name, ...path);
}

/** What `meshlog compile` makes of an example; examples.test.ts sees to it that the file holds just that. */
export function compiledExample(name: string): CompiledBundle {
  return JSON.parse(readFileSync(exampleFolder(name, "expected/bundle.json"), "utf8")) as CompiledBundle;
}

const shown = /(?<=```console\n)[^]*?(?=```)/g;
const prompt = "$ meshlog ";

/** The commands of a README, in order. */
export function shownCommands(readme: string): readonly ShownCommand[] {
  return readme.match(shown)?.flatMap((block) => block.split(/^(?=\$ )/m).map(readCommand)) ?? [];
}

function readCommand(text: string): ShownCommand {
  const [line = "", ...rest] = text.split("\n");
  if (!line.startsWith(prompt)) throw new Error(`a README shows no command of meshlog, but: ${line}`);
  return { args: line.slice(prompt.length).split(" "), prints: rest.join("\n") };
}

/** The README with what its commands print now. */
export function withPrints(readme: string, commands: readonly ShownCommand[]): string {
  const written = commands.map(({ args, prints }) => `${prompt}${args.join(" ")}\n${prints}`);
  return readme.replace(shown, (block) => written.splice(0, block.split(/^(?=\$ )/m).length).join(""));
}
