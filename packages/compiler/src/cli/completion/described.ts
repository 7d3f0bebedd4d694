import type { Command, Option } from "commander";

/** What completion knows of a command. */
export interface DescribedCommand {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly DescribedOption[];
  /** What its argument can be, where that is a list; else it is a path. */
  readonly words: readonly string[];
}

/** What completion knows of an option. */
export interface DescribedOption {
  readonly long: string;
  readonly short?: string;
  readonly about: string;
  /** Whether a value follows. */
  readonly takesValue: boolean;
  /** What the value can be, where that is a list; else it may be a path. */
  readonly choices: readonly string[];
}

/** Lists that no definition of a command holds: the values of an option, by its name, or the words of a command. */
export type KnownWords = Readonly<Record<string, readonly string[]>>;

/** The commands of a program, as they are defined. */
export function describeCommands(program: Command, known: KnownWords): readonly DescribedCommand[] {
  return program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    options: [
      ...command.options.map((option) => describeOption(option, known)),
      { long: "--help", short: "-h", about: "display help for command", takesValue: false, choices: [] },
    ],
    words: command.registeredArguments.flatMap(({ argChoices }) => argChoices ?? known[command.name()] ?? []),
  }));
}

function describeOption(
  { long, short, description, required, optional, argChoices }: Option,
  known: KnownWords,
): DescribedOption {
  const name = long ?? "";
  return {
    long: name,
    ...(short !== undefined && { short }),
    about: description,
    takesValue: required || optional,
    choices: argChoices ?? known[name] ?? [],
  };
}
