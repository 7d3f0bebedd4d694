import { Option } from "commander";
import { UsageError } from "./exit-code.ts";

/** Formats that are given on the command line. */
export function expression(): Option {
  return new Option("-e, --expression <format>", "a format string (may be given several times)").argParser(collect);
}

/** The releases of Kuma to judge for. */
export function releases(): readonly Option[] {
  return [
    new Option("--kuma <range>", "releases of Kuma: 2.14, v2.14.1, 2.14.0..2.14.3"),
    new Option("--all-patches", "every patch of a range, not only the newest of each line"),
  ];
}

/** The releases of Envoy to judge formats by. */
export function envoys(): Option {
  return new Option("--envoy <range>", "judge formats by these releases of Envoy: 1.38, 1.30..1.38.2");
}

/** The kind of traffic that formats are for. */
export function protocol(): Option {
  return new Option("--protocol <protocol>", "of the traffic that is logged").choices(["http", "tcp"]);
}

/** How files are found and called. */
export function files(): readonly Option[] {
  return [
    new Option("--stdin-filename <name>", "what diagnostics call the standard input (path -)").default("stdin.yaml"),
    new Option("--ignore <glob>", "leave out files that match (may be given several times)").argParser(collect),
  ];
}

/** The configuration of meshlog. */
export function config(): Option {
  return new Option(
    "--config <file>",
    "the configuration; by default the nearest meshlog.config.yaml, upwards from here",
  );
}

/** The configuration, and what the control plane knows. */
export function configured(): readonly Option[] {
  return [config(), new Option("--control-plane <file>", "what the control plane knows beyond its resources")];
}

/** Whether output is coloured. */
export function colors(): readonly Option[] {
  return [new Option("--color", "colour the report"), new Option("--no-color", "do not")];
}

/** How a report looks. */
export function reports(): readonly Option[] {
  return [new Option("--quiet", "errors only"), ...colors()];
}

/** How many threads work. */
export function jobs(): Option {
  return new Option("--jobs <count>", "how many threads share a large bundle (default: 1)").argParser((value) => {
    const number = wholeNumber(value) ?? 0;
    if (number < 1) throw new UsageError(`--jobs takes a number from 1, not "${value}".`);
    return number;
  });
}

/** How many warnings are allowed. */
export function maxWarnings(): Option {
  return new Option("--max-warnings <count>", "fail if there are more warnings").argParser((value) => {
    const number = wholeNumber(value);
    if (number === undefined) throw new UsageError(`--max-warnings takes a number, not "${value}".`);
    return number;
  });
}

function collect(value: string, previous: readonly string[] = []): readonly string[] {
  return [...previous, value];
}

/** The number that digits write; `undefined` for other texts, and numbers that are not exact. */
function wholeNumber(text: string): number | undefined {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return Number.isSafeInteger(number) ? number : undefined;
}
