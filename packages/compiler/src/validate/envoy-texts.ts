import type { Span, TextEdit } from "@meshlog/parser";
import type { ItemList } from "../kuma/policy-facts.ts";
import type { Profile } from "../kuma/profile.ts";
import { replaceInScalar } from "../source/encode-scalar.ts";
import { type BackendPlace, bodyOf, child, fieldsOf, formatOf, type FormatPlace, textAt } from "./format-places.ts";
import { compareText } from "./compare-text.ts";
import type { Bodies, BodyName } from "./backend-bodies.ts";
import type { Body, BodyValue, RefusedValue } from "./open-telemetry-body.ts";
import type { Placed } from "./placed.ts";
import { rawJson } from "./raw-json.ts";
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
  /** In the order in which Envoy reads them: it stops at the first error. */
  readonly values: (backend: BackendPlace) => readonly (EnvoyText | RefusedValue)[];
  /** Whether there are texts alone, and something holds for each of them, in no order. */
  readonly every: (backend: BackendPlace, holds: TextTest) => boolean;
}

/** Tests a text by what was written and what Kuma does with it. */
export type TextTest = (written: string, suffix: Suffix, isInterpolated: boolean) => boolean;

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
        every: (backend, holds) => everySinkText(backend, body, holds),
      };
    case "openTelemetry": {
      const { openTelemetryBody, openTelemetryAttributes } = facts;
      return {
        key: `${body} ${openTelemetryBody} ${openTelemetryAttributes}`,
        values: (backend) => openTelemetryTexts(backend, facts),
        every: (backend, holds) => everyOpenTelemetryText(backend, facts, holds),
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
function sinkTexts(backend: BackendPlace, body: "file" | "tcp", facts: ReadingFacts): readonly EnvoyText[] {
  const sink = child(backend, body);
  const address = body === "tcp" && sink ? textAt(sink, "address") : undefined;
  return [
    ...(address ? [scalarText(address, { isInterpolated: false })] : []),
    ...formatTexts(formatOf(backend, body), facts),
  ];
}

function formatTexts(format: Placed | undefined, { formatReading }: ReadingFacts): readonly EnvoyText[] {
  if (format === undefined) return [];
  const plain = textAt(format, "plain");
  if (plain !== undefined) return [scalarText(plain, { suffix: "\n" })];
  const all = fieldsOf(format, "json");
  // Of two fields with one key the last stays; Envoy reads them sorted by key. Kuma's own parser reads every one before.
  const fields = new Map(all.map(({ key, value }) => [key?.node.text ?? "", value]));
  const last = new Set(fields.values());
  const overwritten =
    formatReading === "parsed" ? all.flatMap(({ value }) => (last.has(value) ? [] : (value ?? []))) : [];
  return [
    ...overwritten.map((value) => scalarText(value, { isOverwritten: true })),
    ...[...fields].sort(([a], [b]) => compareText(a, b)).flatMap(([, value]) => (value ? [scalarText(value)] : [])),
  ];
}

function everySinkText(backend: BackendPlace, body: "file" | "tcp", holds: TextTest): boolean {
  const sink = body === "tcp" ? child(backend, body) : undefined;
  const address = sink && textAt(sink, "address");
  if (address !== undefined && !holds(address.node.text, "", false)) return false;
  const format = formatOf(backend, body);
  if (format === undefined) return true;
  const plain = textAt(format, "plain");
  if (plain !== undefined) return holds(plain.node.text, "\n", true);
  return fieldsOf(format, "json").every(({ value }) => value === undefined || holds(value.node.text, "", true));
}

/** Envoy reads the body before the attributes; the keys in both are no formats. */
function openTelemetryTexts(backend: BackendPlace, facts: ReadingFacts): readonly (EnvoyText | RefusedValue)[] {
  const logger = child(backend, "openTelemetry");
  if (logger === undefined) return [];
  const isInterpolated = facts.openTelemetryAttributes === "interpolated";
  return [
    ...(facts.openTelemetryBody === "none" ? [] : bodyTexts(bodyOf(logger))),
    ...fieldsOf(logger, "attributes").flatMap(({ value }) => (value ? [scalarText(value, { isInterpolated })] : [])),
  ];
}

function everyOpenTelemetryText(backend: BackendPlace, facts: ReadingFacts, holds: TextTest): boolean {
  const logger = child(backend, "openTelemetry");
  if (logger === undefined) return true;
  const isInterpolated = facts.openTelemetryAttributes === "interpolated";
  const attributes = fieldsOf(logger, "attributes");
  if (!attributes.every(({ value }) => value === undefined || holds(value.node.text, "", isInterpolated))) return false;
  const read = facts.openTelemetryBody === "none" ? undefined : bodyOf(logger);
  if (read?.kind !== "value") return read?.kind !== "raw";
  return everyValueText(read.value, holds, new Set());
}

function everyValueText(value: BodyValue, holds: TextTest, seen: Set<BodyValue>): boolean {
  switch (value.kind) {
    case "text":
      return holds(value.node.text, "", true);
    case "refused":
      return false;
    case "list":
      if (seen.has(value)) return true;
      seen.add(value);
      return value.items.every((item) => everyValueText(item, holds, seen));
    case "fields":
      if (seen.has(value)) return true;
      seen.add(value);
      return value.fields.every((field) => everyValueText(field.value, holds, seen));
  }
}

function bodyTexts(read: Body): readonly (EnvoyText | RefusedValue)[] {
  switch (read.kind) {
    case "default":
      return [];
    case "value":
      return valueTexts(read.value, new Set());
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

/** The texts of a value; what an alias repeats has the same characters in the file and is there once. */
function valueTexts(value: BodyValue, seen: Set<BodyValue>): readonly (EnvoyText | RefusedValue)[] {
  if (seen.has(value)) return [];
  seen.add(value);
  switch (value.kind) {
    case "text":
      return [scalarText(value)];
    case "refused":
      return [value];
    case "list":
      return value.items.flatMap((item) => valueTexts(item, seen));
    case "fields":
      return value.fields.flatMap((field) => valueTexts(field.value, seen));
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
