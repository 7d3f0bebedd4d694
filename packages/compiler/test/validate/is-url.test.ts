import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isUrl } from "../../src/validate/is-url.ts";

// Each answer is that of govalidator v0.0.0-20230301143203-a9d515a09cc2, built with Go 1.19.13.
const accepted: Record<string, readonly string[]> = {
  "a host with a port": ["logs:5000", "localhost:9000", "HOST:80", "é:1", "12:80", "host:0", "host:99999", "a.:80"],
  "a name with a dot": ["logs.com", "logs.com.", "www.a", "10.1.2.300", "svc.ns.svc.cluster.local", "bücher.de"],
  "a scheme that it knows": ["ftp://a", "tcp://a", "udp://a", "ws://a", "wss://a", "http://a", "https://a"],
  "any scheme before a user": ["grpc://u@logs:80", "HTTP://u@logs", "grpc://u:p@[::1]:80", "a:%zz@c.d/x://y"],
  "a user": [
    "u@logs.com",
    "user:pw@h.com:80",
    ":p@logs:0",
    "@@a:1",
    "#a@b.com",
    "?x@b.com",
    "a%2Eb@localhost",
    "//:@logs.com",
    "//u@a",
  ],
  "underscores that a letter follows": ["my_svc:5000", "a_b.com:80", "a__--bc:1", "aa.b_cc.dd:1"],
  "up to two hyphens in a row, more in the first label": [
    "a--b:80",
    "ab----cd:80",
    "a-b-c.com",
    "xn--a.com:80",
    "é-a-b-c:80",
  ],
  "a domain of labels with hyphens, and a word": ["aa.b-c.dd:1", "a.bb.cd:1", "www.é.jp:1", "www.:80", "ab.cdé.jp:1"],
  IPv4: ["127.0.0.1", "1.0.00.09:5000", "223.255.255.255:80", "240.1.1.1", "127.0.0.1.:80"],
  IPv6: ["[::1]:5000", "[::]:1", "[1:2:3:4:5:6:7:8]:1", "[1:2:3:4:5:6:7::]:1", "[::2:3:4:5:6:7:8]:1"],
  "IPv6 with IPv4 or a zone": [
    "[::1.2.3.4]:1",
    "[::ffff:000:1.2.3.4]:1",
    "[a:b:c:d::1.2.3.4]:1",
    "[fe80::1%25eth0]:80",
  ],
  "a path, a query, a fragment": ["logs:80/x%20y", "logs.com/é😀", "logs:1?%zz", "http://a#\v", "a:1/?#"],
};

const refused: Record<string, readonly string[]> = {
  "three bytes or fewer": ["", "a", "a:1", "é:"],
  "no dot, no port": ["localhost", "logstash", "a-b", "abc", "u@localhost"],
  "no host": [":5000", "http://", "http://:80", "/a.b", "?a.b", "#a.b", "unix:///run/x.sock", "@b.com"],
  "a bad port": ["host:", "host:port", "host:123456", "host:-1", "host: 80", "host:80:80", "[::1]80", "[::1].:80"],
  "an unknown scheme": ["grpc://logs:5000", "HTTP://logs.com", "http:/logs:5000", "otel://a.b"],
  "addresses with no host to reach": ["0.0.0.0:5000", "224.0.0.1:80", "256.1.1.1:80", "01.2.3.4:80", "1.2.3:80"],
  "bad IPv6": ["::1", "[:::1]:1", "[1::2::3]:1", "[1:2:3:4:5:6:7]:1", "[1:2:3:4:5:6:7:8::]:1", "[12345::]:1", "[::1:1"],
  "bad IPv4 or zone in IPv6": [
    "[::FFFF:1.2.3.4]:1",
    "[a:1.2.3.4]:1",
    "[a:b:c:d:e::1.2.3.4]:1",
    "[::1.2.3.256]:1",
    "[FE80::1%25a]:1",
    "[fe80::1%a]:1",
    "[fe80::1:2:3:4:5%25a]:1",
  ],
  labels: [
    ".a.com:80",
    ".a@b.com",
    "a..b:80",
    "-a.com:80",
    "a-.com:80",
    "_a:1",
    "h_o_s_t:80",
    "a_b:80",
    "a.b.c.d.e:1",
    "a.b.cc:1",
    "a.b1:1",
    "a.b_cc:1",
    "a..:80",
    "a.1:80",
  ],
  "too many hyphens where they count": ["a---b:80", "ab.c--dd:80", "é---a:80"],
  characters: [
    "*:80",
    "a b:80",
    "host\tx:80",
    "😀.com:80",
    "é.b_b.com:1",
    "%KUMA_MESH%:1",
    "%41.com:80",
    "a\\b:80",
    "a.c!:1",
  ],
  "escapes, white space and control characters": [
    "a.com/%zz",
    "a.com/%4",
    "a:1#%",
    "a.com/x y",
    "a.com/\x7f",
    "a:1#\f",
  ],
  "what Go reads as host, user or path": [
    "http://.a/@b.com",
    "http://a:b/@c.com",
    "http://é@b.com",
    "http://%4@b.com",
    "http://a%41/@b.com",
    "http://[a/@b.com",
    "http://[a%25%25%%25aa]/@b.com",
    "http://[a%25%2f]/@b.com",
    "http://[a%25%80]/@b.com",
    "a:b/c@d.com/%zz",
    "é:b@x.com/://",
    "/x@b:1/a%",
  ],
};

