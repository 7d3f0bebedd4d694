import type { DescribedCommand, DescribedOption } from "./described.ts";

/** A script that completes commands, options and their values in zsh; what is no word of ours is a path. */
export function zshCompletion(commands: readonly DescribedCommand[]): string {
  const listed = commands.map(({ name, summary }) => `    ${quoted(`${name}:${summary}`)}`);
  const own = commands.map(({ name, options, words }) => {
    const specs = [...options.map(optionSpec), `'*: :${valueSpec(words)}'`];
    return `    ${name})\n      _arguments -S \\\n        ${specs.join(" \\\n        ")}\n      ;;`;
  });
  return `#compdef meshlog
# Completion of meshlog in zsh: eval "$(meshlog completion zsh)", or this as a file _meshlog in a folder of $fpath.
_meshlog() {
  local -a commands
  commands=(
${listed.join("\n")}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="\${words[2]}"
  shift words
  (( CURRENT-- ))
  case "$command" in
${own.join("\n")}
  esac
}
if [ "$funcstack[1]" = _meshlog ]; then _meshlog "$@"; else compdef _meshlog meshlog; fi
`;
}

function optionSpec({ long, short, about, takesValue, choices }: DescribedOption): string {
  const text = about.replace(/[[\]:\\]/g, "\\$&");
  const value = takesValue ? `: :${valueSpec(choices)}` : "";
  const spec = quoted(`[${text}]${value}`);
  return short === undefined ? `'*'${long}${spec}` : `'*'{${short},${long}}${spec}`;
}

const valueSpec = (words: readonly string[]): string => (words.length === 0 ? "_files" : `(${words.join(" ")})`);

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
