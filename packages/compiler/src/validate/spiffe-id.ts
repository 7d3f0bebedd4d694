const scheme = "spiffe://";

/**
 * Why a text is no SPIFFE ID, in the words that Kuma puts behind `must be a valid Spiffe ID: `; undefined if it is one.
 * Of several problems the first from the left is told, but an empty or dotted segment only once it has ended.
 *
 * Source: `FromString` in spiffeid/id.go and `ValidatePath` in spiffeid/path.go of github.com/spiffe/go-spiffe/v2
 * v2.6.0.
 */
export function spiffeIdProblem(text: string): string | undefined {
  if (text === "") return "cannot be empty";
  if (!text.startsWith(scheme)) return "scheme is missing or invalid";

  const [trustDomain = "", ...segments] = text.slice(scheme.length).split("/");
  if (!/^[a-z0-9._-]*$/.test(trustDomain)) {
    return "trust domain characters are limited to lowercase letters, numbers, dots, dashes, and underscores";
  }
  if (trustDomain === "") return "trust domain is missing";

  for (const [i, segment] of segments.entries()) {
    const problem = segmentProblem(segment, i === segments.length - 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function segmentProblem(segment: string, isLast: boolean): string | undefined {
  if (segment === "") return isLast ? "path cannot have a trailing slash" : "path cannot contain empty segments";
  if (segment === "." || segment === "..") return "path cannot contain dot segments";
  if (!/^[a-zA-Z0-9._-]+$/.test(segment)) {
    return "path segment characters are limited to letters, numbers, dots, dashes, and underscores";
  }
  return undefined;
}
