import { EmbeddedActionsParser, type IToken, type ParserMethod } from "chevrotain";
import type { Argument } from "./arguments/argument.ts";
import { readArgument } from "./arguments/read.ts";
import type { KumaOperator, Limit, Name, Part, Problem } from "./ast.ts";
import { operators } from "./catalog/operators.ts";
import { createFormatLexer, type FormatLexer } from "./lexer.ts";
import { isKuma, kumaBetween, type Masked } from "./placeholders.ts";

/** The token that `OPTION` leaves out. */
type Maybe<T> = T | undefined;

/**
 * The grammar of formats over the flat tokens of the lexer. It accepts every sequence that the lexer makes: nothing of
 * Chevrotain's error handling is used.
 */
export class FormatParser extends EmbeddedActionsParser {
  readonly lexer: FormatLexer;
  readonly format: ParserMethod<[], Part[]>;

  #source = "";
  #masked: Masked = { text: "", kuma: [], names: "none" };
  #parts: Part[] = [];

  /** @param skipValidations Chevrotain's checks of the grammar itself, which tests make once. */
  constructor(lexer: FormatLexer = createFormatLexer(), skipValidations = true) {
    super(Object.values(lexer.tokens), { maxLookahead: 1, recoveryEnabled: false, skipValidations });
    this.lexer = lexer;
    const { tokens } = lexer;

    // Alternatives are made once: rules run for every call of every format.
    const starts = [{ ALT: () => this.CONSUME(tokens.Open) }, { ALT: () => this.CONSUME(tokens.Misnamed) }];
    const argumentShapes = [
      { ALT: () => this.CONSUME(tokens.LastArgument) },
      { ALT: () => this.CONSUME(tokens.Argument) },
      { ALT: () => this.CONSUME(tokens.TornArgument) },
      { ALT: () => this.CONSUME(tokens.UnendedArgument) },
      { ALT: () => this.CONSUME(tokens.UnclosedArgument) },
    ];
    const argument = (): IToken => this.OR1(argumentShapes);
    const limit = (): IToken => this.CONSUME(tokens.Limit);
    const close = (): IToken => this.CONSUME(tokens.Close);

    // Not a rule of its own, which every call would pay for.
    const call = (): void => {
      const opened = this.OR(starts);
      const taken = this.OPTION(argument);
      const limited = this.OPTION1(limit);
      const closed = this.OPTION2(close);
      this.ACTION(() => this.#parts.push(this.#call(opened, taken, limited, closed)));
    };

    const parts = [
      { ALT: () => { this.#text(this.CONSUME(tokens.Text)); } },
      { ALT: () => { this.#whole(this.CONSUME(tokens.Call)); } },
      { ALT: call },
      { ALT: () => { this.#text(this.CONSUME(tokens.TextAfter)); } },
      { ALT: () => { this.#sign("escape", this.CONSUME(tokens.Escape)); } },
      { ALT: () => { this.#sign("stray", this.CONSUME(tokens.Stray)); } },
    ]; // prettier-ignore
    const part = (): void => {
      this.OR2(parts);
    };
    this.format = this.RULE("format", () => {
      this.#parts = [];
      this.MANY(part);
      return this.#parts;
    });
    this.performSelfAnalysis();
  }

  /**
   * Reads the tokens of a text.
   *
   * @param masked the text that the tokens are of: the same, or with Kuma's operators blanked out.
   */
  read(source: string, masked: Masked, tokens: IToken[]): Part[] {
    this.#source = source;
    this.#masked = masked;
    this.input = tokens;
    return this.format();
  }

  #text({ image, startOffset: start }: IToken): void {
    const end = start + image.length;
    const kuma = kumaBetween(this.#masked.kuma, start, end);
    if (kuma.length === 0) this.#parts.push({ kind: "text", start, end, text: image });
    else this.#textAround(kuma, start, end);
  }

  #textAround(kuma: readonly KumaOperator[], start: number, end: number): void {
    let at = start;
    for (const operator of kuma) {
      if (operator.start > at) this.#plain(at, operator.start);
      this.#parts.push(operator);
      at = operator.end;
    }
    if (at < end) this.#plain(at, end);
  }

  #plain(start: number, end: number): void {
    this.#parts.push({ kind: "text", start, end, text: this.#source.slice(start, end) });
  }

  #sign(kind: "escape" | "stray", token: IToken): void {
    this.#parts.push({ kind, start: token.startOffset, end: endOf(token) });
  }

  /** `%NAME%` or `%NAME(…)%` */
  #whole({ image, startOffset: start }: IToken): void {
    const end = start + image.length;
    const parenthesis = image.indexOf("(");
    const nameEnd = parenthesis < 0 ? image.length - 1 : parenthesis;
    const name = { start: start + 1, end: start + nameEnd, text: image.slice(1, nameEnd) };
    if (parenthesis < 0) {
      const isReplaced = isKuma(name.text, this.#masked.names);
      this.#parts.push(
        isReplaced ? { kind: "kuma", name: name.text, start, end } : { kind: "operator", start, end, name },
      );
      return;
    }
    const argument = this.#argumentAt(name.text, name.end + 1, end - 2);
    this.#parts.push({ kind: "operator", start, end, name, argument });
  }

  #call(open: IToken, taken: Maybe<IToken>, limit: Maybe<IToken>, close: Maybe<IToken>): Part {
    const start = open.startOffset;
    const end = endOf(close ?? limit ?? taken ?? open);
    const name: Name = { start: start + 1, end: endOf(open), text: open.image.slice(1) };
    const problem = this.#problem(open, taken, close);
    const rest = {
      ...(taken && { argument: this.#argument(name.text, taken) }),
      ...(limit && { limit: limitOf(limit) }),
    };
    if (problem === undefined) return { kind: "operator", start, end, name, ...rest };
    return { kind: "broken", start, end, problem, name, ...rest };
  }

  #problem(open: IToken, taken: Maybe<IToken>, close: Maybe<IToken>): Problem | undefined {
    const { LastArgument, Misnamed, TornArgument, UnclosedArgument } = this.lexer.tokens;
    if (taken?.tokenType === UnclosedArgument) return "no-parenthesis";
    if (close === undefined && taken?.tokenType !== LastArgument) return "no-percent";
    if (open.tokenType === Misnamed) return "name";
    return taken?.tokenType === TornArgument ? "line-break" : undefined;
  }

  #argument(name: string, token: IToken): Argument {
    const start = token.startOffset + 1;
    const { LastArgument, UnclosedArgument } = this.lexer.tokens;
    const closing = token.tokenType === LastArgument ? 2 : token.tokenType === UnclosedArgument ? 0 : 1;
    const end = endOf(token) - closing;
    return this.#argumentAt(name, start, end);
  }

  #argumentAt(name: string, start: number, end: number): Argument {
    const text = this.#source.slice(start, end);
    const kuma = kumaBetween(this.#masked.kuma, start, end);
    const facts = (operators.get(name) ?? operators.get(name.toUpperCase()))?.argument;
    if (kuma.length === 0) return readArgument(facts, { start, text, masked: text });
    return readArgument(facts, { start, text, masked: this.#masked.text.slice(start, end), kuma });
  }
}

function endOf(token: IToken): number {
  return token.startOffset + token.image.length;
}

function limitOf(token: IToken): Limit {
  return { start: token.startOffset + 1, end: endOf(token), text: token.image.slice(1) };
}
