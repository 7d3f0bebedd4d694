import { type DiagnosticTable, text } from "../diagnostics.ts";

/** The parameters of each. */
export interface ArgumentMessages {
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
  "format/secret": never;
  "format/coalesce": "problem";
  "format/coalesce-json": "problem";
  "format/coalesce-crash": never;
  "format/cel-syntax": "problem";
  "format/cel-function": "problem";
  "lint/unknown-time-point": "point";
  "lint/newer-time-point": "point" | "since";
  "lint/unknown-option": "option" | "name";
  "lint/unused-argument": "text";
  "lint/time-conversion": "conversion";
  "lint/stale-digits": "conversion";
  "lint/local-zone": "conversion";
  "lint/pseudo-header": "header";
  "lint/cel-attribute": "name";
  "lint/cel-concatenation": never;
}

/** What is wrong within an argument. */
export const inArguments: DiagnosticTable<ArgumentMessages> = {
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
    source: "envoy#34205",
    hasSafeFix: true,
  },
  "format/time-newline": {
    severity: "error",
    message: text`"${"conversion"}" prints a line break, which Envoy does not allow.`,
    help: "A record of the log is one line; write a space.",
    bad: "%START_TIME(%Y%n)%",
    good: "%START_TIME(%Y)%",
  },
  "format/filter-state-key": {
    severity: "error",
    message: text`"${"name"}" needs the key of an object.`,
    help: "It is the name under which a filter keeps the object: `%FILTER_STATE(my.key)%`.",
    bad: "%FILTER_STATE%",
    good: "%FILTER_STATE(my.key)%",
  },
  "format/filter-state-type": {
    severity: "error",
    message: text`"${"type"}" is no way to write filter state: PLAIN, TYPED or (since Envoy 1.28) FIELD.`,
    help: "It is written in capitals; without one it is TYPED.",
    bad: "%FILTER_STATE(my.key:plain)%",
    good: "%FILTER_STATE(my.key:PLAIN)%",
  },
  "format/filter-state-field": {
    severity: "error",
    message: text`FIELD goes with the name of a field, and only FIELD does.`,
    help: "`%FILTER_STATE(my.key:FIELD:name)%`.",
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
    help: "It is written in capitals; without one it is CAMEL_STRING.",
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
    help: "Without one it is `ms`.",
    bad: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END:s)%",
    good: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END:ms)%",
  },
  "format/option": {
    severity: "error",
    message: text`"${"option"}" is no option of ${"name"}: ${"options"}.`,
    help: "Options are written in capitals.",
    bad: "%PATH(nq)%",
    good: "%PATH(NQ)%",
  },
  "format/xfcc-key": {
    severity: "error",
    message: text`"${"key"}" is no key of x-forwarded-client-cert: By, Hash, Cert, Chain, Subject, URI or DNS.`,
    help: "`%XFCC_VALUE(URI)%` is the URI SAN of the client's certificate.",
    bad: "%XFCC_VALUE(Name)%",
    good: "%XFCC_VALUE(URI)%",
  },
  "format/file-path": {
    severity: "error",
    message: text`FILE_CONTENT takes a path and, after a ":", a directory to watch if you like.`,
    help: "`%FILE_CONTENT(/etc/conf/name:/etc/conf)%`. Only a configuration that adds `envoy.formatter.file_content` has the operator; Kuma's never do.",
  },
  "format/secret": {
    severity: "error",
    message: text`SECRET needs the name of a secret.`,
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
  "lint/unknown-time-point": {
    severity: "warning",
    message: text`"${"point"}" is no point in time that Envoy sets: the duration is missing unless a filter sets it.`,
    help: "Compare its spelling, capitals included: `DS_RX_BEG`, `US_TX_END` and their like.",
    bad: "%COMMON_DURATION(DS_RX_BEGIN:DS_TX_END)%",
    good: "%COMMON_DURATION(DS_RX_BEG:DS_TX_END)%",
  },
  "lint/newer-time-point": {
    severity: "warning",
    message: text`Envoy sets the point "${"point"}" since ${"since"}; before, the duration is always missing.`,
    help: "Use a point that every release of the target sets, such as `DS_RX_BEG`.",
  },
  "lint/unknown-option": {
    severity: "warning",
    message: text`${"name"} does not know "${"option"}" and passes over it.`,
    help: "Compare its spelling, capitals included, or remove it.",
    bad: "%RESPONSE_CODE_DETAILS(RAW)%",
    good: "%RESPONSE_CODE_DETAILS(ALLOW_WHITESPACES)%",
  },
  "lint/unused-argument": {
    severity: "warning",
    message: text`Envoy passes over "${"text"}".`,
    help: "Remove it, or compare the argument with the example that `meshlog operators NAME` shows.",
    bad: "%PATH(NQ:PATH:x)%",
    good: "%PATH(NQ:PATH)%",
  },
  "lint/time-conversion": {
    severity: "warning",
    message: text`"${"conversion"}" is no conversion of Envoy's time library: what it prints depends on the system.`,
    help: "Use one that Envoy handles itself; the editor offers them.",
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
  "lint/cel-attribute": {
    severity: "warning",
    message: text`Envoy has no attribute "${"name"}": it is always null.`,
    help: "Compare the spelling with the attributes in Envoy's documentation.",
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
};
