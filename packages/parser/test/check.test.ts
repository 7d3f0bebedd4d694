import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { check, checkJson, type CheckOptions, type Code, messages, parse, target, type Target } from "../src/index.ts";
import { formatText } from "./formats.ts";
import { faultOfChecking } from "./properties.ts";

function targetOf(range: string): Target {
  const { value } = target(range);
  if (value === undefined) throw new Error(`no target ${range}`);
  return value;
}

const everyEnvoy = targetOf("envoy 1.22..1.40");
const newestEnvoy = targetOf("envoy 1.40");
const everyKuma = targetOf("kuma 2.0..2.14");

/** The verdicts, with Envoys that say the same written as one range. */
function verdicts(format: string): Record<string, string> {
  const said: Record<string, string> = {};
  let [first, last, text] = ["", "", ""];
  const close = (): void => {
    if (first !== "") said[first === last ? first : `${first}–${last}`] = text;
  };
  for (const [minor, verdict] of Object.entries(check(parse(format), everyEnvoy).value.envoy)) {
    if (verdict !== text) {
      close();
      [first, text] = [minor, verdict];
    }
    last = minor;
  }
  close();
  return said;
}

const all = "1.22–1.40";
const invalid = "Invalid header configuration. Format string contains invalid characters.";
const noCommand = (format: string, position = 0): string =>
  `Incorrect configuration: ${format}. Couldn't find valid command at position ${position}`;

describe("what each Envoy says", () => {
  test.each<[string, Record<string, string>]>([
    ["%REQ(a?b):10%", { [all]: "ok" }],
    ["%REQ(a?b?c)%", { [all]: "More than 1 alternative header specified in token: a?b?c" }],
    ["%REQ(?b)%", { [all]: "ok" }],
    ["%REQ()%", { [all]: "REQ requires parameters" }],
    ["%REQ%", { [all]: "REQ requires parameters" }],
    ["%REQ(a b)%", { "1.22–1.30": "ok", "1.31–1.40": invalid }],
    ["%REQ(:)%", { "1.22–1.30": "ok", "1.31–1.40": invalid }],
    [
      "%REQ(a\nb)%",
      {
        "1.22–1.26": "Invalid header configuration. Format string contains newline.",
        "1.27–1.30": "Invalid header configuration. Format string contains null or newline.",
        "1.31–1.40": noCommand("%REQ(a\nb)%"),
      },
    ],
    [
      "%REQ(a\rb)%",
      {
        "1.22–1.26": "ok",
        "1.27–1.30": "Invalid header configuration. Format string contains null or newline.",
        "1.31": noCommand("%REQ(a\rb)%"),
        "1.32–1.40": invalid,
      },
    ],
    ["%REQ(a)b)%", { "1.22–1.30": noCommand("%REQ(a)b)%"), "1.31–1.40": invalid }],
    ["%REQ(A):007%", { [all]: "ok" }],
    [
      "%REQ(A):18446744073709551616%",
      {
        "1.22–1.31": "Length must be an integer, given: 18446744073709551616",
        "1.32–1.40": noCommand("%REQ(A):18446744073709551616%"),
      },
    ],
    ["%REQ(A):18446744073709551615%", { [all]: "ok" }],
    ["é%", { [all]: noCommand("é%", 2) }],
    ["😀 50% off", { [all]: noCommand("😀 50% off", 7) }],
    ["\0%", { [all]: "Incorrect configuration: " }],
    ["%%%PROTOCOL%%%", { [all]: "ok" }],
    ["%PROTOCOL(x)%", { [all]: "PROTOCOL does not take any parameters or length" }],
    ["%PROTOCOL:10%", { [all]: "PROTOCOL does not take any parameters or length" }],
    ["%START_TIME(%n)%", { [all]: "Invalid header configuration. Format string contains newline." }],
    ["%START_TIME(%s):10%", { [all]: "START_TIME does not allow length to be specified." }],
    [
      "%DYNAMIC_METADATA(a:b):10%",
      { "1.22–1.36": "DYNAMIC_METADATA does not allow length to be specified.", "1.37–1.40": "ok" },
    ],
    ["%CLUSTER_METADATA(a:b):10%", { [all]: "CLUSTER_METADATA does not allow length to be specified." }],
    [
      "%UPSTREAM_METADATA(a:b):10%",
      {
        "1.22": "Not supported field in StreamInfo: UPSTREAM_METADATA",
        "1.23–1.40": "UPSTREAM_METADATA does not allow length to be specified.",
      },
    ],
    [
      "%FILTER_STATE(k:FIELD)%",
      {
        "1.22–1.27": "Invalid filter state serialize type, only support PLAIN/TYPED.",
        "1.28–1.40": "Invalid filter state serialize type, FIELD should be used with the field name.",
      },
    ],
    [
      "%GRPC_STATUS(number)%",
      {
        "1.22–1.23": "GRPC_STATUS does not take any parameters or length",
        "1.24–1.38": "GrpcStatusFormatter only supports CAMEL_STRING, SNAKE_STRING or NUMBER.",
        "1.39–1.40": "GrpcStatusFormatter only supports CAMEL_STRING, SNAKE_STRING or NUMBER. Got: number",
      },
    ],
    ["%METADATA(ROUTE:ns:k):5%", { "1.22–1.33": "Not supported field in StreamInfo: METADATA", "1.34–1.40": "ok" }],
    ["%KUMA_MESH%", { [all]: "Not supported field in StreamInfo: KUMA_MESH" }],
  ])("%j", (format, expected) => {
    expect(verdicts(format)).toEqual(expected);
  });
});

