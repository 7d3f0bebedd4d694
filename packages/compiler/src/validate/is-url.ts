/**
 * Whether govalidator's `IsURL` accepts a text: what Kuma checks the address of a TCP backend with. It accepts more and
 * less than its name says: `logs:5000` and `my_svc:5000` are URLs, `localhost` and `grpc://logs:5000` are none.
 *
 * Three checks in a row, all of which must pass: the length, Go's `net/url`, and a pattern that has its own idea of
 * where the host stands. The pattern is exponential for an engine that backtracks, so what it accepts is written here
 * as recognisers; each passes over its text a fixed number of times.
 *
 * Source: `IsURL` in validator.go:104 and `rxURL` in patterns.go:34 of github.com/asaskevich/govalidator at
 * v0.0.0-20230301143203-a9d515a09cc2 (Kuma 2.0 pins an older commit, which does the same), with `net/url` of Go 1.19 to
 * 1.22. Later Gos refuse brackets around what is no IPv6 address (seen in 1.24.11) and a second colon before the port
 * (seen in 1.26.8): this tells only in addresses such as `[::1.2.3.04]:80`, or with an `@` behind a slash.
 */
export function isUrl(text: string): boolean {
  if (text.startsWith(".") || !hasUrlLength(text)) return false;
  const url = parseReference(text.includes(":") && !text.includes("://") ? `http://${text}` : text);
  if (url === undefined || url.host.startsWith(".")) return false;
  if (url.host === "" && url.path !== "" && !/\.|%2[eE]/.test(url.path)) return false;
  return looksLikeUrl(text);
}

/** More than 3 bytes of UTF-8 and fewer than 2083 characters, a pair of surrogates being one. */
function hasUrlLength(text: string): boolean {
  if (text.length >= 2 * 2083) return false;
  const isLong = text.length > 3 || new TextEncoder().encode(text).length > 3;
  return isLong && (text.length < 2083 || Array.from(text).length < 2083);
}

// What Go's url.Parse accepts. Bytes over 0x7f are never refused but in a user name, so UTF-16 will do.

/** The parts of a reference that `IsURL` looks at, still escaped. */
interface Reference {
  /** With the port, without the user. */
  readonly host: string;
  readonly path: string;
}

function parseReference(text: string): Reference | undefined {
  const [reference, fragment] = cut(text, "#");
  if (hasControlCharacter(reference) || !hasWholeEscapes(fragment)) return undefined;

  const scheme = /^[a-zA-Z][a-zA-Z0-9+.-]*:/.exec(reference)?.[0] ?? "";
  const [rest] = cut(reference.slice(scheme.length), "?");
  if (!rest.startsWith("/")) {
    if (scheme !== "") return { host: "", path: "" }; // opaque, as in mailto:someone
    if (cut(rest, "/")[0].includes(":")) return undefined;
  }

  const hasAuthority = rest.startsWith("//"); // an empty one in "///", where Go sees none: the answer is the same
  const pathStart = hasAuthority ? rest.indexOf("/", 2) : 0;
  const path = pathStart < 0 ? "" : rest.slice(pathStart);
  if (!hasWholeEscapes(path)) return undefined;
  if (!hasAuthority) return { host: "", path };

  const authority = rest.slice(2, rest.length - path.length);
  const at = authority.lastIndexOf("@");
  const host = authority.slice(at + 1);
  return isUser(authority.slice(0, Math.max(at, 0))) && isAuthorityHost(host) ? { host, path } : undefined;
}

function cut(text: string, separator: string): readonly [before: string, after: string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

function hasControlCharacter(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x20 || unit === 0x7f) return true;
  }
  return false;
}

function hasWholeEscapes(text: string): boolean {
  return !/%(?![0-9a-fA-F]{2})/.test(text);
}

