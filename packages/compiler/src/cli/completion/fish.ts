import type { DescribedCommand, DescribedOption } from "./described.ts";

/** A script that completes commands, options and their values in fish; what is no word of ours is a path. */
export function fishCompletion(commands: readonly DescribedCommand[]): string {
  const names = commands.map(({ name }) => name).join(" ");
  const lines = commands.flatMap(({ name, summary, options, words }) => {
    const within = `complete -c meshlog -n '__fish_seen_subcommand_from ${name}'`;
    return [
      `complete -c meshlog -n 'not __fish_seen_subcommand_from ${names}' -f -a ${name} -d ${quoted(summary)}`,
      ...options.map((option) => `${within}${optionFlags(option)}`),
      ...(words.length > 0 ? [`${within} -f -a ${quoted(words.join(" "))}`] : []),
    ];
  });
  return `# Completion of meshlog in fish: meshlog completion fish | source\n${lines.join("\n")}\n`;
}

function optionFlags({ long, short, about, takesValue, choices }: DescribedOption): string {
  const value = !takesValue ? "" : choices.length > 0 ? ` -x -a ${quoted(choices.join(" "))}` : " -r";
  return ` -l ${long.slice(2)}${short === undefined ? "" : ` -s ${short.slice(1)}`}${value} -d ${quoted(about)}`;
}

const quoted = (text: string): string => `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
