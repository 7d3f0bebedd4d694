import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Facts, parse, render, renderJson, type RenderOptions, target, type TargetMember } from "../src/index.ts";
import { formatText } from "./formats.ts";

function envoy(version: string): TargetMember {
  const release = target(`envoy ${version}`).value?.members.at(-1);
  if (release === undefined) throw new Error(`there is no Envoy ${version}`);
  return release;
}

const newest = envoy("1.40");

function line(format: string, facts: Facts["facts"], options: RenderOptions = {}): string {
  const { value, diagnostics } = render(parse(format), { facts }, { release: newest, ...options });
  return value?.text ?? diagnostics.map(({ code }) => code).join(" ");
}

function json(format: unknown, facts: Facts["facts"], options: RenderOptions = {}): string {
  const { value, diagnostics } = renderJson(format, { facts }, { release: newest, ...options });
  return value?.text ?? diagnostics.map(({ code }) => code).join(" ");
}

const time = { "%START_TIME(%s.%9f)%": "1774740958.215678901" };

describe("times", () => {
  test.each([
    ["%START_TIME%", "2026-03-28T23:35:58.215Z"],
    ["%START_TIME(%Y-%m-%dT%H:%M:%S.%3f%z)%", "2026-03-28T23:35:58.215+0000"],
    ["%START_TIME(%s %f %*f %E*S %E0S)%", "1774740958 215678901 215678901 58.215678901 58"],
    ["%START_TIME(%c|%x|%r|%j|%U|%V|%G)%", "Sat Mar 28 23:35:58 2026|03/28/26|11:35:58 PM|087|12|13|2026"],
    ["%START_TIME(%5d|%_m|%-m|%^a|%#p|%Q|%5)%", "00028| 3|3|SAT|pm|%Q|   %5"],
    ["%START_TIME(%:z %::z %:::z %E*z %Ez)%", "+00:00 +00:00:00 +00 +00:00:00 +00:00"],
    ["%START_TIME(%%Y %%%Y %%)%", "%Y %2026 %"],
    ["%START_TIME(%5%T %5%F %5%R)%", "   %523:35:58    %52026-03-28     %R"],
    ["%START_TIME_LOCAL(%F %T %z %Z)%", "2026-03-29 00:35:58 +0100 CET"],
    ["%START_TIME(%99c)%", ""],
    ["%START_TIME(%E12S)%", "io/unforetold"],
    ["%START_TIME(%10s)%", "io/unforetold"],
  ])("%s prints %s", (format, expected) => {
    expect(line(format, time, { timezone: "Europe/Berlin" })).toBe(expected);
  });

  test.each([
    ["Asia/Kathmandu", "+0545 +0545"],
    ["America/New_York", "-0400 EDT"],
    ["Australia/Sydney", "+1100 AEDT"],
    ["Europe/Dublin", "+0000 GMT"],
    ["America/Sao_Paulo", "-0300 -03"],
    ["UTC", "+0000 UTC"],
  ])("in %s the zone is %s", (timezone, expected) => {
    expect(line("%START_TIME_LOCAL(%z %Z)%", time, { timezone })).toBe(expected);
  });

  test("up to 1.31 a pattern sees whole seconds", () => {
    expect(line("%START_TIME(%E3S %3f)%", time, { release: envoy("1.31") })).toBe("58.000 215");
    expect(line("%START_TIME(%E3S %3f)%", time, { release: envoy("1.32") })).toBe("58.215 215");
  });
});

