import {
  type Diagnostic,
  type DiagnosticTable,
  type Fix,
  type MessageParameters,
  type RelatedPlace,
  text,
} from "./diagnostics.ts";
import type { Span } from "./span.ts";

/** Every code of the format language, with the parameters of its message. */
export interface Messages {
  "io/malformed-range": "range";
  "io/unknown-release": "program" | "version" | "nearest";
  "format/stray-percent": never;
  "format/operator-name": "name";
  "format/missing-percent": "name";
  "format/missing-parenthesis": "name";
  "format/line-break": "name";
  "format/kuma-takes-percent": "name" | "seen";
  "format/limit-too-large": "limit";
  "format/unknown-operator": "name";
  "format/newer-operator": "name" | "since";
  "format/extension-operator": "name" | "extension";
  "format/unreplaced-kuma-operator": "name";
  "format/renamed-by-kuma": "name" | "seen";
  "format/no-arguments": "name";
  "format/missing-argument": "name";
  "format/no-limit": "name";
  "format/header-alternatives": never;
  "format/header-name": "header";
  "format/time-newline": "conversion";
  "format/filter-state-key": "name";
  "format/filter-state-type": "type";
  "format/filter-state-field": never;
  "format/metadata-type": "type";
  "format/grpc-status": "option";
  "format/duration-points": never;
  "format/duration-precision": "precision";
  "format/option": "option" | "name" | "options";
  "format/xfcc-key": "key";
  "format/file-path": never;
  "format/secret": "secret";
  "format/coalesce": "problem";
  "format/coalesce-json": "problem";
  "format/coalesce-crash": never;
  "format/cel-syntax": "problem";
  "format/cel-function": "problem";
  "format/json-value": "type";
  "format/more": "count";
  "generate/format": "problem";
  "lint/swallowed-text": "name";
  "lint/limit-outside": "limit";
  "lint/unknown-time-point": "point";
  "lint/newer-time-point": "point" | "since";
  "lint/unknown-option": "option" | "name";
  "lint/unused-argument": "text";
  "lint/time-conversion": "conversion";
  "lint/stale-digits": "conversion";
  "lint/local-zone": "conversion";
  "lint/pseudo-header": "header";
  "lint/always-empty": "name";
  "lint/protocol": "name" | "protocol" | "printed";
  "lint/listener-only": "name";
  "lint/upstream-only": "name";
  "lint/deprecated-operator": "name" | "instead";
  "lint/cel-attribute": "name";
  "lint/cel-concatenation": never;
  "lint/crashes-later": "name";
  "lint/json-in-text": never;
  "lint/omit-empty-json": never;
  "lint/number-notation": "name";
}

/** The code of a diagnostic of the format language. */
export type Code = keyof Messages;

