import { kumaOperators, type KumaValues } from "../kuma/kuma-operators.ts";
import { type FillValues, type LinkedList, loggerObject, loggersOf } from "./linked-logger.ts";
import type { LoggerList, UnlinkedLogger } from "./logger-list.ts";
import type { OpenTelemetryDestination } from "./open-telemetry-destination.ts";
import { templateTexts } from "./template-texts.ts";
import type { LoggerTemplate } from "./template.ts";
import { unusedCharacter } from "./unused-character.ts";

/**
 * What writes the loggers of one proxy, given list after list: the text is that of the list of their objects, in pieces
 * since it can be long.
 */
export type WriteLoggers = (lists: readonly LinkedList[]) => readonly string[];

/** How objects and lists are written. */
export interface LoggerLayout {
  readonly stringify: (logger: object) => string;
  /** What stands before, between and after the items of a list. */
  readonly list: readonly [before: string, between: string, after: string];
}

/** How many characters of texts that proxies may share are kept; then all are forgotten. */
const mostShared = 1 << 24;

/**
 * What makes a writer for each proxy of a run. The first logger of a template is written as an object whose holes hold
 * marks; that text, cut at the marks, serves all others. The members of an object depend on its values only by which of
 * them are empty, so there is a cut for each such shape. The cuts of a list are put together with all values that are
 * the same for the replicas of a workload: what is left to do for each is to fill in its own.
 */