describe("is a URL to Kuma:", () => {
  test.each(cases(accepted))("%s: %j", (_, text) => {
    expect(isUrl(text)).toBe(true);
  });
});

describe("is no URL to Kuma:", () => {
  test.each(cases(refused))("%s: %j", (_, text) => {
    expect(isUrl(text)).toBe(false);
  });
});

test("A URL has fewer than 2083 characters, astral ones counting once", () => {
  const url = (character: string, length: number) => "http://a/" + character.repeat(length - "http://a/".length);
  expect(isUrl(url("a", 2082))).toBe(true);
  expect(isUrl(url("😀", 2082))).toBe(true);
  expect(isUrl(url("a", 2083))).toBe(false);
  expect(isUrl(url("😀", 2083))).toBe(false);
});

test("Texts on which the pattern backtracks are answered", () => {
  for (const piece of ["a", "a-", "a.", "é-", "aa.", "ab_", "@", "a@", ":1", "a:1@", "%25", "::", "1.", "://"]) {
    expect(isUrl(`http://!/@${piece.repeat(2000 / piece.length)}!`)).toBe(false);
  }
});

test("What is accepted with a port is accepted behind a scheme and before a path", () => {
  const address = fc
    .string({ unit: fc.constantFrom(...Array.from("aB19.-_é[]:")), maxLength: 12 })
    .map((host) => `${host}:80`);
  fc.assert(
    fc.property(address, (text) => {
      expect(isUrl(`tcp://${text}`)).toBe(isUrl(text));
      expect(isUrl(`${text}/x`)).toBe(isUrl(text));
    }),
  );
});

/** Answers of govalidator under Go 1.19 to some hundred texts; too many to keep here, so not every checkout has them. */
const recorded = resolve(
  process.env["MESHLOG_SHARED"] ?? resolve(import.meta.dirname, "../../../../../shared"),
  "conformance/validator-cases/oracle/isurl-vectors.json",
);

test("Every recorded answer of govalidator is ours", ({ skip }) => {
  if (!existsSync(recorded)) {
    process.stdout.write(`0 recorded answers compared: there is no ${recorded}; set MESHLOG_SHARED\n`);
    skip();
  }
  const answers = JSON.parse(readFileSync(recorded, "utf8")) as readonly (readonly [text: string, isUrl: boolean])[];
  expect(answers.length).toBeGreaterThan(0);
  expect(answers.filter(([text, answer]) => isUrl(text) !== answer)).toEqual([]);
});

function cases(table: Record<string, readonly string[]>): readonly (readonly [what: string, text: string])[] {
  return Object.entries(table).flatMap(([what, texts]) => texts.map((text) => [what, text] as const));
}
