import type { Span, TextEdit } from "@meshlog/parser";
import type { ItemList } from "../kuma/policy-facts.ts";
import type { Profile } from "../kuma/profile.ts";
import { replaceInScalar } from "../source/encode-scalar.ts";
import type { FormatPlace } from "./field-places.ts";
import type { BackendPlace, Logger, SinkFormat } from "./format-places.ts";
import { bodyFormats } from "./body-formats.ts";
import { compareText } from "./compare-text.ts";
import type { Bodies, BodyName } from "./backend-bodies.ts";
import type { RefusedValue } from "./open-telemetry-body.ts";
import { child, textAt } from "./placed.ts";
import { rawJson } from "./raw-json.ts";
import type { TextTest } from "./texts.ts";
import type { Path } from "./violation.ts";

/** A string of an access logger that Envoy reads as a format. */
export interface EnvoyText {
  readonly kind: "text";
  /** As Envoy gets it, but for `%KUMA_…%`, which still stands in it: what was written, and the suffix. */
  readonly text: string;
  readonly written: string;
  /** What Kuma appends. */
  readonly suffix: Suffix;
  /** Whether Kuma replaces `%KUMA_…%` in it. */
  readonly isInterpolated: boolean;
  /** Whether it is the JSON text of a body that is no AnyValue. */
  readonly isRaw: boolean;
  /** Whether Kuma's own parser reads it alone: a later value of the same key takes its place before Envoy. */
  readonly isOverwritten: boolean;
  readonly at: Path;
  /** Where a span of the text stands in the file. */
  spanToSource(span: Span): Span;
  /** An edit of the text as one of the file; `undefined` where the file cannot say it. */
  editSource(edit: TextEdit): TextEdit | undefined;
}

/** What Kuma appends to a text. */
export type Suffix = "" | "\n";

/** What Envoy reads of one access logger. */
export interface Reading {
  /** Releases whose readings of a backend have the same key read it alike. */
  readonly key: string;
  /**
   * In the order in which Envoy reads them, for it stops at the first error. Texts that a test is false of may be left out.
   */
  readonly values: (backend: BackendPlace, is: WrittenTest) => readonly (EnvoyText | RefusedValue)[];
  /** Whether there is a value that is no text, or a text that something is so of. */
  readonly some: (backend: BackendPlace, is: WrittenTest) => boolean;
}

/** Tests what was written, by what Kuma does with it. */
export type WrittenTest = (suffix: Suffix, isInterpolated: boolean) => TextTest;

/** What of a profile decides how a backend is read. */
export type ReadingFacts = Pick<
  Profile,
  "backendBody" | "hasOpenTelemetry" | "openTelemetryBody" | "openTelemetryAttributes" | "itemLists" | "formatReading"
>;

/** How a release reads a backend of a list; `undefined` if it logs nothing. */
export function readingOf(list: ItemList, bodies: Bodies, facts: ReadingFacts): Reading | undefined {
  if (!facts.itemLists.includes(list)) return undefined;
  const body = bodyThatCounts(bodies, facts);
  switch (body) {
    case undefined:
      return undefined;
    case "file":
    case "tcp":
      return {
        key: `${body} ${facts.formatReading}`,
        values: (backend) => sinkTexts(backend, body, facts),
        some: (backend, is) => someSinkText(backend, body, is),
      };
    case "openTelemetry": {
      const { openTelemetryBody, openTelemetryAttributes } = facts;
      return {
        key: `${body} ${openTelemetryBody} ${openTelemetryAttributes}`,
        values: (backend, is) => openTelemetryTexts(backend, facts, is),
        some: (backend, is) => someOpenTelemetryText(backend, facts, is),
      };
    }
  }
}

/** The body of a backend that a release logs to. */
export function bodyThatCounts(
  bodies: Bodies,
  { backendBody, hasOpenTelemetry }: Pick<Profile, "backendBody" | "hasOpenTelemetry">,
): BodyName | undefined {
  const present = hasOpenTelemetry ? bodies.present : bodies.present.filter((name) => name !== "openTelemetry");
  switch (backendBody) {
    case "file-then-tcp":
      return present.includes("file") ? "file" : present[0];
    case "first":
      return present[0];
    case "last":
      return present.at(-1);
    case "by-type": {
      const { named } = bodies;
      // Where the type says nothing Kuma refuses the policy; what is there is judged all the same.
      return named === undefined ? present[0] : present.find((name) => name === named);
    }
  }
}

/**
 * A file's format is a text, to which Kuma appends a newline, or an object. A TCP sink is a JSON format of its address,
 * in which Kuma replaces nothing, and its message (meshaccesslog/plugin/xds/configurer.go:185@v2.14.3).
 */
function sinkTexts(backend: BackendPlace, body: SinkName, facts: ReadingFacts): readonly EnvoyText[] {
  const address = addressOf(backend, body);
  const format = formatOf(backend, body);
  return [
    ...(address ? [scalarText(address, { isInterpolated: false })] : []),
    ...(format ? writtenInFormat(format, facts) : []),
  ];
}

type SinkName = SinkFormat["sink"];