export function loggerWriter({ stringify, list: [before, between, after] }: LoggerLayout): () => WriteLoggers {
  const cuts = new Map<LoggerTemplate, Cuts>();
  const shared = new Map<LoggerList, Map<string, Cut>>();
  let sharedSize = 0;

  function cutOf({ template, filter }: UnlinkedLogger, shape: string): Cut | undefined {
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

  /** A list with all values but a proxy's own; `undefined` if a template of it cannot be cut. */
  function sharedCut(list: LoggerList, { escaped, shape }: Filling, clusters: Clusters): Cut | undefined {
    const literals: string[] = [];
    const holes: number[] = [];
    let literal: string[] = [];
    for (const logger of list.loggers) {
      const found = cutOf(logger, shape);
      if (found === undefined) return undefined;
      if (literals.length + literal.length > 0) literal.push(between);
      const cluster = logger.template.kind === "open-telemetry" ? clusters.get(logger.template.destination) : "";
      found.literals.forEach((text, i) => {
        literal.push(text);
        const hole = found.holes[i];
        if (hole === undefined) return;
        if (!ownHoles.has(hole)) {
          literal.push(escaped[hole] ?? cluster ?? "");
          return;
        }
        literals.push(literal.join(""));
        holes.push(hole);
        literal = [];
      });
    }
    literals.push(literal.join(""));
    return { literals, holes };
  }

  function sharedCutOf(list: LoggerList, filling: Filling, clusters: Clusters): Cut | undefined {
    const key = [filling.common, ...clusters.values()].join("\0");
    const byValues = shared.get(list);
    const found = byValues?.get(key);
    if (found !== undefined) return found;
    const made = sharedCut(list, filling, clusters);
    if (made === undefined) return undefined;
    sharedSize += made.literals.reduce((size, { length }) => size + length, key.length);
    if (sharedSize > mostShared) {
      shared.clear();
      sharedSize = 0;
    }
    if (byValues !== undefined && shared.has(list)) byValues.set(key, made);
    else shared.set(list, new Map([[key, made]]));
    return made;
  }

  /** The loggers of a list one by one. */
  function writeEach(linked: LinkedList, filling: Filling): string {
    const parts: string[] = [];
    for (const logger of loggersOf(linked)) {
      if (parts.length > 0) parts.push(between);
      const found = filling.isPlain && logger.clusterName.isWellFormed() ? cutOf(logger, filling.shape) : undefined;
      if (found === undefined) parts.push(stringify(loggerObject(logger)));
      else fillCut(found, (hole) => filling.escaped[hole] ?? escape(logger.clusterName), parts);
    }
    return parts.join("");
  }

  function write(linked: LinkedList, filling: Filling): string {
    const clusters = filling.isPlain ? clustersOf(linked) : undefined;
    const found = clusters && sharedCutOf(linked.list, filling, clusters);
    if (found === undefined) return writeEach(linked, filling);
    // One join of all parts: texts that are put together of texts cost far more.
    const parts: string[] = [];
    fillCut(found, (hole) => filling.escaped[hole] ?? "", parts);
    return parts.length === 1 ? (parts[0] ?? "") : parts.join("");
  }

  return () => {
    const fillings = new Map<FillValues, Filling>();
    const fillingOf = (values: FillValues): Filling => {
      let filling = fillings.get(values);
      if (filling === undefined) fillings.set(values, (filling = readFilling(values)));
      return filling;
    };
    const textOf = (linked: LinkedList): string => {
      const filling = fillingOf(linked.values);
      // The inbounds of a workload mostly have the same loggers.
      let text = filling.texts.get(linked.list);
      if (text === undefined) filling.texts.set(linked.list, (text = write(linked, filling)));
      return text;
    };
    return (lists) => {
      const pieces: string[] = [];
      for (const linked of lists) {
        const text = textOf(linked);
        if (text !== "") pieces.push(pieces.length === 0 ? before : between, text);
      }
      return pieces.length === 0 ? ["[]"] : [...pieces, after];
    };
  };
}

/** What there is of a template: by the shape of the values and the filter. Some cannot be cut. */
type Cuts = Map<string, Cut> | "uncut";

/** The text of a template, cut at its holes: a literal, a hole, a literal, … */
interface Cut {
  readonly literals: readonly string[];
  /** Places in {@link Filling.escaped}; that of the cluster comes after them. */
  readonly holes: readonly number[];
}

function fillCut({ literals, holes }: Cut, valueOf: (hole: number) => string, parts: string[]): void {
  let i = 0;
  for (const literal of literals) {
    parts.push(literal);
    const hole = holes[i++];
    if (hole !== undefined) parts.push(valueOf(hole));
  }
}

/** The names of clusters as they stand in a JSON string. */
type Clusters = ReadonlyMap<OpenTelemetryDestination, string>;

/** The clusters of a list; `undefined` if one is not there, or cannot simply be put into a text. */
function clustersOf({ list, values }: LinkedList): Clusters | undefined {
  const clusters = new Map<OpenTelemetryDestination, string>();
  for (const destination of list.destinations) {
    const name = values.clusterOf(destination);
    if (name?.isWellFormed() !== true) return undefined;
    clusters.set(destination, escape(name));
  }
  return clusters;
}

/** Values on their way into texts. */
interface Filling {
  /** The values of Kuma's operators in their order, then the socket, as they stand in a JSON string. */
  readonly escaped: readonly string[];
  /** Which of them are there: a `1` for each, a `0` for one that is empty. */
  readonly shape: string;
  /** What tells them from others, but for a proxy's own. */
  readonly common: string;
  /**
   * Whether they can simply be put into a text. A `%` may make up an operator that is replaced again, and half a character
   * may find its other half.
   */
  readonly isPlain: boolean;
  /** What has been written with them. */
  readonly texts: Map<LoggerList, string>;
}

/** The holes whose values differ between the replicas of a workload: its address, and its socket. */
const ownHoles: ReadonlySet<number> = new Set([
  kumaOperators.indexOf("KUMA_SOURCE_ADDRESS"),
  kumaOperators.indexOf("KUMA_SOURCE_ADDRESS_WITHOUT_PORT"),
  kumaOperators.length,
]);

function readFilling({ kuma, socketPath }: FillValues): Filling {
  const values = [...kumaOperators.map((operator) => kuma[operator]), socketPath];
  const escaped = values.map(escape);
  const shape = values.map((value) => (value === "" ? "0" : "1")).join("");
  return {
    escaped,
    shape,
    common: [shape, ...escaped.filter((_, i) => !ownHoles.has(i))].join("\0"),
    isPlain: values.every((value) => value.isWellFormed()) && !Object.values(kuma).some((value) => value.includes("%")),
    texts: new Map(),
  };
}

/** What JSON leaves as it is. */
const unescaped = /^[\w.:/ -]*$/;

function escape(value: string): string {
  return unescaped.test(value) ? value : JSON.stringify(value).slice(1, -1);
}

/** The first character that JSON leaves as it is and that texts seldom have; a text of one byte a character stays one. */
const firstMark = 0x7f;

function cut(
  template: LoggerTemplate,
  filter: UnlinkedLogger["filter"],
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
