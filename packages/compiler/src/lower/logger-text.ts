import { kumaOperators, type KumaValues } from "../kuma/kuma-operators.ts";
import { type FillValues, type LinkedLogger, loggerObject } from "./linked-logger.ts";
import { templateTexts } from "./template-texts.ts";
import type { LoggerTemplate } from "./template.ts";
import { unusedCharacter } from "./unused-character.ts";

/** What writes lists of loggers of one proxy: the text is that of the list of their objects. */
export type WriteLoggers = (loggers: readonly LinkedLogger[]) => string;

/** How objects and lists are written. */
export interface LoggerLayout {
  readonly stringify: (logger: object) => string;
  /** What stands before, between and after the items of a list. */
  readonly list: readonly [before: string, between: string, after: string];
}

/**
 * What makes a writer for each proxy of a run. The first logger of a template is written as an object whose holes hold
 * marks; that text, cut at the marks, serves all others: writing them is a join. The members of an object depend on its
 * values only by which of them are empty, so there is a cut for each such shape.
 */
export function loggerWriter({ stringify, list: [before, between, after] }: LoggerLayout): () => WriteLoggers {
  const cuts = new Map<LoggerTemplate, Cuts>();

  function cutOf({ template, filter }: LinkedLogger, shape: string): Cut | undefined {
    let known = cuts.get(template);
    if (known === undefined) {
      const canBeCut = [...templateTexts(template)].every(({ kind }) => kind !== "replaced");
      cuts.set(template, (known = canBeCut ? new Map<string, Cut>() : "uncut"));
    }
    if (known === "uncut") return undefined;
    const key = filter === undefined ? shape : shape + JSON.stringify(filter);
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = cut(template, filter, shape, stringify)));
    return found;
  }

  return () => {
    const fillings = new Map<FillValues, Filling>();
    const fillingOf = (values: FillValues): Filling => {
      let filling = fillings.get(values);
      if (filling === undefined) fillings.set(values, (filling = readFilling(values)));
      return filling;
    };
    const write = (logger: LinkedLogger, parts: string[]): void => {
      const filling = fillingOf(logger.values);
      const found = filling.isPlain && logger.clusterName.isWellFormed() ? cutOf(logger, filling.shape) : undefined;
      if (found === undefined) parts.push(stringify(loggerObject(logger)));
      else fillCut(found, filling, logger.clusterName, parts);
    };
    return (loggers) => {
      const [first] = loggers;
      if (first === undefined) return "[]";
      // The inbounds of a workload mostly have the same loggers.
      const { lists } = fillingOf(first.values);
      const same = lists.find((known) => isSameList(known.loggers, loggers));
      if (same !== undefined) return same.text;
      // One join of all parts: texts that are put together of texts cost far more.
      const parts: string[] = [];
      for (const logger of loggers) {
        parts.push(parts.length === 0 ? before : between);
        write(logger, parts);
      }
      parts.push(after);
      const text = parts.join("");
      lists.push({ loggers, text });
      return text;
    };
  };
}

function isSameList(a: readonly LinkedLogger[], b: readonly LinkedLogger[]): boolean {
  return a.length === b.length && a.every((one, i) => isSame(one, b[i]));
}

function isSame(a: LinkedLogger, b: LinkedLogger | undefined): boolean {
  return (
    a.template === b?.template && a.values === b.values && a.clusterName === b.clusterName && a.filter === b.filter
  );
}

/** What there is of a template: by the shape of the values and the filter. Some cannot be cut. */
type Cuts = Map<string, Cut> | "uncut";

function fillCut({ literals, holes }: Cut, { escaped }: Filling, clusterName: string, parts: string[]): void {
  let i = 0;
  for (const literal of literals) {
    parts.push(literal);
    const hole = holes[i++];
    if (hole !== undefined) parts.push(escaped[hole] ?? escape(clusterName));
  }
}

/** The text of a template, cut at its holes: a literal, a hole, a literal, … */
interface Cut {
  readonly literals: readonly string[];
  /** Places in {@link Filling.escaped}; that of the cluster comes after them. */
  readonly holes: readonly number[];
}

/** Values on their way into texts. */
interface Filling {
  /** The values of Kuma's operators in their order, then the socket, as they stand in a JSON string. */
  readonly escaped: readonly string[];
  /** Which of them are there: a `1` for each, a `0` for one that is empty. */
  readonly shape: string;
  /**
   * Whether they can simply be put into a text. A `%` may make up an operator that is replaced again, and half a character
   * may find its other half.
   */
  readonly isPlain: boolean;
  /** The lists that have been written with them. */
  readonly lists: { readonly loggers: readonly LinkedLogger[]; readonly text: string }[];
}

function readFilling({ kuma, socketPath }: FillValues): Filling {
  const values = [...kumaOperators.map((operator) => kuma[operator]), socketPath];
  return {
    escaped: values.map(escape),
    shape: values.map((value) => (value === "" ? "0" : "1")).join(""),
    isPlain: values.every((value) => value.isWellFormed()) && !Object.values(kuma).some((value) => value.includes("%")),
    lists: [],
  };
}

function escape(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}

/** The first character that JSON leaves as it is and that texts seldom have; a text of one byte a character stays one. */
const firstMark = 0x7f;

function cut(
  template: LoggerTemplate,
  filter: LinkedLogger["filter"],
  shape: string,
  stringify: (logger: object) => string,
): Cut {
  const written = (value: (hole: number) => string): string => {
    const kuma = Object.fromEntries(kumaOperators.map((operator, i) => [operator, value(i)])) as KumaValues;
    const socket = kumaOperators.length;
    const values = { kuma, socketPath: value(socket) };
    return stringify(loggerObject({ template, values, clusterName: value(socket + 1), filter }));
  };
  const mark = unusedCharacter(
    written(() => ""),
    firstMark,
  );
  const parts = written((hole) => (shape[hole] === "0" ? "" : `${mark}${hole}${mark}`)).split(mark);
  return {
    literals: parts.filter((_, i) => i % 2 === 0),
    holes: parts.filter((_, i) => i % 2 === 1).map(Number),
  };
}
