import { expect, test } from "vitest";
import { profile } from "../../src/kuma/profile.ts";
import { labelKeyProblems, labelValueProblems } from "../../src/validate/label-syntax.ts";
import { lines } from "../kuma/lines.ts";

// Each answer is that of k8s.io/apimachinery: v0.33.3 in Kuma 2.10, v0.36.1 in 2.14.
const facts = (line: string) => profile(lines.find((release) => release.line === line) ?? expect.fail(line));
const [older, newer] = [facts("2.10"), facts("2.14")];

const name =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')";
const value =
  "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";
const subdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

test.each<readonly [string, readonly string[]]>([
  ["a", []],
  ["kuma.io/origin", []],
  ["a_.b", []],
  ["/b", ["prefix part must be non-empty"]],
  ["a/", ["name part must be non-empty", `name part ${name}`]],
  ["A/b", [`prefix part ${subdomain}`]],
  ["-a", [`name part ${name}`]],
  ["a.", [`name part ${name}`]],
  ["a b", [`name part ${name}`]],
  ["", ["name part must be non-empty", `name part ${name}`]],
])("the key %j", (key, problems) => {
  expect(labelKeyProblems(key, older)).toEqual(problems);
  expect(labelKeyProblems(key, newer)).toEqual(problems);
});

test("what is too long, or has two slashes, is told in other words from 2.14 on", () => {
  const long = "a".repeat(64);
  expect(labelKeyProblems(long, older)).toEqual(["name part must be no more than 63 characters"]);
  expect(labelKeyProblems(long, newer)).toEqual(["name part must be no more than 63 bytes"]);
  expect(labelKeyProblems(`${"a".repeat(254)}/b`, older)).toEqual(["prefix part must be no more than 253 characters"]);
  expect(labelKeyProblems(`${"a".repeat(254)}/b`, newer)).toEqual(["prefix part must be no more than 253 bytes"]);
  const prefixed = `${name} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`;
  expect(labelKeyProblems("a/b/c", older)).toEqual([`a qualified name ${prefixed}`]);
  expect(labelKeyProblems("a/b/c", newer)).toEqual([`a valid label key ${prefixed}`]);
});

test("a value is empty, or characters of a name", () => {
  expect(["", "a", "A.b_c-d"].map((text) => labelValueProblems(text, newer))).toEqual([[], [], []]);
  expect(["a/b", "-a", "é"].map((text) => labelValueProblems(text, newer))).toEqual([[value], [value], [value]]);
  expect(labelValueProblems("a".repeat(64), older)).toEqual(["must be no more than 63 characters"]);
  expect(labelValueProblems("a".repeat(64), newer)).toEqual(["must be no more than 63 bytes"]);
});