/** Measured on 1.38.2, 1.39.3 and 1.40.0; the recorded verdicts have none of them. */
describe("what Envoy says of operators within COALESCE", () => {
  const coalesce = (command: string, param: string): string =>
    `%COALESCE(${JSON.stringify({ operators: [{ command, param }] })})%`;
  const prefix = "COALESCE: failed to parse operator at index 0: ";
  test.each<[string, Record<string, string>]>([
    [
      coalesce("CEL", "f()"),
      { "1.37–1.40": "failed to create an expression: No overload found in reference resolve step for f" },
    ],
    [coalesce("METADATA", "x"), { "1.37–1.40": "x is not supported type of metadata" }],
    [coalesce("XFCC_VALUE", "x"), { "1.37–1.40": "XFCC_VALUE command does not support subcommand: x" }],
    [
      coalesce("FILTER_STATE", ":X"),
      {
        "1.37–1.38": "Invalid filter state configuration, key cannot be empty.",
        "1.39–1.40": `${prefix}Invalid filter state configuration, key cannot be empty.`,
      },
    ],
    [
      coalesce("START_TIME", "%n"),
      {
        "1.37–1.38": "Invalid header configuration. Format string contains newline.",
        "1.39–1.40": `${prefix}Invalid header configuration. Format string contains newline.`,
      },
    ],
    [coalesce("REQ", "a b"), { "1.37–1.39": invalid, "1.40": prefix + invalid }],
    [coalesce("NOPE", ""), { "1.37–1.40": `${prefix}unknown command: 'NOPE'` }],
    ["%COALESCE(5)%", { "1.37–1.40": "CRASH: Caught Segmentation fault" }],
  ])("%s", (format, expected) => {
    expect(verdicts(format)).toMatchObject(expected);
  });
});

test("an operator that crashes some patches of Envoy is reported for those", () => {
  const { value, diagnostics } = check(
    parse("%REQUESTED_SERVER_NAME(SNI_FIRST:ORIG)%"),
    targetOf("envoy 1.37.4, 1.38.2, 1.38.3, 1.39.3"),
  );
  expect(value.envoy).toEqual({ "1.37": "ok", "1.38": "ok", "1.39": "ok" });
  expect(diagnostics).toMatchObject([{ code: "lint/crashes-later", affects: ["1.37.4", "1.38.2"] }]);
});

test("an error within COALESCE is underlined at its own characters, through escapes", () => {
  const format = String.raw`%COALESCE({"operators":[{"command":"REQ","param":"a?b c"}]})%`;
  const [found] = check(parse(format), newestEnvoy).diagnostics;
  expect(format.slice(found?.start, found?.end)).toBe("b c");
});

const codes = Object.keys(messages) as Code[];

/** How a code is met that needs more than a format: releases, options, or JSON. */
const others: Partial<Record<Code, () => readonly { readonly code: string }[]>> = {
  "format/file-path": () => found("%FILE_CONTENT%", "envoy 1.40", { formatters: ["envoy.formatter.file_content"] }),
  "format/secret": () => found("%SECRET()%", "envoy 1.40", { formatters: ["envoy.formatter.generic_secret"] }),
  "format/renamed-by-kuma": () => found("%GRPC_STATUS%", "kuma 2.5"),
  "format/more": () => found("% ".repeat(101), "envoy 1.40"),
  "format/json-value": () => checkJson({ a: true }, targetOf("envoy 1.32")).diagnostics,
  "generate/format": () => found("100%%", "kuma 2.5"),
  "lint/newer-time-point": () => found("%COMMON_DURATION(DS_CX_BEG:DS_TX_END)%", "envoy 1.38"),
  "lint/protocol": () => found("%REQ(A)%", "envoy 1.40", { protocol: "tcp" }),
  "lint/upstream-only": () => found("%UPSTREAM_FILTER_STATE(k)%", "envoy 1.40"),
  "lint/deprecated-operator": () => found("%DYNAMIC_METADATA(a)%", "envoy 1.40"),
  "lint/crashes-later": () => found("%REQUESTED_SERVER_NAME(HOST_FIRST:ORIG)%", "envoy 1.37.0"),
  "lint/omit-empty-json": () => checkJson({}, targetOf("envoy 1.39"), { omitEmptyValues: true }).diagnostics,
  "lint/number-notation": () => checkJson({ a: "%DURATION%" }, targetOf("envoy 1.39")).diagnostics,
  "io/malformed-range": () => target("x").diagnostics,
  "io/unknown-release": () => target("kuma 1.0").diagnostics,
};

