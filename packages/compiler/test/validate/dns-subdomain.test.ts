import { expect, test } from "vitest";
import { dnsSubdomainProblems } from "../../src/validate/dns-subdomain.ts";

// Each answer is that of k8s.io/apimachinery v0.36.1.
const tooLong = "must be no more than 253 characters";
const notASubdomain =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')";

test.each(["a", "0", "example.com", "a--b.c-d", "10.0.0.1", "a".repeat(253)])("%.40s is a subdomain", (text) => {
  expect(dnsSubdomainProblems(text)).toEqual([]);
});

test.each([
  "",
  ".",
  "a.",
  ".a",
  "a..b",
  "-a",
  "a-",
  "a.-b",
  "a-.b",
  "A.com",
  "a_b",
  "*.example.com",
  "a:443",
  "é",
  "a\n",
])("%j is none", (text) => {
  expect(dnsSubdomainProblems(text)).toEqual([notASubdomain]);
});

test("More than 253 bytes are too long, whether or not the characters are right", () => {
  expect(dnsSubdomainProblems("a".repeat(254))).toEqual([tooLong]);
  expect(dnsSubdomainProblems("A".repeat(254))).toEqual([tooLong, notASubdomain]);
  expect(dnsSubdomainProblems("é".repeat(126))).toEqual([notASubdomain]);
  expect(dnsSubdomainProblems("é".repeat(127))).toEqual([tooLong, notASubdomain]);
});