/** Every diagnostic of the format language. */
export const messages: DiagnosticTable<Messages> = {
  "io/malformed-range": {
    severity: "error",
    message: text`"${"range"}" is not a version or a range of versions.`,
    help: "Write `2.14`, `2.9.6`, `2.9..2.13`, `>=2.9`, `main`, or several of them with commas.",
  },
  "io/unknown-release": {
    severity: "error",
    message: text`There is no ${"program"} ${"version"}; the nearest that meshlog knows is ${"nearest"}.`,
    help: "A line such as `2.14` stands for its newest patch. meshlog knows the releases up to the day it was built.",
  },
  "format/stray-percent": {
    severity: "error",
    message: text`A single "%" starts nothing here; write "%%" for a percent sign.`,
    help: "Envoy refuses the whole listener. Outside operators `%%` prints one `%`; inside an argument there is no such escape.",
    bad: "50% off",
    good: "50%% off",
  },
  "format/operator-name": {
    severity: "error",
    message: text`"${"name"}" is no name of an operator: only "A"-"Z", "0"-"9" and "_" may stand in one.`,
    help: "Names of operators are upper case.",
    bad: "%protocol%",
    good: "%PROTOCOL%",
  },
  "format/missing-percent": {
    severity: "error",
    message: text`The "%" that closes "%${"name"}" is missing.`,
    help: "A call ends with a `%`, right after its name, its parentheses or its limit.",
    bad: "%PROTOCOL",
    good: "%PROTOCOL%",
  },
  "format/missing-parenthesis": {
    severity: "error",
    message: text`The argument of "%${"name"}(" is not closed.`,
    help: "An argument ends with `)%`, or with `):`, digits and `%`.",
    bad: "%REQ(USER-AGENT",
    good: "%REQ(USER-AGENT)%",
  },
  "format/line-break": {
    severity: "error",
    message: text`There is a line break in the argument of "%${"name"}(…)%".`,
    help: "Since 1.31 Envoy reads arguments with a pattern in which `.` does not match a line break (envoy#34867).",
    bad: "%CEL(a &&\nb)%",
    good: "%CEL(a && b)%",
  },
  "format/kuma-takes-percent": {
    severity: "error",
    message: text`Kuma replaces "%${"name"}%" first, and takes a "%" with it that was to belong to something else: Envoy gets "${"seen"}".`,
    help: "Kuma replaces its operators as plain text, before Envoy reads the format, and does not know where Envoy's operators start and end.",
    bad: "%%KUMA_MESH%%",
    good: "%KUMA_MESH%",
  },
  "format/limit-too-large": {
    severity: "error",
    message: text`The limit ${"limit"} is too large: it must be below 2^64.`,
    help: "Envoy reads the limit as an unsigned 64-bit number.",
    bad: "%REQ(A):99999999999999999999%",
    good: "%REQ(A):99%",
  },
  "format/unknown-operator": {
    severity: "error",
    message: text`There is no operator "${"name"}".`,
    help: "Envoy refuses the whole listener: running proxies keep their old configuration, new ones come up without the listener.",
    bad: "%PROTCOL%",
    good: "%PROTOCOL%",
  },
  "format/newer-operator": {
    severity: "error",
    message: text`"${"name"}" exists since Envoy ${"since"}.`,
    help: "The Envoy that the target ships does not know it yet, and refuses the listener. Use what it knows, or a newer Kuma.",
    bad: '%COALESCE({"operators":["PROTOCOL"]})%',
    good: "%PROTOCOL%",
  },
  "format/extension-operator": {
    severity: "error",
    message: text`"${"name"}" needs the formatter extension "${"extension"}", which is not configured.`,
    help: "Kuma configures no formatter extensions. METADATA and CEL are built in since Envoy 1.34.",
    bad: "%REQ_WITHOUT_QUERY(:PATH)%",
    good: "%REQ(:PATH)%",
  },
  "format/unreplaced-kuma-operator": {
    severity: "error",
    message: text`Kuma does not replace "${"name"}" here, so it reaches Envoy, which does not know it.`,
    help: "Kuma replaces exactly `%KUMA_…%`: no parentheses, no limit, upper case, and only the names that its release knows.",
    bad: "%KUMA_MESH:5%",
    good: "%KUMA_MESH%",
  },
  "format/renamed-by-kuma": {
    severity: "error",
    message: text`Kuma up to 2.5 writes "${"name"}" as "${"seen"}", which Envoy does not know.`,
    help: "A slip in Kuma's table of commands (`pkg/envoy/accesslog/v3/commands.go` up to 2.5.11). Use GRPC_STATUS_NUMBER or `%RESP(GRPC-STATUS)%`.",
  },
  "format/no-arguments": {
    severity: "error",
    message: text`"${"name"}" takes neither an argument nor a limit.`,
    help: "",
    bad: "%PROTOCOL(x)%",
    good: "%PROTOCOL%",
  },
  "format/missing-argument": {
    severity: "error",
    message: text`"${"name"}" needs an argument.`,
    help: "",
    bad: "%REQ%",
    good: "%REQ(USER-AGENT)%",
  },
  "format/no-limit": {
    severity: "error",
    message: text`"${"name"}" takes no limit.`,
    help: "CLUSTER_METADATA and UPSTREAM_METADATA take none in any release, although Envoy's documentation shows one; DYNAMIC_METADATA takes one since 1.37.",
    bad: "%START_TIME(%s):10%",
    good: "%START_TIME(%s)%",
  },
  "format/header-alternatives": {
    severity: "error",
    message: text`Only one alternative header may be given.`,
    help: "`%REQ(A?B)%` prints B where A is absent; there is no third.",
    bad: "%REQ(A?B?C)%",
    good: "%REQ(A?B)%",
  },
  "format/header-name": {
    severity: "error",
    message: text`"${"header"}" is no name of a header.`,
    help: "Since Envoy 1.31 a name consists of the token characters of RFC 9110, with one `:` before it allowed; up to 1.30 only line breaks (since 1.27 NUL, too) are refused.",
    bad: "%REQ(USER AGENT)%",
    good: "%REQ(USER-AGENT)%",
  },
  "format/time-newline": {
    severity: "error",
    message: text`"${"conversion"}" prints a line break, which Envoy does not allow.`,
    help: "",
    bad: "%START_TIME(%Y%n)%",
    good: "%START_TIME(%Y)%",
  },
  "format/filter-state-key": {
    severity: "error",
    message: text`"${"name"}" needs the key of an object.`,
    help: "",
    bad: "%FILTER_STATE%",
    good: "%FILTER_STATE(my.key)%",
  },
  "format/filter-state-type": {
    severity: "error",
    message: text`"${"type"}" is no way to write filter state: PLAIN, TYPED or (since Envoy 1.28) FIELD.`,
    help: "",
    bad: "%FILTER_STATE(my.key:plain)%",
    good: "%FILTER_STATE(my.key:PLAIN)%",
  },
  "format/filter-state-field": {
    severity: "error",
    message: text`FIELD goes with the name of a field, and only FIELD does.`,
    help: "",
    bad: "%FILTER_STATE(my.key:FIELD)%",
    good: "%FILTER_STATE(my.key:FIELD:name)%",
  },
  "format/metadata-type": {
    severity: "error",
    message: text`"${"type"}" is no type of metadata in these Envoys.`,
    help: "DYNAMIC, CLUSTER, ROUTE; UPSTREAM_HOST since Envoy 1.23, LISTENER since 1.29, VIRTUAL_HOST since 1.31, LISTENER_FILTER_CHAIN since 1.37.",
    bad: "%METADATA(route:my.ns)%",
    good: "%METADATA(ROUTE:my.ns)%",
  },
  "format/grpc-status": {
    severity: "error",
    message: text`"${"option"}" is no way to write a gRPC status: CAMEL_STRING, SNAKE_STRING or NUMBER.`,
    help: "",
    bad: "%GRPC_STATUS(number)%",
    good: "%GRPC_STATUS(NUMBER)%",
  },
  "format/duration-points": {
    severity: "error",
    message: text`COMMON_DURATION takes two points in time and, after them, a precision if you like.`,
    help: "`%COMMON_DURATION(START:END)%` or `%COMMON_DURATION(START:END:us)%`.",
    bad: "%COMMON_DURATION(DS_RX_BEG)%",
    good: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END)%",
  },
  "format/duration-precision": {
    severity: "error",
    message: text`"${"precision"}" is no precision: ms, us or ns.`,
    help: "",
    bad: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END:s)%",
    good: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END:ms)%",
  },
  "format/option": {
    severity: "error",
    message: text`"${"option"}" is no option of ${"name"}: ${"options"}.`,
    help: "",
    bad: "%PATH(nq)%",
    good: "%PATH(NQ)%",
  },
  "format/xfcc-key": {
    severity: "error",
    message: text`"${"key"}" is no key of x-forwarded-client-cert: By, Hash, Cert, Chain, Subject, URI or DNS.`,
    help: "",
    bad: "%XFCC_VALUE(Name)%",
    good: "%XFCC_VALUE(URI)%",
  },
  "format/file-path": {
    severity: "error",
    message: text`FILE_CONTENT takes a path and, after a ":", a directory to watch if you like.`,
    help: "",
  },
  "format/secret": {
    severity: "error",
    message: text`There is no secret "${"secret"}" that the format could print.`,
    help: "Secrets are listed in `secret_configs` of the extension `envoy.formatter.generic_secret`.",
  },
  "format/coalesce": {
    severity: "error",
    message: text`COALESCE: ${"problem"}.`,
    help: 'The argument is JSON: `{"operators": ["NAME", {"command": "NAME", "param": "…", "max_length": 10}]}`.',
    bad: '%COALESCE({"operators":[]})%',
    good: '%COALESCE({"operators":["PROTOCOL"]})%',
  },
  "format/coalesce-json": {
    severity: "error",
    message: text`The argument of COALESCE is not JSON: ${"problem"}.`,
    help: "A `)` before `%`, or before `:`, digits and `%`, ends the argument, in a string too: write `\\\\u0029` there.",
    bad: '%COALESCE({"operators":["PROTOCOL"})%',
    good: '%COALESCE({"operators":["PROTOCOL"]})%',
  },
  "format/coalesce-crash": {
    severity: "error",
    message: text`A COALESCE whose JSON is no object or array crashes Envoy while it loads the configuration.`,
    help: "Measured on Envoy 1.37.0, 1.38.2, 1.39.3 and 1.40.0: the process ends with a segmentation fault.",
    bad: "%COALESCE(5)%",
    good: '%COALESCE({"operators":["PROTOCOL"]})%',
  },
  "format/cel-syntax": {
    severity: "error",
    message: text`The CEL expression cannot be read: ${"problem"}.`,
    help: "What Envoy's CEL takes is listed on the page about expressions.",
    bad: "%CEL(a ==)%",
    good: '%CEL(request.path == "/")%',
  },
  "format/cel-function": {
    severity: "error",
    message: text`Envoy cannot build the CEL expression: ${"problem"}.`,
    help: "Envoy's CEL has size, startsWith, endsWith, contains, matches, the parts of times, conversions other than `string()`, `re.extract`, `re.capture` and `re.captureN`; no macros but `has`.",
    bad: "%CEL(request.path.lowerAscii())%",
    good: "%CEL(request.path)%",
  },
  "format/json-value": {
    severity: "error",
    message: text`A value of a JSON format cannot be ${"type"} here.`,
    help: "Up to Envoy 1.32 a JSON format takes strings, objects, lists and (since 1.24) numbers.",
  },
  "format/more": { severity: "info", message: text`There are ${"count"} more findings in this format.`, help: "" },
  "generate/format": {
    severity: "error",
    message: text`Kuma up to 2.5 cannot read this format: ${"problem"}.`,
    help: "Up to 2.5 Kuma reads formats with a grammar of its own, older than Envoy's, and generates nothing for a proxy whose format it cannot read.",
  },
  "lint/swallowed-text": {
    severity: "warning",
    message: text`The argument of "%${"name"}(" goes on past a ")", to here: is a "%" missing after it?`,
    help: "Since 1.31 an argument ends at the first `)` that `%` or `:digits%` follows, whatever stands before.",
    bad: "%START_TIME(%s) then %REQ(x)%",
    good: "%START_TIME(%s)% then %REQ(x)%",
  },
  "lint/limit-outside": {
    severity: "warning",
    message: text`":${"limit"}" after the closing "%" is text; a limit stands before it.`,
    help: "",
    bad: "%REQ(A)%:10",
    good: "%REQ(A):10%",
  },
  "lint/unknown-time-point": {
    severity: "warning",
    message: text`"${"point"}" is no point in time that Envoy sets: the duration is missing unless a filter sets it.`,
    help: "",
    bad: "%COMMON_DURATION(DS_RX_BEGIN:DS_TX_END)%",
    good: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END)%",
  },
  "lint/newer-time-point": {
    severity: "warning",
    message: text`Envoy sets the point "${"point"}" since ${"since"}; before, the duration is always missing.`,
    help: "",
  },
  "lint/unknown-option": {
    severity: "warning",
    message: text`${"name"} does not know "${"option"}" and passes over it.`,
    help: "",
    bad: "%RESPONSE_CODE_DETAILS(RAW)%",
    good: "%RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)%",
  },
  "lint/unused-argument": {
    severity: "warning",
    message: text`Envoy passes over "${"text"}".`,
    help: "",
    bad: "%PATH(NQ:PATH:x)%",
    good: "%PATH(NQ:PATH)%",
  },
  "lint/time-conversion": {
    severity: "warning",
    message: text`"${"conversion"}" is no conversion of Envoy's time library: what it prints depends on the system.`,
    help: "",
    bad: "%START_TIME(%Q)%",
    good: "%START_TIME(%s)%",
  },
  "lint/stale-digits": {
    severity: "warning",
    message: text`"${"conversion"}" prints the digits of whichever record came first in that second.`,
    help: "Envoy caches what its time library prints per second; it handles `%1f`…`%9f`, `%E1S`…`%E9S`, `%*f`, `%E*S` and the like itself.",
    bad: "%START_TIME(%E12S)%",
    good: "%START_TIME(%E9S)%",
  },
  "lint/local-zone": {
    severity: "warning",
    message: text`"${"conversion"}" prints the zone of the system, whatever the operator's.`,
    help: "A flag or a width makes the C library print the conversion, with the time zone of the process.",
    bad: "%START_TIME(%10s)%",
    good: "%START_TIME(%s)%",
  },
  "lint/pseudo-header": {
    severity: "warning",
    message: text`There is no header "${"header"}": it is always missing.`,
    help: "Envoy has :method, :path, :authority, :scheme, :status and :protocol.",
    bad: "%REQ(:HOST)%",
    good: "%REQ(:AUTHORITY)%",
  },
  "lint/always-empty": {
    severity: "warning",
    message: text`"${"name"}" is always empty in an access log.`,
    help: "It has a value only while `local_reply_config` builds the reply (measured on Envoy 1.36 to 1.40).",
    bad: "%LOCAL_REPLY_BODY%",
    good: "%RESPONSE_CODE_DETAILS%",
  },
  "lint/protocol": {
    severity: "info",
    message: text`"${"name"}" has no value in ${"protocol"} logs; it prints "${"printed"}".`,
    help: "",
  },
  "lint/listener-only": {
    severity: "info",
    message: text`"${"name"}" has a value only in logs of a listener; Kuma configures none.`,
    help: "",
    bad: "%DOWNSTREAM_TRANSPORT_FAILURE_REASON%",
    good: "%UPSTREAM_TRANSPORT_FAILURE_REASON%",
  },
  "lint/upstream-only": {
    severity: "info",
    message: text`"${"name"}" has a value only in logs that the upstream side of a request writes; Kuma configures none.`,
    help: "",
  },
  "lint/deprecated-operator": { severity: "info", message: text`"${"name"}" is deprecated. ${"instead"}`, help: "" },
  "lint/cel-attribute": {
    severity: "warning",
    message: text`Envoy has no attribute "${"name"}": it is always null.`,
    help: "",
    bad: "%CEL(request.pth)%",
    good: "%CEL(request.path)%",
  },
  "lint/cel-concatenation": {
    severity: "warning",
    message: text`"+" joins no strings in Envoy's CEL: the expression always fails.`,
    help: "Concatenation is switched off. Print the parts one after the other instead.",
    bad: '%CEL("a" + request.path)%',
    good: "a%CEL(request.path)%",
  },
  "lint/crashes-later": {
    severity: "error",
    message: text`The first HTTP request without an original host crashes Envoy here (CVE-2026-47220).`,
    help: "Envoy 1.37.0–1.37.4 and 1.38.0–1.38.2 accept the format and end with a segmentation fault at the first request for which no original host is known; for SNI_FIRST only where there is no SNI.",
  },
  "lint/json-in-text": {
    severity: "info",
    message: text`This is JSON written as text: a quote in a value breaks it. A JSON format escapes values.`,
    help: "",
    bad: '{"path": "%REQ(:PATH)%"}',
    good: "path=%REQ(:PATH)%",
  },
  "lint/omit-empty-json": {
    severity: "warning",
    message: text`Envoy 1.33 to 1.39 prints empty values of a JSON format all the same.`,
    help: "`omit_empty_values` has no effect on JSON formats there (back in 1.40, `envoy.reloadable_features.json_formatter_omit_empty_values`).",
  },
  "lint/number-notation": {
    severity: "info",
    message: text`Before Envoy 1.40 JSON prints round numbers such as 100000 as "1e+05".`,
    help: "Numbers go through a double and its shortest form; since 1.40 a value that is one integer operator alone is printed in full.",
  },
};

/** Makes a diagnostic of the table. */
export function report<C extends Code>(
  code: C,
  span: Span,
  parameters: MessageParameters<Messages, C>,
  more: {
    readonly affects?: readonly string[];
    readonly envoy?: { readonly message: string };
    readonly related?: readonly RelatedPlace[];
    readonly fixes?: readonly Fix[];
  } = {},
): Diagnostic<C> {
  const row = messages[code];
  return {
    code,
    severity: row.severity,
    message: row.message(parameters),
    start: span.start,
    end: span.end,
    affects: [],
    ...more,
  };
}
