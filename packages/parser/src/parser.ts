import { EmbeddedActionsParser, type IToken, type ParserMethod } from "chevrotain";
import type { Argument } from "./arguments/argument.ts";
import { readArgument } from "./arguments/read.ts";
import type { Limit, Name, Part, Problem } from "./ast.ts";
import { operators } from "./catalog/operators.ts";
import { createFormatLexer, type FormatLexer } from "./lexer.ts";
import { kumaBetween, type Masked } from "./placeholders.ts";

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
  #masked: Masked = { text: "", kuma: [] };

  /** @param skipValidations Chevrotain's checks of the grammar itself, which tests make once. */
  constructor(lexer: FormatLexer = createFormatLexer(), skipValidations = true) {
    super(Object.values(lexer.tokens), { maxLookahead: 1, recoveryEnabled: false, skipValidations });
    this.lexer = lexer;
    const {
      Text,
      Escape,
      Stray,
      Open,
      Misnamed,
      Argument,
      TornArgument,
      UnendedArgument,
      UnclosedArgument,
      Limit,
      Close,
      TextAfter,
    } = lexer.tokens;

    const argument = this.RULE("argument", (): Maybe<IToken> =>
      this.OR([
        { ALT: () => this.CONSUME(Argument) },
        { ALT: () => this.CONSUME(TornArgument) },
        { ALT: () => this.CONSUME(UnendedArgument) },
        { ALT: () => this.CONSUME(UnclosedArgument) },
      ]),
    );

    const call = this.RULE("call", (): Part => {
      const open = this.OR([{ ALT: () => this.CONSUME(Open) }, { ALT: () => this.CONSUME(Misnamed) }]);
      const taken = this.OPTION(() => this.SUBRULE(argument));
      const limit = this.OPTION1(() => this.CONSUME(Limit));
      const close = this.OPTION2(() => this.CONSUME(Close));
      return this.ACTION(() => this.#call(open, taken, limit, close));
    });

    this.format = this.RULE("format", () => {
      const parts: Part[] = [];
      this.MANY(() => {
        this.OR([
          {
            ALT: () => {
              this.#text(parts, this.CONSUME(Text));
            },
          },
          {
            ALT: () => {
              this.#text(parts, this.CONSUME(TextAfter));
            },
          },
          { ALT: () => parts.push(this.SUBRULE(call)) },
          {
            ALT: () => {
              const { startOffset: start } = this.CONSUME(Escape);
              parts.push({ kind: "escape", start, end: start + 2 });
            },
          },
          {
            ALT: () => {
              const { startOffset: start } = this.CONSUME(Stray);
              parts.push({ kind: "stray", start, end: start + 1 });
            },
          },
        ]);
      });
      return parts;
    });
    this.performSelfAnalysis();
  }

  /** Reads the tokens of a text in which Kuma's operators are blanked out. */
  read(source: string, masked: Masked, tokens: IToken[]): Part[] {
    this.#source = source;
    this.#masked = masked;
    this.input = tokens;
    return this.format();
  }

  #text(parts: Part[], token: IToken): void {
    const end = token.startOffset + token.image.length;
    let at = token.startOffset;
    for (const operator of kumaBetween(this.#masked.kuma, at, end)) {
      if (operator.start > at) parts.push(this.#plain(at, operator.start));
      parts.push(operator);
      at = operator.end;
    }
    if (at < end) parts.push(this.#plain(at, end));
  }

  #plain(start: number, end: number): Part {
    return { kind: "text", start, end, text: this.#source.slice(start, end) };
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
    const { Misnamed, TornArgument, UnclosedArgument } = this.lexer.tokens;
    if (taken?.tokenType === UnclosedArgument) return "no-parenthesis";
    if (close === undefined) return "no-percent";
    if (open.tokenType === Misnamed) return "name";
    return taken?.tokenType === TornArgument ? "line-break" : undefined;
  }

  #argument(name: string, token: IToken): Argument {
    const start = token.startOffset + 1;
    const end = endOf(token) - (token.tokenType === this.lexer.tokens.UnclosedArgument ? 0 : 1);
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