function found(format: string, range: string, options?: CheckOptions): readonly { readonly code: string }[] {
  return check(parse(format), targetOf(range), options).diagnostics;
}

test("every code can be met", () => {
  const met = codes.filter((code) => others[code]?.().some((diagnostic) => diagnostic.code === code));
  const shown = codes.filter((code) => messages[code].bad !== undefined);
  expect([...met, ...shown].sort()).toEqual(codes.toSorted());
});

test("a JSON format is judged in the order in which Envoy prints it: keys by their bytes, depth first", () => {
  const value = { b: "%B%", a: { z: ["%PROTOCOL%", "%Z%"], "\uFFFF": "%F%", "😀": "%E%" }, B: 1 };
  const { value: verdicts, diagnostics } = checkJson(value, targetOf("envoy 1.40"));
  expect(verdicts.envoy).toEqual({ "1.40": "Not supported field in StreamInfo: Z" });
  expect(diagnostics.map(({ path, envoy }) => [path.join("."), envoy?.message])).toEqual([
    ["a.z.1", "Not supported field in StreamInfo: Z"],
    ["a.\uFFFF", undefined],
    ["a.😀", undefined],
    ["b", undefined],
  ]);
});

test("a JSON format of Envoy 1.32 is judged value by value, in the same order", () => {
  const { value } = checkJson({ b: "%NOPE%", a: null }, targetOf("envoy 1.23, 1.32, 1.33"));
  expect(value.envoy).toEqual({
    "1.23": "Only string values, nested structs and list values are supported in structured access log format.",
    "1.32":
      "Only string values, nested structs, list values and number values are supported in structured access log format.",
    "1.33": "Not supported field in StreamInfo: NOPE",
  });
});

/** For which formats the examples of the table are meant. */
function codesOf(format: string): string[] {
  const releases = format.includes("KUMA_") ? [everyKuma] : [everyEnvoy, everyKuma];
  const found = releases.flatMap((one) => check(parse(format), one).diagnostics);
  return found.map(({ code }) => code);
}

describe("the examples of the table", () => {
  const rows = codes.filter((code) => messages[code].bad !== undefined);
  test.each(rows)("%s", (code) => {
    const { bad = "", good = "" } = messages[code];
    expect(codesOf(bad)).toContain(code);
    expect(codesOf(good)).not.toContain(code);
  });
});

describe("a fix mends what it is for", () => {
  test.each([
    ["%PROTCOL%", "%PROTOCOL%"],
    ["%protocol%", "%PROTOCOL%"],
    ["50% off", "50%% off"],
    ["%PROTOCOL", "%PROTOCOL%"],
    ["%REQ(USER-AGENT", "%REQ(USER-AGENT)%"],
    ["%PROTOCOL(x):10%", "%PROTOCOL%"],
    ["%START_TIME(%s):10%", "%START_TIME(%s)%"],
    ["%REQ(A?B?C)%", "%REQ(A?B)%"],
    ["%REQ(A )%", "%REQ(A)%"],
    ["%PATH(nq)%", "%PATH(NQ)%"],
    ["%METADATA(Cluster:a)%", "%METADATA(CLUSTER:a)%"],
    ["%REQ(A)%:10", "%REQ(A):10%"],
    ["%START_TIME(%s) then %PROTOCOL(x)%", "%START_TIME(%s)% then %PROTOCOL(x)%"],
  ])("%j → %j", (format, mended) => {
    const [diagnostic] = check(parse(format), newestEnvoy).diagnostics;
    expect(applied(format, diagnostic?.fixes?.[0]?.edits ?? [])).toBe(mended);
  });

  test.each([
    ["%%KUMA_MESH%%", "%KUMA_MESH%"],
    ["%KUMA_MESH:5%", "%KUMA_MESH%"],
    ["%KUMA_MSEH%", "%KUMA_MESH%"],
    ["%REQ(X)%KUMA_MESH%", "%REQ(X)%%KUMA_MESH%"],
  ])("%j → %j in Kuma", (format, mended) => {
    const [diagnostic] = check(parse(format), targetOf("kuma 2.14")).diagnostics;
    expect(applied(format, diagnostic?.fixes?.[0]?.edits ?? [])).toBe(mended);
  });
});

