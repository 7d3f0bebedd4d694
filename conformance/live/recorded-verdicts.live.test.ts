import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openJudge } from "./envoy.ts";

/** A line of `envoy-verdicts.jsonl.gz`: a text or JSON format, and what each Envoy said of it. */
interface Recorded {
  readonly format?: string;
  readonly json?: object;
  /** `omit_empty_values` */
  readonly omit?: boolean;
  /** `json_format_options.sort_properties` */
  readonly sort?: boolean;
  /** `"ok"`, or Envoy's error text, by its minor. */
  readonly verdicts: Readonly<Record<string, string>>;
}

const recorded = gunzipSync(readFileSync(join(import.meta.dirname, "../envoy-verdicts.jsonl.gz")))
  .toString()
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

const accessLog = ({ format, json, omit, sort }: Recorded) => ({
  name: "envoy.access_loggers.file",
  typedConfig: {
    "@type": "type.googleapis.com/envoy.extensions.access_loggers.file.v3.FileAccessLog",
    path: "/dev/null",
    logFormat: {
      ...(json === undefined ? { textFormatSource: { inlineString: format } } : { jsonFormat: json }),
      ...(omit === undefined ? {} : { omitEmptyValues: omit }),
      ...(sort === undefined ? {} : { jsonFormatOptions: { sortProperties: sort } }),
    },
  },
});

test.each(["1.36.4", "1.37.0", "1.38.2", "1.39.3", "1.40.0"])(
  "Envoy %s says of every recorded format what it was recorded to say, word for word",
  async (version) => {
    const minor = version.replace(/\.\d+$/, "");
    await using judge = await openJudge(version);
    const verdicts = await judge.judge(recorded.map(accessLog));
    const line = (verdict: string | undefined, { format, json }: Recorded) => ({ verdict, format, json });
    expect(recorded.map((row, i) => line(verdicts[i], row))).toEqual(
      recorded.map((row) => line(row.verdicts[minor], row)),
    );
  },
);