describe("what follows from facts", () => {
  const facts = {
    "%REQ(:path)%": "/a/b?x=1&y=%41%2",
    "%REQ(x-envoy-original-path)%": null,
    "%REQ(x-a)%": "Grü",
    "%REQ(x-b)%": null,
    "%DOWNSTREAM_REMOTE_ADDRESS%": "10.1.10.23:8080",
    "%UPSTREAM_REMOTE_ADDRESS%": "[2001:db8:1234:5678::1]:8080",
    "%UPSTREAM_LOCAL_ADDRESS%": "/pipe",
    "%DYNAMIC_METADATA(ns)%": { s: "text", n: 1234, nul: null, o: { z: 1, a: [100000, true] } },
    "%REQ(x-forwarded-client-cert)%": 'By=a;Subject="CN=x;\\"q\\",O=y";URI=u1,By=b;DNS=d',
    "%BYTES_SENT%": 100000,
    "%COMMON_DURATION(DS_RX_BEG:DS_TX_END:ns)%": 1999999,
  };

  test.each([
    ["%REQ(X-B?X-A)%|%REQ(X-A?X-B):3%|%REQ(x-b)%", "Grü|Gr�|-"],
    ["%PATH(NQ)%|%PATH(WQ:ORIG)%|%QUERY_PARAM(y)%|%QUERY_PARAMS(DECODED)%", "/a/b|-|A%2|x=1&y=A%2"],
    ["%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT(16)%|%DOWNSTREAM_REMOTE_PORT%", "10.1.0.0/16|8080"],
    ["%UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT(48)%|%UPSTREAM_REMOTE_ADDRESS_WITHOUT_PORT(-1)%", "2001:db8:1234::/48|"],
    ["%UPSTREAM_LOCAL_PORT%|%UPSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%", "|/pipe"],
    ["%DYNAMIC_METADATA(ns:s):2%|%DYNAMIC_METADATA(ns:o)%|%METADATA(DYNAMIC:ns:o:a)%", 'te|{"a":[1e+05,true],"z":1}|[1e+05,true]'], // prettier-ignore
    ["%XFCC_VALUE(dns)%|%XFCC_VALUE(SUBJECT)%|%XFCC_VALUE(hash)%", 'd|CN=x;"q",O=y|-'],
    ["%COMMON_DURATION(DS_RX_BEG:DS_TX_END)%|%COMMON_DURATION(DS_RX_BEG:DS_TX_END:us)%", "1|1999"],
    ['%COALESCE({"operators":[{"command":"REQ","param":"x-b"},{"command":"REQ","param":"x-a","max_length":1}]})%', "G"],
    ["%CEL(request.query.startsWith('x=1') && size(request.headers['x-a']) == 3)%|%CEL(1 / 0)%", "true|-"],
    ["100%%%REQ(x-b)%", "100%-"],
  ])("%s prints %s", (format, expected) => {
    const { value } = render(parse(format), { facts }, { release: newest });
    expect(value === undefined ? undefined : new TextDecoder().decode(value.bytes)).toBe(expected);
  });

  test("in JSON values keep their types, and releases print numbers differently", () => {
    const format = { b: "%BYTES_SENT%", 'a"': "%DYNAMIC_METADATA(ns:n):2%", ü: ["%REQ(x-b)%", "<%REQ(x-b)%>", 1e21] };
    expect(json(format, facts)).toBe('{"a\\"":1234,"b":100000,"ü":[null,"<->",1e+21]}');
    expect(json(format, facts, { release: envoy("1.38") })).toBe('{"a\\"":"12","b":1e+05,"ü":[null,"<->",1e+21]}');
  });

  test("empty values are left out of JSON up to 1.32 and again since 1.40", () => {
    const format = { a: "%REQ(x-b)%", b: { c: "%REQ(x-b)%" }, d: ["%REQ(x-b)%"], e: "[%REQ(x-b)%]", f: "x" };
    const options = { omitEmptyValues: true };
    expect(json(format, facts, options)).toBe('{"d":[],"e":"[]","f":"x"}');
    expect(json(format, facts, { ...options, release: envoy("1.38") })).toBe(
      '{"a":null,"b":{"c":null},"d":[null],"e":"[]","f":"x"}',
    );
  });

  test("a part of a JSON string that is not UTF-8 is escaped byte by byte, the others are not", () => {
    expect(json({ a: 'ü"%REQ(x-a):3%' }, facts)).toBe('{"a":"ü\\"Gr\\u00c3"}');
  });
});

describe("what cannot be told", () => {
  test.each([
    ["%REQ(x)%", "io/missing-fact"],
    ["%UNIQUE_ID%", "io/missing-fact"],
    ["%NOPE%", "format/unknown-operator"],
    ["100%", "format/stray-percent"],
    ["%CEL(upstream.locality)%", "io/unforetold"],
  ])("%s gives %s and no line", (format, expected) => {
    expect(line(format, {})).toBe(expected);
  });

  test("facts that are complete make missing values of what they do not tell", () => {
    const { value } = render(parse("%REQ(x)% %RESPONSE_CODE% %RESPONSE_FLAGS% %UPSTREAM_HOST%"), { facts: {}, isComplete: true }); // prettier-ignore
    expect(value?.text).toBe("- 0 - -");
  });

  test("Kuma's operators print the values that are given for them", () => {
    const format = parse("%KUMA_MESH% %REQ(%KUMA_ZONE%)%");
    const facts = { facts: { "%REQ(east)%": "x" } };
    expect(render(format, facts, { kumaValues: { KUMA_MESH: "default", KUMA_ZONE: "east" } }).value?.text).toBe("default x"); // prettier-ignore
    expect(render(format, facts).diagnostics).toMatchObject([{ code: "io/missing-fact" }]);
  });
});

