import type { ChoiceList, Refusal } from "../catalog/operator.ts";
import { writeNearest } from "../fixes.ts";
import { allMinors } from "../minors.ts";
import { type ArgumentNode, type ArgumentSource, type Piece, piece, split, whole } from "./argument.ts";
import type { CallCheck } from "./call.ts";

/** Options from fixed lists, such as the `NQ:ORIG` of PATH. */
export interface ChoicesArgument extends ArgumentNode<"choices"> {
  /** One for each list, as far as they were written. */
  readonly chosen: readonly Piece[];
  /** What Envoy passes over. */
  readonly surplus?: Piece;
}

/** Reads as many options as there are lists; with one list the whole argument is the option. */
export function readChoices(source: ArgumentSource, lists: number): ChoicesArgument {
  if (lists < 2) return { ...whole("choices", source), chosen: [piece(source, 0, source.text.length)] };
  const pieces = split(source, ":");
  const surplus = pieces[lists];
  return { ...whole("choices", source), chosen: pieces.slice(0, lists), ...(surplus && { surplus }) };
}

/** What the catalogue says of an operator with options. */
export interface Choices {
  readonly lists: readonly ChoiceList[];
  readonly refusal: Refusal;
}

export function checkChoices(
  argument: ChoicesArgument | undefined,
  { lists, refusal }: Choices,
  call: CallCheck,
): void {
  if (refusal === "xfcc") {
    checkKey(argument, lists[0]?.options ?? {}, call);
    return;
  }
  argument?.chosen.forEach((piece, i) => {
    const option = call.effective(piece);
    const names = Object.keys(lists[i]?.options ?? {});
    if (option === "" || names.includes(option)) return;
    const more = (): ReturnType<typeof writeNearest> => writeNearest(piece.start, piece.end, option, names);
    switch (refusal) {
      case "option": {
        const text = `Invalid ${call.name} option: '${option}', only ${names.map((name) => `'${name}'`).join("/")} are allowed`;
        const options = names.join(", ");
        call.refuse("format/option", piece, { option, name: call.name, options }, allMinors, text, more);
        break;
      }
      case "grpc-status": {
        const text = "GrpcStatusFormatter only supports CAMEL_STRING, SNAKE_STRING or NUMBER.";
        const byMinor = (minor: number): string => (minor < 39 ? text : `${text} Got: ${option}`);
        call.refuse("format/grpc-status", piece, { option }, allMinors, byMinor, more);
        break;
      }
      case "none":
        call.note("lint/unknown-option", piece, { option, name: call.name }, allMinors, more);
    }
  });
  if (argument?.surplus !== undefined) {
    const place = { start: argument.surplus.start - 1, end: argument.end };
    call.note("lint/unused-argument", place, { text: argument.text.slice(place.start - argument.start) }, allMinors);
  }
}

/** Source: `source/extensions/formatter/xfcc_value/xfcc_value.cc`. */
function checkKey(
  argument: ChoicesArgument | undefined,
  keys: Readonly<Record<string, string>>,
  call: CallCheck,
): void {
  const key = argument === undefined ? "" : lowerCase(call.effective(argument));
  if (key === "") {
    const text = `${call.name} command requires a subcommand`;
    call.refuse("format/missing-argument", call.place, { name: call.name }, allMinors, text);
    return;
  }
  const names = Object.keys(keys);
  if (argument === undefined || names.some((name) => name.toLowerCase() === key)) return;
  const text = `${call.name} command does not support subcommand: ${key}`;
  call.refuse("format/xfcc-key", argument, { key }, allMinors, text, () =>
    writeNearest(argument.start, argument.end, key, names),
  );
}

/** As `absl::AsciiStrToLower`: other letters stay. */
function lowerCase(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
