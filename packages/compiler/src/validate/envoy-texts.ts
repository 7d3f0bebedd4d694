import type { Span, TextEdit } from "@meshlog/parser";
import type { Profile } from "../kuma/profile.ts";
import { replaceInScalar } from "../source/encode-scalar.ts";
import {
  type BackendPlace,
  child,
  fieldsOf,
  formatOf,
  type FormatPlace,
  type Placed,
  textAt,
} from "./format-places.ts";
import { type BodyValue, readBody, type RefusedValue } from "./open-telemetry-body.ts";
import { rawJson } from "./raw-json.ts";
import type { Path } from "./violation.ts";

/** A string of an access logger that Envoy reads as a format. */
export interface EnvoyText {
  readonly kind: "text";
  /** As Envoy gets it, but for `%KUMA_…%`, which still stands in it. */
  readonly text: string;
  /** Whether Kuma replaces `%KUMA_…%` in it. */
  readonly isInterpolated: boolean;
  /** Whether it is the JSON text of a body that is no AnyValue. */
  readonly isRaw: boolean;
  readonly at: Path;
  /** Where a span of the text stands in the file. */
  spanToSource(span: Span): Span;
  /** An edit of the text as one of the file; `undefined` where the file cannot say it. */
  editSource(edit: TextEdit): TextEdit | undefined;
}

/** What Envoy reads of one access logger, in the order in which it does: it stops at the first error. */
export interface Reading {
  /** Releases whose readings of a backend have the same key read it alike. */
  readonly key: string;
  readonly values: () => readonly (EnvoyText | RefusedValue)[];
}

type BodyName = "tcp" | "file" | "openTelemetry";

/** What of a profile decides how a backend is read. */
export type ReadingFacts = Pick<
  Profile,
  "backendBody" | "hasOpenTelemetry" | "openTelemetryBody" | "openTelemetryAttributes" | "itemLists"
>;

/** How a release reads a backend; `undefined` if it logs nothing. */
export function readingOf(backend: BackendPlace, facts: ReadingFacts): Reading | undefined {
  if (!facts.itemLists.includes(backend.list)) return undefined;
  const body = bodyThatCounts(backend, facts);
  switch (body) {
    case undefined:
      return undefined;
    case "file":
    case "tcp":
      return { key: body, values: () => sinkTexts(backend, body) };
    case "openTelemetry": {
      const { openTelemetryBody, openTelemetryAttributes } = facts;
      const key = `${body} ${openTelemetryBody} ${openTelemetryAttributes}`;
      return { key, values: () => openTelemetryTexts(backend, facts) };
    }
  }
}

/** The body of a backend that a release logs to. */
export function bodyThatCounts(
  { node, at }: Placed,
  { backendBody, hasOpenTelemetry }: Pick<Profile, "backendBody" | "hasOpenTelemetry">,
): BodyName | undefined {
  const names: readonly BodyName[] = hasOpenTelemetry ? ["tcp", "file", "openTelemetry"] : ["tcp", "file"];
  const present = names.filter((name) => child(node, at, name) !== undefined);
  switch (backendBody) {
    case "file-then-tcp":
      return present.includes("file") ? "file" : present[0];
    case "first":
      return present[0];
    case "last":
      return present.at(-1);
    case "by-type": {
      const named = bodyOfType[textAt({ node, at }, "type")?.node.text ?? ""];
      // Where the type says nothing Kuma refuses the policy; what is there is judged all the same.
      return named === undefined ? present[0] : present.find((name) => name === named);
    }
  }
}

/** The body that each type names. */
export const bodyOfType: Readonly<Partial<Record<string, BodyName>>> = {
  Tcp: "tcp",
  File: "file",
  OpenTelemetry: "openTelemetry",
};

/**
 * A file's format is a text, to which Kuma appends a newline, or an object. A TCP sink is a JSON format of its address,
 * in which Kuma replaces nothing, and its message (meshaccesslog/plugin/xds/configurer.go:185@v2.14.3).
 */
function sinkTexts(backend: BackendPlace, body: "file" | "tcp"): readonly EnvoyText[] {
  const sink = child(backend.node, backend.at, body);
  const address = body === "tcp" && sink ? textAt(sink, "address") : undefined;
  return [
    ...(address ? [scalarText(address, { isInterpolated: false })] : []),
    ...formatTexts(formatOf(backend, body)),
  ];
}

function formatTexts(format: Placed | undefined): readonly EnvoyText[] {
  if (format === undefined) return [];
  const plain = textAt(format, "plain");
  if (plain !== undefined) return [scalarText(plain, { suffix: "\n" })];
  // Of two fields with one key the last stays; Envoy reads them sorted by key.
  const fields = new Map(fieldsOf(format, "json").map(({ key, value }) => [key?.node.text ?? "", value]));
  return [...fields].sort(([a], [b]) => compareBytes(a, b)).flatMap(([, value]) => (value ? [scalarText(value)] : []));
}

/** Envoy reads the body before the attributes; the keys in both are no formats. */
function openTelemetryTexts(backend: BackendPlace, facts: ReadingFacts): readonly (EnvoyText | RefusedValue)[] {
  const logger = child(backend.node, backend.at, "openTelemetry");
  if (logger === undefined) return [];
  const isInterpolated = facts.openTelemetryAttributes === "interpolated";
  return [
    ...(facts.openTelemetryBody === "none" ? [] : bodyTexts(child(logger.node, logger.at, "body"))),
    ...fieldsOf(logger, "attributes").flatMap(({ value }) => (value ? [scalarText(value, { isInterpolated })] : [])),
  ];
}

function bodyTexts(body: Placed | undefined): readonly (EnvoyText | RefusedValue)[] {
  const read = readBody(body);
  switch (read.kind) {
    case "default":
      return [];
    case "value":
      return valueTexts(read.value, new Set());
    case "raw": {
      const raw = rawJson(read.body.node);
      return raw === undefined ? [] : [{ kind: "text", isInterpolated: true, isRaw: true, at: read.body.at, ...raw }];
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

/** The text of a scalar, and what Kuma appends to it. */
function scalarText(
  { node, at }: FormatPlace,
  { suffix = "", isInterpolated = true }: { readonly suffix?: string; readonly isInterpolated?: boolean } = {},
): EnvoyText {
  const { length } = node.text;
  const own = ({ start, end }: Span): Span => ({ start: Math.min(start, length), end: Math.min(end, length) });
  return {
    kind: "text",
    text: node.text + suffix,
    isInterpolated,
    isRaw: false,
    at,
    spanToSource: (span) => node.sourceMap().spanToSource(own(span)),
    editSource: (edit) => replaceInScalar(node, own(edit), edit.text),
  };
}

/** The order of two texts in UTF-8, which is that of their code points. */
function compareBytes(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length;) {
    const [left = 0, right = 0] = [a.codePointAt(i), b.codePointAt(i)];
    if (left !== right) return left - right;
    i += left > 0xffff ? 2 : 1;
  }
  return a.length - b.length;
}