function isUser(text: string): boolean {
  return /^[a-zA-Z0-9._~:@!$&'()*+,;=%-]*$/.test(text) && hasWholeEscapes(text);
}

function isAuthorityHost(host: string): boolean {
  const close = host.lastIndexOf("]");
  if (!host.startsWith("[")) {
    const colon = host.lastIndexOf(":");
    return isHostText(host) && (colon < 0 || isOptionalPort(host.slice(colon)));
  }
  if (!isOptionalPort(host.slice(close + 1))) return false; // also without any bracket that closes
  const zone = host.slice(0, close).indexOf("%25");
  if (zone < 0) return isHostText(host);
  return isHostText(host.slice(0, zone)) && isZone(host.slice(zone, close)) && isHostText(host.slice(close));
}

function isOptionalPort(text: string): boolean {
  return /^(?::[0-9]*)?$/.test(text);
}

/** A host may escape bytes over 0x7f, and the percent sign, only. */
function isHostText(text: string): boolean {
  return /^(?:[a-zA-Z0-9._~!$&'()*+,;=:[\]<>"-]|[^\p{ASCII}]|%25|%[89a-fA-F][0-9a-fA-F])*$/u.test(text);
}

/** The zone of an IPv6 address (RFC 6874) may escape the percent sign, the blank, and what it could hold unescaped. */
function isZone(text: string): boolean {
  if (!hasWholeEscapes(text) || /%[89a-fA-F]/.test(text)) return false;
  return isHostText(
    text.replaceAll(/%([0-9a-fA-F]{2})/g, (escape, hex: string) =>
      escape === "%25" || escape === "%20" ? "" : String.fromCharCode(parseInt(hex, 16)),
    ),
  );
}

// What the pattern accepts: `scheme? user? host .? port? path?`. The user may hold anything but white space, so any `@`
// may be the one before the host; a host holds none of `@/?#`, so from each place only one end is possible.

function looksLikeUrl(text: string): boolean {
  if (/[\t\n\f\r ]/.test(text)) return false; // Go's \s, narrower than JavaScript's
  return hostStarts(text).some((start) => {
    const [address = "", delimiter] = text.slice(start).split(/([@/?#])/, 2);
    return delimiter !== "@" && isAddress(address);
  });
}

function hostStarts(text: string): readonly number[] {
  const scheme = /^(?:ftp|tcp|udp|wss?|https?):\/\//.exec(text)?.[0] ?? "";
  const starts = [scheme.length];
  for (let at = text.indexOf("@", 1); at >= 0; at = text.indexOf("@", at + 1)) starts.push(at + 1);
  return starts;
}

/** A host, with or without a closing dot and a port of one to five digits. */
function isAddress(text: string): boolean {
  const host = text.replace(/:[0-9]{1,5}$/, "").replace(/\.$/, "");
  return isIPv4(host) || (host.startsWith("[") && host.endsWith("]") && isIPv6(host.slice(1, -1))) || isName(host);
}

/** No address begins with 0 or with 224 to 239 (multicast). */
function isIPv4(host: string): boolean {
  const first = parseInt(host, 10);
  return isDottedQuad(host) && !host.startsWith("0") && (first < 224 || first >= 240);
}

/** Four numbers up to 255; one of two digits may begin with 0. */
function isDottedQuad(text: string): boolean {
  const octets = text.split(".");
  return octets.length === 4 && octets.every((octet) => /^(?:1?[0-9]?[0-9]|2[0-4][0-9]|25[0-5])$/.test(octet));
}

function isIPv6(text: string): boolean {
  return isGroups(text) || isIPv6WithIPv4(text) || isIPv6WithZone(text);
}

/** Eight groups of up to four hexadecimal digits, or up to seven around one `::`. */
function isGroups(text: string): boolean {
  const halves = text.split("::");
  const groups = halves.flatMap((half) => (half === "" ? [] : half.split(":")));
  if (!groups.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 1 ? groups.length === 8 : halves.length === 2 && groups.length <= 7;
}

/** `::1.2.3.4`, `::ffff:1.2.3.4`, `::ffff:0:1.2.3.4`, or one to four groups, `::` and the IPv4 address. */
function isIPv6WithIPv4(text: string): boolean {
  const quad = text.lastIndexOf(":") + 1;
  return (
    isDottedQuad(text.slice(quad)) &&
    /^(?:::(?:ffff:(?:0{1,4}:)?)?|(?:[0-9a-fA-F]{1,4}:){1,4}:)$/.test(text.slice(0, quad))
  );
}

function isIPv6WithZone(text: string): boolean {
  return /^fe80:(?::[0-9a-fA-F]{0,4}){0,4}%[0-9a-zA-Z]+$/.test(text);
}

/**
 * The pattern of a name is ambiguous: an optional domain, subdomain or `www.`, in ASCII, and behind it, with nothing
 * between the two, a word and perhaps a top-level domain, in any letters up to U+FFFF. So we ask where the first may
 * end and where the second may start: `my_svc` is the domain `my_sv` and the word `c`, but nothing divides `a_b`.
 */
function isName(host: string): boolean {
  if (/[^a-zA-Z0-9\u00a1-\uffff._-]/u.test(host)) return false;
  const ends = new Set([0, ...domainEnds(host), ...subdomainEnds(host), ...(host.startsWith("www.") ? [4] : [])]);
  return wordStarts(host).some((start) => ends.has(start));
}

/**
 * Underscores and repeated hyphens stand in the first label only, which has two characters or more. (So has the whole
 * domain; but a word behind one character is a word with it.)
 */
function domainEnds(host: string): readonly number[] {
  const ends: number[] = [];
  let inFirstLabel = true;
  for (let i = 0; i < host.length; i++) {
    const character = host.charAt(i);
    const afterAlphanumeric = isAlphanumeric(host.charAt(i - 1));
    if (isAlphanumeric(character)) {
      ends.push(i + 1);
    } else if (character === "." && afterAlphanumeric && i > 1) {
      inFirstLabel = false;
    } else if (!(inFirstLabel ? i > 0 && /[_-]/.test(character) : character === "-" && afterAlphanumeric)) {
      break;
    }
  }
  return ends;
}

/** Dots, hyphens and underscores, never two in a row; the last is a dot, and two alphanumerics stand before it. */
function subdomainEnds(host: string): readonly number[] {
  const ends: number[] = [];
  let inLastLabel = false;
  for (let i = 0; i < host.length; i++) {
    const character = host.charAt(i);
    if (isAlphanumeric(character)) {
      if (inLastLabel) ends.push(i + 1);
    } else if (/[._-]/.test(character) && isAlphanumeric(host.charAt(i - 1))) {
      inLastLabel = character === "." && isAlphanumeric(host.charAt(i - 2));
    } else {
      break;
    }
  }
  return ends;
}

/** Where the word may start that ends the host, or that ends before its top-level domain. */
function wordStarts(host: string): readonly number[] {
  const dot = host.lastIndexOf(".");
  const hasTopLevelDomain = dot >= 0 && /^[a-zA-Z\u00a1-\uffff]+$/.test(host.slice(dot + 1));
  return [...wordStartsBefore(host, host.length), ...(hasTopLevelDomain ? wordStartsBefore(host, dot) : [])];
}

/** A word begins and ends with a letter or a digit and has no more than two hyphens in a row. */
function wordStartsBefore(host: string, end: number): readonly number[] {
  const starts: number[] = [];
  let hyphens = 0;
  for (let i = end - 1; i >= 0; i--) {
    if (/[a-zA-Z0-9\u00a1-\uffff]/.test(host.charAt(i))) {
      starts.push(i);
      hyphens = 0;
    } else if (host.charAt(i) !== "-" || starts.length === 0 || ++hyphens > 2) {
      break;
    }
  }
  return starts;
}

function isAlphanumeric(character: string): boolean {
  return /^[a-zA-Z0-9]$/.test(character);
}