function addressOf(backend: BackendPlace, body: SinkName): FormatPlace | undefined {
  const sink = body === "tcp" ? child(backend, body) : undefined;
  return sink && textAt(sink, "address");
}

function formatOf({ sinks }: BackendPlace, body: SinkName): SinkFormat | undefined {
  return sinks.find(({ sink }) => sink === body);
}

function writtenInFormat({ plain, json }: SinkFormat, { formatReading }: ReadingFacts): readonly EnvoyText[] {
  if (plain !== undefined) return [scalarText(plain, { suffix: "\n" })];
  // Of two fields with one key the last stays; Envoy reads them sorted by key. Kuma's own parser reads every one before.
  const fields = new Map(json.map(({ key, value }) => [key?.node.text ?? "", value]));
  const last = new Set(fields.values());
  const overwritten =
    formatReading === "parsed" ? json.flatMap(({ value }) => (last.has(value) ? [] : (value ?? []))) : [];
  return [
    ...overwritten.map((value) => scalarText(value, { isOverwritten: true })),
    ...[...fields].sort(([a], [b]) => compareText(a, b)).flatMap(([, value]) => (value ? [scalarText(value)] : [])),
  ];
}

function someSinkText(backend: BackendPlace, body: SinkName, is: WrittenTest): boolean {
  const address = addressOf(backend, body);
  if (address !== undefined && is("", false)(address.node.text)) return true;
  const texts = formatOf(backend, body)?.texts;
  return texts?.values.some(is(texts.hasPlain ? "\n" : "", true)) ?? false;
}

/** Envoy reads the body before the attributes; the keys in both are no formats. */
function openTelemetryTexts(
  { logger }: BackendPlace,
  { openTelemetryBody, openTelemetryAttributes }: ReadingFacts,
  is: WrittenTest,
): readonly (EnvoyText | RefusedValue)[] {
  if (logger === undefined) return [];
  const isInterpolated = openTelemetryAttributes === "interpolated";
  const attributes = logger.attributesWith(is("", isInterpolated));
  return [
    ...(openTelemetryBody === "none" ? [] : writtenInBody(logger, is("", true))),
    ...attributes.map((value) => scalarText(value, { isInterpolated })),
  ];
}

function someOpenTelemetryText({ logger }: BackendPlace, facts: ReadingFacts, is: WrittenTest): boolean {
  if (logger === undefined) return false;
  const isInterpolated = facts.openTelemetryAttributes === "interpolated";
  if (logger.attributeTexts.values.some(is("", isInterpolated))) return true;
  if (facts.openTelemetryBody === "none") return false;
  const { kind, values, hasRefused } = logger.bodyTexts;
  return hasRefused || kind === "raw" || values.some(is("", true));
}

function writtenInBody(logger: Logger, is: TextTest): readonly (EnvoyText | RefusedValue)[] {
  const { kind, hasRefused } = logger.bodyTexts;
  if (kind === "value" && !hasRefused) return logger.bodyValuesWith(is).map((value) => scalarText(value));
  const read = logger.body;
  switch (read.kind) {
    case "default":
      return [];
    case "value":
      return bodyFormats(read).read.map((value) => (value.kind === "text" ? scalarText(value) : value));
    case "raw": {
      const raw = rawJson(read.body.node);
      return raw === undefined
        ? []
        : [
            {
              kind: "text",
              written: raw.text,
              suffix: "",
              isInterpolated: true,
              isRaw: true,
              isOverwritten: false,
              at: read.body.at,
              ...raw,
            },
          ];
    }
  }
}

interface ScalarTextOptions extends Partial<Pick<EnvoyText, "isInterpolated" | "isOverwritten">> {
  readonly suffix?: Suffix;
}

/** The text of a scalar, and what Kuma appends to it. */
function scalarText(
  place: FormatPlace,
  { suffix = "", isInterpolated = true, isOverwritten = false }: ScalarTextOptions = {},
): EnvoyText {
  return new ScalarText(place, suffix, isInterpolated, isOverwritten);
}

class ScalarText implements EnvoyText {
  readonly kind = "text";
  readonly suffix: Suffix;
  readonly isRaw = false;
  readonly isInterpolated: boolean;
  readonly isOverwritten: boolean;
  readonly #place: FormatPlace;

  constructor(place: FormatPlace, suffix: Suffix, isInterpolated: boolean, isOverwritten: boolean) {
    this.suffix = suffix;
    this.isInterpolated = isInterpolated;
    this.isOverwritten = isOverwritten;
    this.#place = place;
  }

  get written(): string {
    return this.#place.node.text;
  }

  get text(): string {
    return this.written + this.suffix;
  }

  get at(): Path {
    return this.#place.at;
  }

  spanToSource(span: Span): Span {
    return this.#place.node.sourceMap().spanToSource(this.#own(span));
  }

  editSource(edit: TextEdit): TextEdit | undefined {
    return replaceInScalar(this.#place.node, this.#own(edit), edit.text);
  }

  /** What of a span is not appended. */
  #own({ start, end }: Span): Span {
    const { length } = this.written;
    return { start: Math.min(start, length), end: Math.min(end, length) };
  }
}
