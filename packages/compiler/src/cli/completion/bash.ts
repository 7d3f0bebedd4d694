import type { DescribedCommand } from "./described.ts";

/** A script that completes commands, options and their values in bash; what is no word of ours is a path. */
export function bashCompletion(commands: readonly DescribedCommand[]): string {
  const names = commands.map(({ name }) => name);
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .map(({ long, short, choices }) => {
        const patterns = [long, short].flatMap((one) => (one === undefined ? [] : `'${name} ${one}'`)).join(" | ");
        return `    ${patterns}) words='${choices.join(" ")}'; isValue=1 ;;`;
      }),
  );
  const own = commands.map(
    ({ name, options, words }) =>
      `    ${name}) options='${options.map(({ long }) => long).join(" ")}'; words='${words.join(" ")}' ;;`,
  );
  return `# Completion of meshlog in bash: eval "$(meshlog completion bash)"
_meshlog() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD - 1]}"
  local command='' options='--help --version' words='${[...names, "help"].join(" ")}' isValue='' i
  # bash takes the sign of --option=value for a word.
  if [ "$word" = '=' ]; then word=''; elif [ "$before" = '=' ]; then before="\${COMP_WORDS[COMP_CWORD - 2]}"; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
    ${names.join(" | ")}) command="\${COMP_WORDS[i]}"; break ;;
    help) command=help; options=''; break ;;
    esac
  done
  case "$command" in
${own.join("\n")}
  esac
  case "$command $before" in
${values.join("\n")}
  esac
  if [ -z "$isValue" ] && [ "\${word#-}" != "$word" ]; then words="$options"; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o bashdefault -o default -F _meshlog meshlog
`;
}
