import { type DiagnosticTable, text } from "../diagnostics.ts";

/** The parameters of each. */
export interface CallMessages {
  "format/unknown-operator": "name";
  "format/newer-operator": "name" | "since";
  "format/extension-operator": "name" | "extension";
  "format/unreplaced-kuma-operator": "name";
  "format/renamed-by-kuma": "name" | "seen";
  "format/no-arguments": "name";
  "format/missing-argument": "name";
  "format/no-limit": "name";
  "lint/always-empty": "name";
  "lint/protocol": "name" | "protocol" | "printed";
  "lint/listener-only": "name";
  "lint/upstream-only": "name";
  "lint/deprecated-operator": "name" | "instead";
  "lint/crashes-later": "name";
}

/** What is wrong with a call: its name, and whether it takes what it is given. */
export const calls: DiagnosticTable<CallMessages> = {
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
    hasSafeFix: true,
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
    source: "pkg/xds/envoy/listeners/v3/access_log_configurer.go:49@v2.14.3",
  },
  "format/renamed-by-kuma": {
    severity: "error",
    message: text`Kuma up to 2.5 writes "${"name"}" as "${"seen"}", which Envoy does not know.`,
    help: "A slip in Kuma's table of commands (`pkg/envoy/accesslog/v3/commands.go` up to 2.5.11). Use GRPC_STATUS_NUMBER or `%RESP(GRPC-STATUS)%`.",
    source: "pkg/envoy/accesslog/v3/commands.go@2.5.11",
  },
  "format/no-arguments": {
    severity: "error",
    message: text`"${"name"}" takes neither an argument nor a limit.`,
    help: "Write the name alone; `meshlog operators NAME` tells what an operator takes.",
    bad: "%PROTOCOL(x)%",
    good: "%PROTOCOL%",
  },
  "format/missing-argument": {
    severity: "error",
    message: text`"${"name"}" needs an argument.`,
    help: "It stands in parentheses right after the name; `meshlog operators NAME` shows an example.",
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
    help: "One format often serves listeners of both kinds; then there is nothing to mend.",
  },
  "lint/listener-only": {
    severity: "info",
    message: text`"${"name"}" has a value only in logs of a listener; Kuma configures none.`,
    help: "Kuma puts access loggers into the HTTP connection manager and the TCP proxy, not into listeners.",
    bad: "%DOWNSTREAM_TRANSPORT_FAILURE_REASON%",
    good: "%UPSTREAM_TRANSPORT_FAILURE_REASON%",
  },
  "lint/upstream-only": {
    severity: "info",
    message: text`"${"name"}" has a value only in logs that the upstream side of a request writes; Kuma configures none.`,
    help: "Kuma puts access loggers into the HTTP connection manager and the TCP proxy, not into upstream filters.",
  },
  "lint/deprecated-operator": {
    severity: "info",
    message: text`"${"name"}" is deprecated. ${"instead"}`,
    help: "It works as before in the releases that the finding names.",
  },
  "lint/crashes-later": {
    severity: "error",
    message: text`The first HTTP request without an original host crashes Envoy here (CVE-2026-47220).`,
    help: "Envoy 1.37.0–1.37.4 and 1.38.0–1.38.2 accept the format and end with a segmentation fault at the first request for which no original host is known; for SNI_FIRST only where there is no SNI.",
    source: "CVE-2026-47220",
  },
};