describe("a fix writes an operator so that the target knows it", () => {
  test.each([
    ["%REQUEST_HEADER(A)%", "envoy 1.36", "%REQ(A)%"],
    ["%METADATA(DYNAMIC:a:b)%", "envoy 1.33", "%DYNAMIC_METADATA(a:b)%"],
    ["%METADATA(UPSTREAM_HOST:a)%", "kuma 2.8.8", "%UPSTREAM_METADATA(a)%"],
    ["%METADATA(ROUTE:a:b)%", "envoy 1.33", "%METADATA(ROUTE:a:b)%"],
    ["%REQ_WITHOUT_QUERY(X-ENVOY-ORIGINAL-PATH?:PATH):9%", "envoy 1.34..1.40", "%PATH(NQ):9%"],
    ["%REQ_WITHOUT_QUERY(:path)%", "envoy 1.40", "%PATH(NQ:PATH)%"],
    ["%REQ_WITHOUT_QUERY(:path)%", "envoy 1.33..1.40", "%REQ_WITHOUT_QUERY(:path)%"],
    ["%REQ_WITHOUT_QUERY(referer)%", "envoy 1.40", "%REQ_WITHOUT_QUERY(referer)%"],
  ])("%s for %s → %s", (format, range, mended) => {
    const errors = check(parse(format), targetOf(range)).diagnostics.filter(({ severity }) => severity === "error");
    expect(applied(format, errors[0]?.fixes?.[0]?.edits ?? [])).toBe(mended);
    if (mended !== format) expect(Object.values(check(parse(mended), targetOf(range)).value.envoy)).toContain("ok");
  });
});

function applied(text: string, edits: readonly { start: number; end: number; text: string }[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((changed, edit) => changed.slice(0, edit.start) + edit.text + changed.slice(edit.end), text);
}

test("a diagnostic says for which members it holds, and quotes Envoy only at the first error", () => {
  const { diagnostics } = check(parse("%NOPE% %REQ(a b)%"), targetOf("kuma 2.8, 2.14"));
  expect(diagnostics).toMatchObject([
    {
      code: "format/unknown-operator",
      start: 0,
      end: 6,
      envoy: { message: "Not supported field in StreamInfo: NOPE" },
    },
    { code: "format/header-name", start: 12, end: 15, affects: ["2.14.3"] },
  ]);
  expect(diagnostics[1]).not.toHaveProperty("envoy");
});

test("members that print otherwise are variants of the newest", () => {
  const { diagnostics } = check(parse("%GRPC_STATUS(x)%"), targetOf("envoy 1.38.2, 1.39.3"));
  expect(diagnostics).toMatchObject([
    {
      envoy: { message: "GrpcStatusFormatter only supports CAMEL_STRING, SNAKE_STRING or NUMBER. Got: x" },
      affects: ["1.38.2", "1.39.3"],
      variants: [
        {
          affects: ["1.38.2"],
          envoy: { message: "GrpcStatusFormatter only supports CAMEL_STRING, SNAKE_STRING or NUMBER." },
        },
      ],
    },
  ]);
});

test("Kuma up to 2.5 reads formats itself", () => {
  const { value } = check(parse("100%% %CEL(a)%"), targetOf("kuma 2.5, 2.14"));
  expect(value.kuma).toEqual({
    "2.5.11":
      'format string is not valid: expected a command operator to start at position 4, instead got: "%% %CEL(a)%"',
  });
});

test("findings are capped, and the rest is counted", () => {
  const { diagnostics } = check(parse("% ".repeat(1000)), newestEnvoy);
  expect(diagnostics).toHaveLength(101);
  expect(diagnostics.at(-1)).toMatchObject({
    code: "format/more",
    message: "There are 900 more findings in this format.",
  });
});

test("a refusal is quoted however much was found before it", () => {
  const { diagnostics } = check(parse(`${"%REQ(a)%:1 ".repeat(200)}%NOPE%`), newestEnvoy);
  expect(diagnostics).toHaveLength(102);
  expect(diagnostics.filter(({ envoy }) => envoy !== undefined)).toMatchObject([{ code: "format/unknown-operator" }]);
});

test("every text has a verdict, a refusal has one diagnostic that quotes it, and places lie within the text", () => {
  fc.assert(
    fc.property(formatText, fc.constantFrom(everyEnvoy, everyKuma, newestEnvoy), (text, releases) => {
      expect(faultOfChecking(text, releases)).toBeUndefined();
    }),
  );
});