describe("whatever comes", () => {
  const anyFacts: fc.Arbitrary<Facts> = fc.record({
    facts: fc.dictionary(fc.oneof(formatText, fc.constantFrom(...factNames())), fc.anything({ withBigInt: true })),
    factTexts: fc.dictionary(
      fc.constantFrom(...factNames()),
      fc.oneof(fc.string(), fc.record({ base64: fc.string() })),
    ),
    isComplete: fc.boolean(),
  });
  const release = fc.constantFrom("1.22", "1.30", "1.32", "1.36", "1.38", "1.40").map(envoy);
  const timezone = fc.constantFrom("UTC", "Europe/Berlin", "nowhere");

  test("no format and no facts make it throw", () => {
    fc.assert(
      fc.property(
        formatText,
        anyFacts,
        release,
        timezone,
        fc.boolean(),
        (format, facts, member, zone, omitEmptyValues) => {
          const { value, diagnostics } = render(parse(format), facts, {
            release: member,
            timezone: zone,
            omitEmptyValues,
          });
          expect((value === undefined) === diagnostics.length > 0).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  test("no JSON format makes it throw", () => {
    fc.assert(
      fc.property(fc.anything(), anyFacts, release, (format, facts, member) => {
        renderJson(format, facts, { release: member });
      }),
      { numRuns: 2000 },
    );
  });

  test("values and formats that are nested without end end in a diagnostic", () => {
    const deep = (levels: number): unknown => {
      let value: unknown = 1;
      for (let i = 0; i < levels; i++) value = { a: [value] };
      return value;
    };
    expect(line("%DYNAMIC_METADATA(a)%", { "%DYNAMIC_METADATA(a)%": deep(100_000) })).toBe("io/unforetold");
    expect(json(deep(100_000), {})).toBe("io/unforetold");
    const circle: { self?: unknown } = {};
    circle.self = circle;
    expect(json(circle, {})).toBe("io/unforetold");
  });

  test.each([
    ["headers", "%REQ(a)%", { "%REQ(a)%": 'ü"'.repeat(500_000) }],
    ["parts", "%REQ(a)%x".repeat(100_000), { "%REQ(a)%": "v" }],
    ["times", `%START_TIME(${"%c%Q".repeat(50_000)})%`, time],
    ["query", "%QUERY_PARAM(zz)%", { "%REQ(:path)%": `/?${"a=%41&".repeat(200_000)}` }],
    ["certificates", "%XFCC_VALUE(dns)%", { "%REQ(x-forwarded-client-cert)%": '\\"'.repeat(500_000) }],
  ])("a megabyte of %s is rendered", (_, format, facts) => {
    expect(render(parse(format), { facts }, { release: newest }).value).toBeDefined();
    expect(renderJson({ a: format }, { facts }, { release: newest }).value).toBeDefined();
  });
});

function factNames(): readonly string[] {
  return ["%REQ(A)%", "%START_TIME(%s.%9f)%", "%START_TIME%", "%PROTOCOL%", "%METADATA(CLUSTER:a)%", "%METADATA(CLUSTER:a:b)%", "%FILTER_STATE(k:FIELD:f)%", "%REQ(:path)%", "%GRPC_STATUS(NUMBER)%"]; // prettier-ignore
}

describe("facts that are odd", () => {
  test("a text alone is the value too", () => {
    const facts = { facts: {}, factTexts: { "%REQ(x)%": { base64: "Yf8=" }, "%PROTOCOL%": "HTTP/2" } };
    const { value } = render(parse("%REQ(X)% %PROTOCOL%"), facts, { release: newest });
    expect(value?.bytes).toEqual(new Uint8Array([0x61, 0xff, ...new TextEncoder().encode(" HTTP/2")]));
  });

  test.each([undefined, null, {}, { facts: null }, 5])(
    "%j are none: programs without types may hand over anything",
    (facts) => {
      const { value, diagnostics } = render(parse("a %PROTOCOL%"), facts as never, { release: newest });
      expect(value).toBeUndefined();
      expect(diagnostics.map(({ code }) => code)).toEqual(["io/missing-fact"]);
    },
  );
});
