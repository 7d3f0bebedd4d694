import { expect, test } from "vitest";
import { spiffeIdProblem } from "../../src/validate/spiffe-id.ts";

// Each answer is that of go-spiffe v2.6.0.
const trustDomainCharacters =
  "trust domain characters are limited to lowercase letters, numbers, dots, dashes, and underscores";
const segmentCharacters = "path segment characters are limited to letters, numbers, dots, dashes, and underscores";

test.each([
  "spiffe://td",
  "spiffe://example.org/ns/default/sa/web",
  "spiffe://-._0/A/..a/...",
  "spiffe://td/" + "a".repeat(9000),
])("%.60s is a SPIFFE ID", (text) => {
  expect(spiffeIdProblem(text)).toBeUndefined();
});

test.each([
  ["", "cannot be empty"],
  ["td/ns", "scheme is missing or invalid"],
  ["SPIFFE://td", "scheme is missing or invalid"],
  ["spiffe:/td", "scheme is missing or invalid"],
  [" spiffe://td", "scheme is missing or invalid"],
  ["spiffe://", "trust domain is missing"],
  ["spiffe:///ns", "trust domain is missing"],
  ["spiffe://TD", trustDomainCharacters],
  ["spiffe://td:80/a", trustDomainCharacters],
  ["spiffe://u@td", trustDomainCharacters],
  ["spiffe://%KUMA_MESH%/a", trustDomainCharacters],
  ["spiffe://é", trustDomainCharacters],
  ["spiffe://td/", "path cannot have a trailing slash"],
  ["spiffe://td/ns/", "path cannot have a trailing slash"],
  ["spiffe://td//", "path cannot contain empty segments"],
  ["spiffe://td//ns", "path cannot contain empty segments"],
  ["spiffe://td/.", "path cannot contain dot segments"],
  ["spiffe://td/../ns", "path cannot contain dot segments"],
  ["spiffe://td/a*", segmentCharacters],
  ["spiffe://td/a b", segmentCharacters],
  ["spiffe://td/a?q", segmentCharacters],
  ["spiffe://td/é", segmentCharacters],
])("%j: %s", (text, problem) => {
  expect(spiffeIdProblem(text)).toBe(problem);
});

test.each([
  ["spiffe://T D//", trustDomainCharacters],
  ["spiffe://td//é", "path cannot contain empty segments"],
  ["spiffe://td/./é", "path cannot contain dot segments"],
  ["spiffe://td/.é/..", segmentCharacters],
  ["spiffe://td/é//", segmentCharacters],
  ["spiffe://td/a/./", "path cannot contain dot segments"],
])("Of the problems of %j the first is told: %s", (text, problem) => {
  expect(spiffeIdProblem(text)).toBe(problem);
});
