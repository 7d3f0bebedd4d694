import type { MapNode } from "../../source/tree.ts";
import {
  type BackendPlace,
  bodyOf,
  child,
  collectBodyFormats,
  type FieldPlace,
  fieldsOf,
  formatOf,
  type FormatPlace,
  textAt,
} from "../format-places.ts";
import type { Placed } from "../placed.ts";

/** A backend with what of it several lints look at, each of whatever shape it is. */
export class LintedBackend {
  readonly place: BackendPlace;
  /** The formats of its file and of its TCP sink: of each that is there, whichever counts. */
  readonly sinks: readonly SinkFormat[];
  readonly path: FormatPlace | undefined;
  /** The OpenTelemetry logger. */
  readonly logger: Placed<MapNode> | undefined;
  readonly endpoint: FormatPlace | undefined;
  readonly attributes: readonly FieldPlace[];
  /** Every format in it, what a release does not read too. */
  readonly formats: readonly FormatPlace[];

  constructor(place: BackendPlace) {
    const logger = child(place, "openTelemetry");
    this.place = place;
    this.sinks = sinksOf(place);
    this.path = textAt(child(place, "file") ?? place, "path");
    this.logger = logger?.node.kind === "map" ? (logger as Placed<MapNode>) : undefined;
    this.endpoint = this.logger && textAt(this.logger, "endpoint");
    this.attributes = this.logger ? fieldsOf(this.logger, "attributes") : [];
    this.formats = formatsOf(this);
  }
}

/** The format of a file or a TCP sink. */
export class SinkFormat {
  readonly sink: "file" | "tcp";
  readonly place: Placed<MapNode>;
  /** Its text, which goes before its fields, whatever `type` says. */
  readonly plain: FormatPlace | undefined;
  /** Its fields, if it has no text. */
  readonly json: readonly FieldPlace[];

  constructor(sink: "file" | "tcp", place: Placed<MapNode>) {
    this.sink = sink;
    this.place = place;
    this.plain = textAt(place, "plain");
    this.json = this.plain === undefined ? fieldsOf(place, "json") : [];
  }

  /** Whether nothing stands in `plain`, not even what is no text. */
  get isWithoutPlain(): boolean {
    return this.plain === undefined && child(this.place, "plain") === undefined;
  }
}

function sinksOf(backend: BackendPlace): readonly SinkFormat[] {
  const file = sinkOf(backend, "file");
  const tcp = sinkOf(backend, "tcp");
  if (file === undefined) return tcp === undefined ? [] : [tcp];
  return tcp === undefined ? [file] : [file, tcp];
}

function sinkOf(backend: BackendPlace, sink: "file" | "tcp"): SinkFormat | undefined {
  const format = formatOf(backend, sink);
  return format && new SinkFormat(sink, format);
}

function formatsOf({ sinks, logger, attributes }: LintedBackend): readonly FormatPlace[] {
  const formats: FormatPlace[] = [];
  const collect = (fields: readonly FieldPlace[]): void => {
    for (const { value } of fields) if (value !== undefined) formats.push(value);
  };
  for (const { plain, json } of sinks) {
    if (plain === undefined) collect(json);
    else formats.push(plain);
  }
  collect(attributes);
  if (logger !== undefined) collectBodyFormats(bodyOf(logger), formats);
  return formats;
}
