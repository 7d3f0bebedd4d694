import { goQuote } from "./go-quote.ts";
import type { Span } from "./span.ts";
import { utf8Length } from "./utf8.ts";

/**
 * The parser that Kuma had of its own up to 2.5: an older grammar than Envoy's, with its own texts. It read every format
 * and wrote it anew; a proxy whose format it could not read got no configuration at all. Source:
 * `pkg/envoy/accesslog/v3/format_parser.go` and `commands.go` at 2.5.11; the same since 2.0, deleted in 2.6 (kuma#8455).
 */
export type OldKumaReading =
  { readonly kind: "read"; readonly text: string } | ({ readonly kind: "refused"; readonly message: string } & Span);

const operator = /%([A-Z_0-9]+)(?:\(([^)]*)\))?(?::([0-9]+))?%/y;

/** The calls that take something, as Kuma's texts name them. */
const headerOperators = new Set(["REQ", "RESP", "TRAILER"]);

/**
 * Reads a format as Kuma up to 2.5 does, and writes it as that Kuma hands it on to Envoy.
 *
 * @param value what stands for `%KUMA_…%`; Kuma itself writes nothing for a name that it does not know.
 */
export function readAsOldKuma(text: string, value: (name: string) => string = (name) => `%${name}%`): OldKumaReading {
  const written: string[] = [];
  let at = 0;
  for (let percent = text.indexOf("%"); percent >= 0; percent = text.indexOf("%", at)) {
    operator.lastIndex = percent;
    const match = operator.exec(text);
    if (match === null) {
      const position = utf8Length(text.slice(0, percent)) + 1;
      const tail = goQuote(text.slice(percent));
      const problem = `expected a command operator to start at position ${position}, instead got: ${tail}`;
      return refused(problem, percent, text.length);
    }
    const [token, command = "", argument = "", limit] = match;
    const call = readCall({ token, command, argument, limit: limit ?? "" }, value);
    if ("problem" in call) return refused(call.problem, percent, percent + token.length);
    written.push(text.slice(at, percent), call.text);
    at = percent + token.length;
  }
  written.push(text.slice(at));
  return { kind: "read", text: written.join("") };
}

function refused(problem: string, start: number, end: number): OldKumaReading {
  return { kind: "refused", message: `format string is not valid: ${problem}`, start, end };
}

interface Call {
  readonly token: string;
  readonly command: string;
  readonly argument: string;
  readonly limit: string;
}

type Read = { readonly text: string } | { readonly problem: string };

function readCall(call: Call, value: (name: string) => string): Read {
  const { token, command, argument } = call;
  if (headerOperators.has(command)) return readHeaders(call);
  switch (command) {
    case "DYNAMIC_METADATA":
      return (
        badLimit(call) ??
        (isBare(call)
          ? needs(call, "DYNAMIC_METADATA(NAMESPACE:KEY*):Z", "a filter namespace and optional path as its arguments")
          : write(call, argument))
      );
    case "FILTER_STATE":
      return (
        badLimit(call) ??
        (argument === "" ? needs(call, "FILTER_STATE(KEY):Z", "a key as its argument") : write(call, argument))
      );
    case "START_TIME":
      if (/%[-_0^#]*[1-9]*n/.test(argument)) {
        return { problem: `start time format string contains a newline in ${goQuote(token)}` };
      }
      return { text: argument === "" ? "%START_TIME%" : `%START_TIME(${argument})%` };
    default: {
      // The slip in the table of commands is Kuma's: Envoy knows no CMD_GRPC_STATUS.
      const written = command === "GRPC_STATUS" ? "%CMD_GRPC_STATUS%" : `%${command}%`;
      if (token !== `%${command}%`) {
        const name = goQuote(written);
        return {
          problem: `command ${name} doesn't support arguments or max length constraint, instead got ${goQuote(token)}`,
        };
      }
      return { text: command.startsWith("KUMA_") ? value(command) : written };
    }
  }
}

function readHeaders(call: Call): Read {
  const { token, command, argument } = call;
  if (isBare(call)) {
    return needs(call, `${command}(X?Y):Z`, "a header and optional alternative header names as its arguments");
  }
  const limit = badLimit(call);
  if (limit !== undefined) return limit;
  const names = argument.split("?");
  if (names.length > 2) return { problem: `more than 1 alternative header specified in ${goQuote(token)}` };

  if (/[\0\r\n]/.test(argument)) return { problem: `header name contains a newline in ${goQuote(token)}` };
  const [header = "", alternative = ""] = names.map((name) => name.toLowerCase());
  return write(call, alternative === "" ? header : `${header}?${alternative}`);
}

/** `%REQ%` and `%REQ:10%`; `%REQ()%` is none. */
function isBare({ token, command }: Call): boolean {
  return token[command.length + 1] !== "(";
}

function needs({ token }: Call, usage: string, what: string): Read {
  return { problem: `command ${goQuote(`%${usage}%`)} requires ${what}, instead got ${goQuote(token)}` };
}

/** Go's `strconv.Atoi` takes 63 bits. */
function badLimit({ token, limit }: Call): Read | undefined {
  const digits = limit.replace(/^0+/, "");
  const isTooLarge = digits.length > 19 || (digits.length === 19 && digits > "9223372036854775807");
  if (!isTooLarge) return undefined;
  return { problem: `length must be an integer, instead got ${goQuote(limit)} in ${goQuote(token)}` };
}

function write({ command, limit }: Call, argument: string): Read {
  const digits = limit.replace(/^0+/, "");
  return { text: `%${command}(${argument})${digits === "" ? "" : `:${digits}`}%` };
}
